"""Tensors: Python's side of the values of Java's graph."""
import sys

import _entrepot
from _sizes import at, problem as _problem
from torch import _calls, _kinds
from torch._calls import _call, call
from torch._kinds import _BY_NAME, _CPU, _DTYPES, _TYPE_NAMES, Size, bool_, dtype, float64, int64, strided


class _TensorType(type):
    def __instancecheck__(cls, instance):
        if cls is Tensor:
            return type.__instancecheck__(cls, instance)
        kind = cls.__dict__.get("_kind")
        if kind is None:
            return type.__instancecheck__(cls, instance)
        return type.__instancecheck__(Tensor, instance) and instance.dtype is kind


class Tensor(metaclass=_TensorType):
    """A tensor of the graph, or the promise of one whose shape is known: parameters and what constructors fill are never computed."""

    __hash__ = object.__hash__
    requires_grad = False
    grad = None
    grad_fn = None
    is_cuda = is_sparse = is_quantized = is_nested = is_mkldnn = is_meta = is_mps = is_xpu = False
    is_leaf = True
    layout = strided
    device = _CPU
    names = None
    _r = None
    _make = None

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, *sizes, **kwargs):
        if self._r is not None or self._make is not None:
            return
        if len(sizes) == 1 and isinstance(sizes[0], (list, tuple)) and not isinstance(sizes[0], Size):
            self._r = _making.tensor_of(sizes[0], _kinds.default_dtype)._ref
        elif len(sizes) == 1 and isinstance(sizes[0], Tensor):
            self._r = sizes[0]._ref
        else:
            sizes = tuple(sizes[0]) if sizes and isinstance(sizes[0], Size) else sizes
            self._promise(sizes, _kinds.default_dtype, lambda: call("aten::empty", list(sizes))._ref)

    def _promise(self, shape, kind, make):
        self._shape, self._kind_, self._make = tuple(shape), kind, make
        return self

    @property
    def _ref(self):
        if self._r is None:
            if self._make is None:
                _problem("error", "tensor", "has no value yet")
            self._r = self._make()
        return self._r

    def _make_then(self, op, args, kwargs, frame):
        make = self._make
        self._make = lambda: _call(op, (make_tensor(make()),) + args, kwargs, frame)._ref
        self._first = None

    def _ref_is(self, other):
        self._r = other._ref

    @property
    def _promised(self):
        return self._r is None

    # what is known of it

    @property
    def shape(self):
        if self._r is None and self._make is not None:
            return Size(self._shape)
        at()
        return Size(_calls.host["sizes"](self._ref))

    def size(self, dim=None):
        if self._r is None and self._make is not None:
            sizes = Size(self._shape)
        else:
            at()
            sizes = Size(_calls.host["sizes"](self._ref))
        return sizes if dim is None else sizes[dim]

    @property
    def dtype(self):
        if self._r is None and self._make is not None:
            return self._kind_
        return _DTYPES[_calls.host["dtype"](self._ref)]

    @property
    def ndim(self):
        return self.dim()

    def dim(self):
        return len(self._shape) if self._r is None and self._make is not None else _calls.host["rank"](self._ref)

    ndimension = dim

    def numel(self):
        return self.size().numel()

    nelement = numel

    def __len__(self):
        sizes = self.size()
        if not sizes:
            raise TypeError("len() of a 0-d tensor")
        return int(sizes[0])

    def is_floating_point(self):
        return self.dtype.is_floating_point

    def is_complex(self):
        return self.dtype.is_complex

    def is_contiguous(self, *_, **__):
        return True

    def stride(self, dim=None):
        strides, step = [], 1
        for size in reversed(self.size()):
            strides.insert(0, step)
            step = step * size
        return tuple(strides) if dim is None else strides[dim]

    def element_size(self):
        return self.dtype.itemsize

    def get_device(self):
        return -1

    def storage_offset(self):
        return 0

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.numel() * self.itemsize

    # the same tensor, as far as a graph is concerned

    @property
    def data(self):
        return self

    @data.setter
    def data(self, value):
        if self._r is None and self._promised_parameter():
            self._shape, self._kind_ = tuple(value.shape), value.dtype
        elif isinstance(value, Tensor):
            self._ref_is(value)

    def _promised_parameter(self):
        return self._r is None and self._make is not None

    def _same(self, *_, **__):
        return self

    detach = detach_ = cpu = cuda = contiguous = requires_grad_ = pin_memory = share_memory_ = retain_grad = _same
    resolve_conj = resolve_neg = to_dense = xpu = npu = mps = refine_names = rename = as_subclass = coalesce = _same

    def numpy(self, *_, **__):
        return self

    def __array__(self, *_, **__):
        return self

    def backward(self, *_, **__):
        pass

    def register_hook(self, *_):
        return None

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        if self._r is None and self._make is not None:
            twin = type(self).__new__(type(self))
            twin.__dict__.update(self.__dict__)
            return twin
        return self

    def __reduce_ex__(self, protocol):
        raise TypeError("a tensor of a graph cannot be pickled")

    # element types

    def to(self, *args, **kwargs):
        kind = kwargs.get("dtype")
        for arg in args:
            if isinstance(arg, dtype):
                kind = arg
            elif isinstance(arg, Tensor):
                kind = arg.dtype
        return self._cast(kind, sys._getframe(1))

    def _cast(self, kind, frame):
        if kind is None or kind is self.dtype:
            return self
        if kind in (float, int, bool):
            kind = {float: float64, int: int64, bool: bool_}[kind]
        if _calls.constructing and not self._promised and self.numel() <= _calls._LARGEST_FOLDED:
            known = _calls.host["contents"](self._ref)
            if known is not None:
                return _making.tensor_of(known, kind)
        if self._promised:
            make, result = self, Tensor.__new__(Tensor)
            return result._promise(self._shape, kind, lambda: _call("aten::to", (make, kind), {}, frame)._ref)
        return _call("aten::to", (self, kind), {}, frame)

    def type(self, kind=None, *_, **__):
        if kind is None:
            return "torch." + _TYPE_NAMES.get(self.dtype._name, "Float") + "Tensor"
        if isinstance(kind, str):
            word = kind.rpartition(".")[2]
            kind = next(_BY_NAME[n] for n, title in _TYPE_NAMES.items() if title + "Tensor" == word)
        elif isinstance(kind, type):
            kind = kind.__dict__.get("_kind")
        return self._cast(kind, sys._getframe(1))

    def type_as(self, other):
        return self._cast(other.dtype, sys._getframe(1))

    # numbers

    def item(self):
        at()
        return _calls.host["item"](self._ref)

    def _whole(self):
        at()
        return _calls.host["whole"](self._ref)

    def tolist(self):
        at()
        known = _calls.host["contents"](self._ref)
        if known is None:
            _problem("unsupported", "tolist", "the numbers of this tensor are only known when the model runs")
        return known

    def __bool__(self):
        at()
        return _calls.host["truth"](self._ref)

    def __int__(self):
        return int(self._whole())

    def __index__(self):
        return int(self._whole())

    def __float__(self):
        return float(self.item())

    def __complex__(self):
        return complex(float(self))

    def __round__(self, digits=0):
        return call("aten::round", self)

    def __iter__(self):
        if self.dim() == 0:
            raise TypeError("iteration over a 0-d tensor")
        known = _calls.host["contents"](self._ref) if self.dim() == 1 else None
        if known is not None:
            return iter([_making.tensor_of(number, self.dtype) for number in known])
        return iter(_call("aten::unbind", (self, 0), {}, sys._getframe(1)))

    def __reversed__(self):
        return self.flip(0)

    def __contains__(self, item):
        at()
        return bool((self == item).any())

    def __repr__(self):
        return "tensor(..., size=" + repr(tuple(self.size())) + ", dtype=" + repr(self.dtype) + ")"

    def __format__(self, spec):
        try:
            return format(self.item(), spec)
        except _entrepot.SourceError:
            return repr(self)

    # operators

    def __getitem__(self, index):
        return _index.get(self, index, sys._getframe(1))

    def __setitem__(self, index, value):
        _index.put(self, index, value, sys._getframe(1))

    def __getattr__(self, name):
        if name.startswith("__") or name.startswith("_entrepot"):
            raise AttributeError(name)
        maker = _methods._METHODS.get(name)
        if maker is not None:
            return _methods._Bound(self, maker)
        if not _calls.host["knows"]("aten::" + name):
            if name.startswith("_"):
                raise AttributeError(name)
            return _entrepot.Placeholder("torch.Tensor." + name)
        return _methods._method(self, name)

    @property
    def T(self):
        return _call("aten::numpy_T", (self,), {}, sys._getframe(1))

    @property
    def mT(self):
        return _call("aten::transpose", (self, -2, -1), {}, sys._getframe(1))

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return _call("aten::imag", (self,), {}, sys._getframe(1))

    def view(self, *sizes, **kwargs):
        kind = sizes[0] if sizes else kwargs.get("dtype")
        if isinstance(kind, dtype):
            return _call("aten::view", (self, kind), {}, sys._getframe(1))
        return _call("aten::view", (self, _methods._sizes(sizes or (kwargs["size"],))), {}, sys._getframe(1))

    def view_as(self, other):
        return _call("aten::view", (self, other.size()), {}, sys._getframe(1))

    def reshape_as(self, other):
        return _call("aten::reshape", (self, other.size()), {}, sys._getframe(1))

    def expand_as(self, other):
        return _call("aten::expand_as", (self, other), {}, sys._getframe(1))

    def clone(self, *_, **__):
        if self._promised:
            return self.__deepcopy__({})
        return _call("aten::clone", (self,), {}, sys._getframe(1))

    def split(self, size, dim=0):
        return _making._split(self, size, dim, sys._getframe(1))

    def norm(self, p="fro", dim=None, keepdim=False, dtype=None):
        return _making._norm(self, p, dim, keepdim, sys._getframe(1))

    def unflatten(self, dim, sizes):
        return _call("aten::unflatten", (self, dim, list(sizes)), {}, sys._getframe(1))

    def new_tensor(self, data, dtype=None, **_):
        return _making.tensor_of(data, dtype or self.dtype)

    def new(self, *sizes, **_):
        return Tensor(*sizes)

    def apply_(self, f):
        _problem("unsupported", "apply_", "calls Python for each element")

    def set_(self, source, *_):
        self._ref_is(source)
        return self

    def unique(self, *args, **kwargs):
        import torch

        return torch.unique(self, *args, **kwargs)

    def stft(self, *args, **kwargs):
        import torch

        return torch.stft(self, *args, **kwargs)


def make_tensor(ref):
    tensor = Tensor.__new__(Tensor)
    tensor.__dict__["_r"] = ref
    return tensor


from torch import _index, _making, _methods  # noqa: E402
