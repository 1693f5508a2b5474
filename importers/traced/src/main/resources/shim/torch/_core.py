"""Tensors, sizes and element types: Python's side of Java's graph, put together from its parts."""
import math  # noqa: F401

from _sizes import SymFloat, SymInt, at, real, whole  # noqa: F401
from torch._kinds import (  # noqa: F401
    Size, _ALIASES, _BY_NAME, _CPU, _TYPE_NAMES, bool_, channels_last, channels_last_3d, contiguous_format, device, dtype, float32,
    float64, int32, int64, preserve_format, strided,
)
from torch._calls import _call, _connect, call, function, make_list, make_tuple, raw  # noqa: F401
from torch._tensor import Tensor, make_tensor  # noqa: F401
from torch._methods import _sizes  # noqa: F401
from torch._making import (  # noqa: F401
    Buffer, Parameter, _kind_of, _norm, _split, _typed_tensor, as_tensor, filled, promise, tensor_of,
)
from torch import _operators  # noqa: F401
