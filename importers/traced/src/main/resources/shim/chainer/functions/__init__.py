"""chainer.functions: every function is found by its name in Java's table."""
import sys

import _entrepot
from chainer import _core


def _function(name):
    def function(*args, **kwargs):
        return _core.called(name, args, kwargs, sys._getframe(1))

    function.__name__ = name
    return function


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if not _core._host["knows"](name):
        return _entrepot.Placeholder("chainer.functions." + name)
    found = globals()[name] = _function(name)
    return found
