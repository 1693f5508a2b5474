"""Modules of torch that mean nothing for a graph: what is asked of them does nothing."""
import sys


class _Quiet:
    """A function, class, decorator or context that does nothing."""

    def __init__(self, *_, **__):
        pass

    def __call__(self, *args, **_):
        return args[0] if args and callable(args[0]) else _Quiet()

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _Quiet()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __bool__(self):
        return False

    def __mro_entries__(self, bases):
        return (object,)

    def __iter__(self):
        return iter(())


def getattr_of(name):
    def get(attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        if ("torch." in name or name == "torch") and _submodule(name, attribute):
            return sys.modules[name + "." + attribute]
        return _Quiet()

    return get


def _submodule(name, attribute):
    path = name + "." + attribute
    if path in sys.modules:
        return True
    from torch import _calls

    if not _calls.host["shim"](path):
        return False
    __import__(path)
    return True
