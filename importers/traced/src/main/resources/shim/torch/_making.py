"""Tensors that Python makes: parameters, promises of them, and torch.tensor."""
import sys

from _sizes import SymFloat, SymInt, at
from torch import _calls, _kinds
from torch._calls import _call, call, raw
from torch._kinds import Size, bool_, int64
from torch._tensor import Tensor, make_tensor


class Parameter(Tensor):
    """A tensor of the checkpoint."""

    requires_grad = True
    _first = None

    def __new__(cls, data=None, requires_grad=True):
        return object.__new__(cls)

    def __init__(self, data=None, requires_grad=True):
        if data is None:
            self._shape, self._kind_, self._make = (0,), _kinds.default_dtype, _empty
            return
        self._shape, self._kind_ = tuple(data.shape), data.dtype
        self._make = lambda: data._ref
        self._first = getattr(data, "_first", None)

    @staticmethod
    def of(shape, fill=None, kind=None):
        """A parameter that begins as one number, or, without one, as training draws it, for which zeros stand."""
        made = Parameter.__new__(Parameter)
        made._shape, made._kind_, made._first = tuple(shape), kind or _kinds.default_dtype, fill
        made._make = lambda: filled(shape, fill or 0.0, made._kind_)._ref
        return made

    def __repr__(self):
        return "Parameter containing: " + repr(tuple(self.size()))


def _empty():
    return call("aten::zeros", [0])._ref


class Buffer(Tensor):
    pass


def filled(shape, fill, kind):
    return call("aten::full", list(shape), fill, dtype=kind)


def promise(shape, kind, fill, make):
    """A tensor that is only made if something but a parameter asks for it."""
    if any(type(size) is SymInt for size in shape):
        return make_tensor(make())
    tensor = Tensor.__new__(Tensor)._promise(shape, kind, make)
    tensor._first = fill
    return tensor


def _split(tensor, size, dim, frame):
    if isinstance(size, (list, tuple)):
        return tuple(_call("aten::split_with_sizes", (tensor, list(size), dim), {}, frame))
    return tuple(_call("aten::split", (tensor, size, dim), {}, frame))


def _norm(tensor, p, dim, keepdim, frame):
    if p == "fro" or p is None:
        p = 2
    if p == "nuc":
        return _call("aten::nuclear_norm", (tensor, keepdim), {}, frame)
    dims = None if dim is None else [dim] if isinstance(dim, int) else list(dim)
    return _call("aten::linalg_vector_norm", (tensor, p, dims, keepdim), {}, frame)


def tensor_of(data, kind=None):
    """torch.tensor: nested sequences of numbers, of numbers not known yet, or of tensors."""
    if isinstance(data, Tensor):
        return data._cast(kind, sys._getframe(1)) if kind else data
    if hasattr(data, "__torch_raw__"):
        made = data.__torch_raw__()
        return made._cast(kind, sys._getframe(1)) if kind else made
    flat, shape = [], []
    plain = _flatten(data, flat, shape, 0)
    if kind is None:
        kind = _kind_of(flat)
    if plain:
        at()
        return make_tensor(_calls.host["constant"](flat, shape, kind._number))
    parts = [
        item.reshape(()) if isinstance(item, Tensor) else make_tensor(_calls.host["scalar"](raw(item), kind._number)) for item in flat
    ]
    stacked = call("aten::stack", [part._cast(kind, sys._getframe(1)) for part in parts], 0)
    return call("aten::reshape", stacked, shape)


def _flatten(data, flat, shape, depth):
    if isinstance(data, Tensor) and data.dim() > 0:
        data = data.tolist()
    if hasattr(data, "tolist") and not isinstance(data, Tensor):
        data = data.tolist()
    if isinstance(data, (list, tuple, range)):
        if len(shape) == depth:
            shape.append(len(data))
        elif shape[depth] != len(data):
            raise ValueError("expected sequence of length %d at dim %d (got %d)" % (shape[depth], depth, len(data)))
        plain = True
        for item in data:
            plain = _flatten(item, flat, shape, depth + 1) and plain
        return plain
    flat.append(data)
    return type(data) in (int, float, bool)


def _kind_of(flat):
    kind = None
    for item in flat:
        if isinstance(item, Tensor):
            return item.dtype
        if type(item) is float or type(item) is SymFloat:
            return _kinds.default_dtype
        kind = int64 if kind is int64 or type(item) is not bool else bool_
    return kind or _kinds.default_dtype


def _typed_tensor(title, kind):
    class Typed(Tensor):
        _kind = kind

        def __new__(cls, *args, **kwargs):
            if len(args) == 1 and not isinstance(args[0], (int, Size)):
                return tensor_of(args[0], kind)
            sizes = list(args[0]) if args and isinstance(args[0], Size) else list(args)
            return promise(sizes, kind, 0, lambda: call("aten::zeros", sizes, dtype=kind)._ref)

    Typed.__name__ = Typed.__qualname__ = title
    return Typed


def as_tensor(value, like):
    return value if isinstance(value, Tensor) else tensor_of(value)
