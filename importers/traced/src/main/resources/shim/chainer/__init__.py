"""chainer: links, chains and variables; functions are Java's."""
import sys

import _entrepot
from chainer import _core, functions, links
from chainer._core import Parameter, Variable
from chainer.link import Chain, ChainList, Link, Sequential

__version__ = "7.8.1"


class _Config:
    """The configuration; a model is always traced in test mode."""

    train = False
    enable_backprop = False
    dtype = None
    use_cudnn = "auto"

    def __getattr__(self, name):
        return None


config = global_config = _Config()


class using_config:
    def __init__(self, name, value, config=None):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def no_backprop_mode():
    return using_config("enable_backprop", False)


force_backprop_mode = no_backprop_mode


def report(values, observer=None):
    pass


def as_variable(value):
    return value if isinstance(value, Variable) else Variable(value)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _entrepot.Placeholder("chainer." + name)
