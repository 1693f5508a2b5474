"""torch.jit: decorators that leave what they decorate alone."""
from torch._functions import no_grad
from torch._quiet import getattr_of

_quiet = getattr_of(__name__)


def _same(obj=None, *args, **kwargs):
    return obj if obj is not None else lambda function: function


script = ignore = unused = export = script_method = interface = script_if_tracing = freeze = optimize_for_inference = _same
_overload = _overload_method = _same


def trace(func, *_, **__):
    return func


def is_scripting():
    return False


is_tracing = is_scripting


def annotate(kind, value):
    return value


def isinstance(value, kind):
    return __builtins__isinstance(value, kind)


__builtins__isinstance = __import__("builtins").isinstance
Final = __import__("typing").Final
ScriptModule = __import__("torch.nn", fromlist=["Module"]).Module
Attribute = lambda value, kind: value  # noqa: E731


def fork(function, *args, **kwargs):
    return function(*args, **kwargs)


def wait(value):
    return value


_fork, _wait = fork, wait


def load(*_, **__):
    import _entrepot

    raise _entrepot.SourceError("unsupported", "torch.jit.load", "in source; convert that file itself")


def __getattr__(name):
    return _quiet(name)
