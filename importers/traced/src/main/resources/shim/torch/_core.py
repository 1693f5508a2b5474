"""Tensors, sizes and element types: Python's side of Java's graph. What an operator means is known in Java alone."""
import math
import sys

import _entrepot
from _sizes import SymFloat, SymInt, at, problem as _problem, real, whole

_host = None


def _connect(functions):
    global _host
    _host = functions


# --- element types, devices and the like


class dtype:
    def __init__(self, name, number, floating, size, complex_=False):
        self._name, self._number, self.is_floating_point, self.itemsize = name, number, floating, size
        self.is_complex = complex_
        self.is_signed = name not in ("bool", "uint8", "uint16", "uint32", "uint64")

    def __repr__(self):
        return "torch." + self._name

    def __reduce__(self):
        return self._name

    def to_real(self):
        return self


_DTYPES = {}
for _name, _number, _floating, _size in (
    ("uint8", 0, False, 1), ("int8", 1, False, 1), ("int16", 2, False, 2), ("int32", 3, False, 4), ("int64", 4, False, 8),
    ("float16", 5, True, 2), ("float32", 6, True, 4), ("float64", 7, True, 8), ("bool", 11, False, 1), ("bfloat16", 15, True, 2),
    ("uint16", 27, False, 2), ("uint32", 28, False, 4), ("uint64", 29, False, 8),
):
    _DTYPES[_number] = dtype(_name, _number, _floating, _size)
for _name, _number, _size in (("complex32", 8, 4), ("complex64", 9, 8), ("complex128", 10, 16)):
    _DTYPES[_number] = dtype(_name, _number, False, _size, True)
_BY_NAME = {d._name: d for d in _DTYPES.values()}
float32, float64, int64, int32, bool_ = (_BY_NAME[n] for n in ("float32", "float64", "int64", "int32", "bool"))
_ALIASES = {
    "half": "float16", "float": "float32", "double": "float64", "short": "int16", "int": "int32", "long": "int64", "char": "int8",
    "byte": "uint8", "cfloat": "complex64", "cdouble": "complex128",
}
_default_dtype = float32


class device:
    def __init__(self, type="cpu", index=None):
        text = type.type if isinstance(type, device) else str(type)
        self.type, _, number = text.partition(":")
        self.index = int(number) if number else index

    def __repr__(self):
        return "device(type='" + self.type + "')"

    def __str__(self):
        return self.type

    def __eq__(self, other):
        return isinstance(other, device)

    def __hash__(self):
        return 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


_CPU = device("cpu")


class _Named:
    """A layout, memory format or the like: a number with a name."""

    def __init__(self, name, number):
        self._name, self._number = name, number

    def __repr__(self):
        return "torch." + self._name


strided = _Named("strided", 0)
contiguous_format, preserve_format = _Named("contiguous_format", 0), _Named("preserve_format", 1)
channels_last, channels_last_3d = _Named("channels_last", 2), _Named("channels_last_3d", 3)


class Size(tuple):
    def numel(self):
        product = 1
        for size in self:
            product = product * size
        return product

    def __getitem__(self, index):
        item = tuple.__getitem__(self, index)
        return Size(item) if isinstance(index, slice) else item

    def __add__(self, other):
        return Size(tuple(self) + tuple(other))

    def __repr__(self):
        return "torch.Size(" + repr(list(self)) + ")"


# --- calls


_DROPPED = frozenset(("device", "layout", "pin_memory", "generator", "requires_grad", "memory_format", "out", "_stacklevel", "non_blocking", "copy"))
_KEYWORDS = {"input": "self", "axis": "dim", "keepdims": "keepdim", "x1": "self", "x2": "other"}


def raw(value):
    """What Java understands."""
    kind = type(value)
    if kind is int or kind is str or kind is bool or value is None:
        return value
    if kind is float:
        return _host["real"](value)
    if isinstance(value, Tensor):
        return value._ref
    if kind is SymInt:
        return value._ref
    if isinstance(value, (list, tuple)):
        return [raw(item) for item in value]
    if kind is dtype or kind is _Named:
        return value._number
    if kind is SymFloat:
        return raw(value.size * value.factor if value.factor == int(value.factor) else float(value))
    if kind is device:
        return _host["device"](str(value))
    if isinstance(value, complex):
        _problem("unsupported", "complex number", repr(value) + " has no form in ONNX")
    if isinstance(value, _entrepot.Placeholder):
        value._use()
        return _host["broken"]()
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _host["real"](float(value))
    if hasattr(value, "__torch_raw__"):
        return value.__torch_raw__()._ref
    if hasattr(value, "__next__") or isinstance(value, (range, set, dict)) or type(value).__name__ in ("dict_values", "dict_keys"):
        return [raw(item) for item in value]
    raise TypeError("a " + kind.__name__ + " is no argument of an operator")


def call(op, *args, **kwargs):
    """Calls an operator such as aten::conv2d."""
    return _call(op, args, kwargs, sys._getframe(1))


# Set while a network is made: what constructors compute of numbers they know is computed at once, since they may ask for it.
constructing = False
_LARGEST_FOLDED = 4096
_FOLDED = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b, "divide": lambda a, b: a / b,
    "pow": lambda a, b: a ** b, "rsub": lambda a, b: b - a, "floor_divide": lambda a, b: a // b, "remainder": lambda a, b: a % b,
    "round": lambda a: type(a)(round(a)), "floor": lambda a: type(a)(math.floor(a)), "ceil": lambda a: type(a)(math.ceil(a)),
    "log": math.log, "log2": math.log2, "exp": math.exp, "sqrt": math.sqrt, "neg": lambda a: -a, "abs": abs, "reciprocal": lambda a: 1 / a,
}


def _folded(function, args):
    """The result of an operator on numbers that are known; None if they are not."""
    arrays = []
    for arg in args:
        if isinstance(arg, Tensor):
            if arg._r is None or type(arg) is Parameter or arg.numel() > _LARGEST_FOLDED:
                return None
            arg = _host["contents"](arg._ref)
        if arg is None or type(arg) not in (int, float, list):
            return None
        arrays.append(arg)
    from numpy import _array

    first = _array.array(arrays[0])
    try:
        found = first._map(function) if len(arrays) == 1 else first._with(arrays[1], function)
    except (ArithmeticError, ValueError, TypeError):
        return None
    return tensor_of(found.tolist())


def _call(op, args, kwargs, frame):
    if constructing and not kwargs and op[6:] in _FOLDED and 0 < len(args) < 3:
        folded = _folded(_FOLDED[op[6:]], args)
        if folded is not None:
            return folded
    out = None
    if kwargs:
        out = kwargs.get("out")
        kwargs = {_KEYWORDS.get(name, name): raw(value) for name, value in kwargs.items() if name not in _DROPPED}
    at(frame)
    result = _host["call"](op, [raw(item) for item in args], kwargs)
    if type(result) is tuple:
        result = _named(op, result)
    if out is not None and isinstance(out, Tensor):
        out._ref_is(result)
        return out
    return result


_FIELDS = {
    "values indices": "max min sort topk kthvalue median nanmedian mode cummax cummin aminmax msort",
    "sign logabsdet": "slogdet", "U S V": "svd", "Q R": "qr", "eigenvalues eigenvectors": "linalg_eigh",
    "min max": "aminmax", "output mask": "", "L info": "linalg_cholesky_ex",
}
_RESULTS = {op: fields.split() for fields, ops in _FIELDS.items() for op in ops.split()}


class _Result(tuple):
    """A tuple whose items have names."""

    def __getattr__(self, name):
        fields = _RESULTS.get(self._op, ())
        if name in fields:
            return self[fields.index(name)]
        raise AttributeError(name)


def _named(op, items):
    short = op[6:] if op.startswith("aten::") else op
    if short not in _RESULTS:
        return items
    result = _Result(items)
    result._op = short
    return result


def make_tensor(ref):
    tensor = Tensor.__new__(Tensor)
    tensor.__dict__["_r"] = ref
    return tensor


def make_list(*items):
    return list(items)


def make_tuple(*items):
    return items


def function(name, namespace="aten::"):
    """The operator as a function; None if there is none."""
    op = namespace + name
    if not _host["knows"](op):
        return None

    def operator(*args, **kwargs):
        return _call(op, args, kwargs, sys._getframe(1))

    operator.__name__ = operator.__qualname__ = name
    return operator


# --- tensors

# Methods that take their list of sizes as single arguments too.
_VARIADIC = frozenset("view reshape permute expand repeat tile flip new_zeros new_ones new_empty movedim_ squeeze_ rot90_".split())
_ALONE = frozenset("sum mean prod amax amin var std squeeze flatten".split())


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
            self._r = tensor_of(sizes[0], _default_dtype)._ref
        elif len(sizes) == 1 and isinstance(sizes[0], Tensor):
            self._r = sizes[0]._ref
        else:
            sizes = tuple(sizes[0]) if sizes and isinstance(sizes[0], Size) else sizes
            self._promise(sizes, _default_dtype, lambda: call("aten::empty", list(sizes))._ref)

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
        return Size(_host["sizes"](self._ref))

    def size(self, dim=None):
        if self._r is None and self._make is not None:
            sizes = Size(self._shape)
        else:
            at()
            sizes = Size(_host["sizes"](self._ref))
        return sizes if dim is None else sizes[dim]

    @property
    def dtype(self):
        if self._r is None and self._make is not None:
            return self._kind_
        return _DTYPES[_host["dtype"](self._ref)]

    @property
    def ndim(self):
        return self.dim()

    def dim(self):
        return len(self._shape) if self._r is None and self._make is not None else _host["rank"](self._ref)

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
        if constructing and not self._promised and self.numel() <= _LARGEST_FOLDED:
            known = _host["contents"](self._ref)
            if known is not None:
                return tensor_of(known, kind)
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
        return _host["item"](self._ref)

    def _whole(self):
        at()
        return _host["whole"](self._ref)

    def tolist(self):
        at()
        known = _host["contents"](self._ref)
        if known is None:
            _problem("unsupported", "tolist", "the numbers of this tensor are only known when the model runs")
        return known

    def __bool__(self):
        at()
        return _host["truth"](self._ref)

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
        known = _host["contents"](self._ref) if self.dim() == 1 else None
        if known is not None:
            return iter([tensor_of(number, self.dtype) for number in known])
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
        maker = _METHODS.get(name)
        if maker is not None:
            return _Bound(self, maker)
        if not _host["knows"]("aten::" + name):
            if name.startswith("_"):
                raise AttributeError(name)
            return _entrepot.Placeholder("torch.Tensor." + name)
        return _method(self, name)

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
        return _call("aten::view", (self, _sizes(sizes or (kwargs["size"],))), {}, sys._getframe(1))

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
        return _split(self, size, dim, sys._getframe(1))

    def norm(self, p="fro", dim=None, keepdim=False, dtype=None):
        return _norm(self, p, dim, keepdim, sys._getframe(1))

    def unflatten(self, dim, sizes):
        return _call("aten::unflatten", (self, dim, list(sizes)), {}, sys._getframe(1))

    def new_tensor(self, data, dtype=None, **_):
        return tensor_of(data, dtype or self.dtype)

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


_TYPE_NAMES = {
    "float32": "Float", "float64": "Double", "float16": "Half", "bfloat16": "BFloat16", "int64": "Long", "int32": "Int",
    "int16": "Short", "int8": "Char", "uint8": "Byte", "bool": "Bool",
}


class _Bound:
    """A cast method such as x.float()."""

    def __init__(self, tensor, kind):
        self.tensor, self.kind = tensor, kind

    def __call__(self, *_, **__):
        return self.tensor._cast(self.kind, sys._getframe(1))


_METHODS = {name: _BY_NAME[target] for name, target in _ALIASES.items()}
_METHODS.update({"bool": bool_, "bfloat16": _BY_NAME["bfloat16"]})


def _sizes(args):
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return list(args[0])
    return list(args)


def _method(self, name):
    op = "aten::" + name

    def method(*args, **kwargs):
        if name[-1] == "_" and self._promised and name[-2] != "_":
            # Filling what the checkpoint, or nothing, will need: never computed unless something asks for it.
            if name in _FILLING and not any(isinstance(arg, Tensor) and not arg._promised for arg in args):
                if not isinstance(self, Parameter):
                    self._make_then(op, args, kwargs, sys._getframe(1))
                return self
        if args and name in _VARIADIC:
            args = (_sizes(args),)
        elif len(args) > 1 and name in _ALONE and all(type(arg) is int for arg in args) and name not in ("flatten",):
            args = (list(args),)
        result = _call(op, (self,) + args, kwargs, sys._getframe(1))
        return self if name[-1] == "_" and name[-2:] != "__" else result

    return method


_FILLING = frozenset(
    "normal_ uniform_ zero_ fill_ copy_ trunc_normal_ exponential_ bernoulli_ random_ mul_ div_ add_ sub_ clamp_ erfinv_ log_normal_ cauchy_ neg_ pow_"
    .split()
)


class Parameter(Tensor):
    """A tensor of the checkpoint."""

    requires_grad = True
    _first = None

    def __new__(cls, data=None, requires_grad=True):
        return object.__new__(cls)

    def __init__(self, data=None, requires_grad=True):
        if data is None:
            self._shape, self._kind_, self._make = (0,), _default_dtype, _empty
            return
        self._shape, self._kind_ = tuple(data.shape), data.dtype
        self._make = lambda: data._ref
        self._first = getattr(data, "_first", None)

    @staticmethod
    def of(shape, fill=None, kind=None):
        """A parameter that begins as one number, or, without one, as training draws it, for which zeros stand."""
        made = Parameter.__new__(Parameter)
        made._shape, made._kind_, made._first = tuple(shape), kind or _default_dtype, fill
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
        return make_tensor(_host["constant"](flat, shape, kind._number))
    parts = [
        item.reshape(()) if isinstance(item, Tensor) else make_tensor(_host["scalar"](raw(item), kind._number)) for item in flat
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
            return _default_dtype
        kind = int64 if kind is int64 or type(item) is not bool else bool_
    return kind or _default_dtype


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


_REFLECTED = {
    "radd": lambda a, b, f: _call("aten::add", (a, b), {}, f),
    "rmul": lambda a, b, f: _call("aten::mul", (a, b), {}, f),
    "rsub": lambda a, b, f: _call("aten::rsub", (a, b), {}, f),
    "rtruediv": lambda a, b, f: _call("aten::mul", (_call("aten::reciprocal", (a,), {}, f), b), {}, f),
    "rfloordiv": lambda a, b, f: _call("aten::floor_divide", (as_tensor(b, a), a), {}, f),
    "rpow": lambda a, b, f: _call("aten::pow", (b, a), {}, f),
    "rmod": lambda a, b, f: _call("aten::remainder", (b, a), {}, f),
    "rmatmul": lambda a, b, f: _call("aten::matmul", (b, a), {}, f),
    "rand": lambda a, b, f: _call("aten::bitwise_and", (a, b), {}, f),
    "ror": lambda a, b, f: _call("aten::bitwise_or", (a, b), {}, f),
    "rxor": lambda a, b, f: _call("aten::bitwise_xor", (a, b), {}, f),
}


def as_tensor(value, like):
    return value if isinstance(value, Tensor) else tensor_of(value)


_BINARY = {
    "add": "add", "sub": "sub", "mul": "mul", "truediv": "div", "floordiv": "floor_divide", "mod": "remainder", "pow": "pow",
    "matmul": "matmul", "and": "bitwise_and", "or": "bitwise_or", "xor": "bitwise_xor", "lshift": "__lshift__",
    "rshift": "__rshift__", "eq": "eq", "ne": "ne", "lt": "lt", "le": "le", "gt": "gt", "ge": "ge",
}
_UNARY = {"neg": "neg", "abs": "abs", "invert": "bitwise_not"}


def _operand(value):
    return isinstance(value, (Tensor, int, float, complex)) or hasattr(value, "__torch_raw__") or isinstance(value, _entrepot.Placeholder)


def _binary(op):
    name = "aten::" + op

    def method(self, other):
        if not _operand(other):
            if op in ("eq", "ne") and not isinstance(other, (list, tuple)):
                return op == "ne"
            return NotImplemented
        return _call(name, (self, other), {}, sys._getframe(1))

    return method


def _in_place(op):
    name = "aten::" + op + "_"

    def method(self, other):
        _call(name, (self, other), {}, sys._getframe(1))
        return self

    return method


def _reflected(compute):
    def method(self, other):
        return compute(self, other, sys._getframe(1)) if _operand(other) else NotImplemented

    return method


def _unary(op):
    name = "aten::" + op

    def method(self):
        return _call(name, (self,), {}, sys._getframe(1))

    return method


for _name, _op in _BINARY.items():
    setattr(Tensor, "__" + _name + "__", _binary(_op))
    if _name not in ("eq", "ne", "lt", "le", "gt", "ge", "matmul"):
        setattr(Tensor, "__i" + _name + "__", _in_place(_op))
for _name, _compute in _REFLECTED.items():
    setattr(Tensor, "__" + _name + "__", _reflected(_compute))
for _name, _op in _UNARY.items():
    setattr(Tensor, "__" + _name + "__", _unary(_op))
Tensor.__pos__ = Tensor._same
Tensor.__hash__ = object.__hash__

from torch import _index  # noqa: E402
