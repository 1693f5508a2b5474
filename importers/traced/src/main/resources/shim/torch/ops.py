"""torch.ops.NAMESPACE.NAME."""
from torch import _core


class _Namespace:
    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        found = _core.function(name, self._name + "::")
        if found is None:
            import _entrepot

            return _entrepot.Placeholder("torch.ops." + self._name + "." + name)
        return found


def load_library(path):
    pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Namespace(name)
