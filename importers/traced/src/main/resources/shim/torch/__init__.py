"""The names of torch. Whatever ATen has is found through its schemas; only what is more than an operator stands here."""
import sys

import _entrepot
from torch import _calls, _core
from torch._core import (
    Parameter, Size, SymInt, Tensor, _ALIASES, _BY_NAME, channels_last, channels_last_3d, contiguous_format, device, dtype,
    preserve_format, strided,
)
from torch._functions import *  # noqa: F403
from torch._functions import _assert  # noqa: F401

__version__ = "2.7.0"
inf, nan, pi, e = _core.math.inf, _core.math.nan, _core.math.pi, _core.math.e
newaxis = None

_RENAMED = {"compile": compile_, "range": range_}  # noqa: F405
for _name, _title in _core._TYPE_NAMES.items():
    globals()[_title + "Tensor"] = _core._typed_tensor(_title + "Tensor", _BY_NAME[_name])

# These hide Python's own names from here on.
globals().update(_BY_NAME)
globals().update({alias: _BY_NAME[name] for alias, name in _ALIASES.items()})


def _lazily(name):
    path = "torch." + name
    if path in sys.modules:
        return sys.modules[path]
    if name.startswith("_") or not _calls.host["shim"](path):
        return None
    __import__(path)
    return sys.modules[path]


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    found = _lazily(name) or _RENAMED.get(name) or _core.function(name)
    if found is None:
        return _entrepot.Placeholder("torch." + name)
    globals()[name] = found
    return found
