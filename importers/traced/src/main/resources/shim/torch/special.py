"""torch.special: operators whose names begin with special_."""
import _entrepot
from torch import _core
from torch._core import call  # noqa: F401

def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    found = _core.function("special_" + name)
    if found is None:
        return _entrepot.Placeholder("torch.special." + name)
    globals()[name] = found
    return found
