import _entrepot


def register_model(function):
    return function


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _entrepot.Placeholder("timm.models." + name)
