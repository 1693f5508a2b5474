"""torch.fx: tracing is what happens here anyway; marks are ignored."""
from torch._quiet import getattr_of

_quiet = getattr_of(__name__)


def wrap(function):
    return function


def symbolic_trace(module, *_, **__):
    return module


def __getattr__(name):
    return _quiet(name)
