"""The functions of torch whose arguments or results are more than an operator's, and those that mean nothing for a graph."""
import sys

import _entrepot
from torch import _core, _kinds
from torch._core import Size, SymInt, Tensor, _BY_NAME, _call, _norm, _split, call, filled, promise, tensor_of


class layout:
    pass


class memory_format:
    pass


class Generator:
    def __init__(self, *_, **__):
        pass

    def manual_seed(self, *_):
        return self


class SymFloat:
    pass


class SymBool:
    pass


# --- modes, none of which means anything for a graph


class _Mode:
    def __init__(self, *args, **__):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __call__(self, function=None, *_, **__):
        return function


def _mode(*args, **__):
    return args[0] if args and callable(args[0]) else _Mode()


class no_grad(_Mode):
    def __new__(cls, *args, **kwargs):
        return args[0] if args and callable(args[0]) else object.__new__(cls)


class enable_grad(no_grad):
    pass


class inference_mode(no_grad):
    pass


class set_grad_enabled(_Mode):
    pass


class autocast(_Mode):
    pass


def _nothing(*_, **__):
    return None


def is_grad_enabled():
    return False


is_inference_mode_enabled = is_autocast_enabled = is_autocast_cache_enabled = are_deterministic_algorithms_enabled = is_grad_enabled
manual_seed = seed = set_num_threads = set_num_interop_threads = use_deterministic_algorithms = set_printoptions = _nothing
set_float32_matmul_precision = set_default_device = set_flush_denormal = set_rng_state = get_rng_state = initial_seed = _nothing
set_default_tensor_type = set_autocast_enabled = set_autocast_gpu_dtype = clear_autocast_cache = _nothing


def get_num_threads():
    return 1


def get_default_dtype():
    return _kinds.default_dtype


def set_default_dtype(kind):
    _kinds.default_dtype = kind


def get_default_device():
    return _core._CPU


def get_autocast_gpu_dtype():
    return _BY_NAME["float16"]


get_autocast_dtype = lambda *_: _BY_NAME["float16"]


def is_tensor(value):
    return isinstance(value, Tensor)


def is_floating_point(value):
    return value.dtype.is_floating_point


def is_complex(value):
    return value.dtype.is_complex


def is_storage(value):
    return False


def numel(value):
    return value.numel()


def compile_(model=None, *_, **__):
    return model if model is not None else lambda function: function


def load(f, *_, **__):
    """Weights are given beside the source; what the source would load is left aside."""
    _entrepot.warn("torch.load is left aside: weights come from the files that are given", sys._getframe(1))
    return _entrepot.Placeholder("the file of torch.load", True)


def save(*_, **__):
    raise _entrepot.Refused("torch.save: source may not use files")


def typename(value):
    return type(value).__name__


def promote_types(a, b):
    return (Tensor._promise(Tensor.__new__(Tensor), (1,), a, lambda: filled([1], 0, a)._ref)
            + Tensor._promise(Tensor.__new__(Tensor), (1,), b, lambda: filled([1], 0, b)._ref)).dtype


def result_type(a, b):
    return (a + b).dtype


class finfo:
    _LIMITS = {
        "float16": (65504.0, 0.0009765625, 6.103515625e-05), "bfloat16": (3.3895313892515355e38, 0.0078125, 1.1754943508222875e-38),
        "float32": (3.4028234663852886e38, 1.1920928955078125e-07, 1.1754943508222875e-38),
        "float64": (1.7976931348623157e308, 2.220446049250313e-16, 2.2250738585072014e-308),
    }

    def __init__(self, kind=None):
        kind = kind or _kinds.default_dtype
        self.max, self.eps, self.tiny = self._LIMITS[kind._name]
        self.min, self.bits, self.smallest_normal, self.resolution = -self.max, kind.itemsize * 8, self.tiny, self.eps
        self.dtype = kind._name


class iinfo:
    def __init__(self, kind):
        self.bits = kind.itemsize * 8
        self.max = 2 ** (self.bits - (1 if kind.is_signed else 0)) - 1
        self.min = -self.max - 1 if kind.is_signed else 0


# --- tensors made of nothing


def tensor(data, dtype=None, **_):
    return tensor_of(data, dtype)


as_tensor = asarray = tensor


def from_numpy(array):
    return tensor_of(array)


def scalar_tensor(value, dtype=None, **_):
    return tensor_of(value, dtype or _kinds.default_dtype)


def _shape(sizes, kwargs):
    if "size" in kwargs:
        sizes = kwargs.pop("size")
        return list(sizes) if isinstance(sizes, (list, tuple)) else [sizes]
    return _core._sizes(sizes)


def _maker(name, fill):
    op = "aten::" + name

    def make(*sizes, dtype=None, **kwargs):
        shape, kind = _shape(sizes, kwargs), dtype or _kinds.default_dtype
        frame = sys._getframe(1)
        return promise(shape, kind, fill, lambda: _call(op, (shape,), {"dtype": kind}, frame)._ref)

    return make


empty, zeros, ones, rand, randn = (
    _maker("zeros", 0.0), _maker("zeros", 0.0), _maker("ones", 1.0), _maker("rand", None), _maker("randn", None)
)


def empty_strided(size, stride, **kwargs):
    return empty(size, **kwargs)


def full(size, fill_value, dtype=None, **_):
    kind = dtype or _core._kind_of([fill_value])
    size = list(size) if isinstance(size, (list, tuple)) else [size]
    return promise(size, kind, fill_value, lambda: filled(size, fill_value, kind)._ref)


def _liker(name, make):
    op = "aten::" + name

    def like(input, *args, dtype=None, **kwargs):
        if input._promised:
            return make(list(input.shape), *args, dtype=dtype or input.dtype)
        return _call(op, (input,) + args, {"dtype": dtype} if dtype else {}, sys._getframe(1))

    return like


empty_like, zeros_like, ones_like = _liker("zeros_like", zeros), _liker("zeros_like", zeros), _liker("ones_like", ones)
rand_like, randn_like, full_like = _liker("rand_like", rand), _liker("randn_like", randn), _liker("full_like", full)


def normal(mean=0.0, std=1.0, size=None, **_):
    return randn(*size) if size is not None else call("aten::normal", mean, std)


def _numbers(*values):
    return all(type(value) in (int, float) for value in values)


def arange(*args, dtype=None, start=None, end=None, step=1, **_):
    if len(args) == 1:
        start, end = start if start is not None else 0, args[0]
    elif args:
        start, end = args[:2]
        step = args[2] if len(args) > 2 else step
    elif start is None:
        start = 0
    kind = dtype or _core._kind_of([start, end, step])
    kind = _BY_NAME["int64"] if kind is _BY_NAME["bool"] else kind
    if _numbers(start, end, step) and abs(end - start) < 65536 * abs(step):
        count = max(0, -_core.math.floor((start - end) / step))
        return tensor_of([start + i * step for i in range(count)], kind)
    return _call("aten::arange", (start, end, step), {"dtype": kind}, sys._getframe(1))


def range_(start, end, step=1, **kwargs):
    return arange(start, end + step / 2, step, dtype=_kinds.default_dtype)


def linspace(start, end, steps=100, dtype=None, **_):
    start, end = (value.item() if isinstance(value, Tensor) else value for value in (start, end))
    if _numbers(start, end, steps):
        kind = dtype or _kinds.default_dtype
        if steps == 1:
            return tensor_of([start], kind)
        # From both ends, as PyTorch does. Source: aten/src/ATen/native/cpu/RangeFactoriesKernel.cpp.
        step, half = (end - start) / (steps - 1) if steps > 1 else 0, steps // 2
        return tensor_of([start + step * i if i < half else end - step * (steps - 1 - i) for i in range(steps)], kind)
    return _call("aten::linspace", (start, end, steps), {"dtype": dtype} if dtype else {}, sys._getframe(1))


def logspace(start, end, steps=100, base=10.0, dtype=None, **_):
    exponents = linspace(start, end, steps)
    return tensor_of([base ** x for x in exponents.tolist()], dtype or _kinds.default_dtype)


def eye(n, m=None, dtype=None, **_):
    m = n if m is None else m
    if _numbers(n, m) and n * m <= 1 << 20:
        return tensor_of([[1.0 if i == j else 0.0 for j in range(m)] for i in range(n)], dtype or _kinds.default_dtype)
    return call("aten::eye", n, m, dtype=dtype or _kinds.default_dtype)


# --- functions whose arguments Python writes otherwise than the schema


def cat(tensors, dim=0, axis=None, out=None):
    tensors = [t for t in tensors]
    return _call("aten::cat", (tensors, dim if axis is None else axis), {}, sys._getframe(1))


concat = concatenate = cat


def stack(tensors, dim=0, axis=None, out=None):
    return _call("aten::stack", ([t for t in tensors], dim if axis is None else axis), {}, sys._getframe(1))


def split(tensor, split_size_or_sections, dim=0):
    return _split(tensor, split_size_or_sections, dim, sys._getframe(1))


def chunk(input, chunks, dim=0):
    return tuple(_call("aten::chunk", (input, chunks, dim), {}, sys._getframe(1)))


def unbind(input, dim=0):
    return tuple(_call("aten::unbind", (input, dim), {}, sys._getframe(1)))


def _spread(name):
    op = "aten::" + name

    def function(*tensors, **kwargs):
        tensors = list(tensors[0]) if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else list(tensors)
        return tuple(_call(op, (tensors,), kwargs, sys._getframe(1)))

    return function


meshgrid, broadcast_tensors = _spread("meshgrid"), _spread("broadcast_tensors")


def _joined(name):
    op = "aten::" + name

    def function(*tensors):
        tensors = list(tensors[0]) if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else list(tensors)
        return _call(op, (tensors,), {}, sys._getframe(1))

    return function


block_diag, cartesian_prod = _joined("block_diag"), _joined("cartesian_prod")
hstack, vstack, dstack, row_stack, column_stack = (_joined(n) for n in ("hstack", "vstack", "dstack", "vstack", "column_stack"))


def einsum(equation, *operands):
    operands = operands[0] if len(operands) == 1 and isinstance(operands[0], (list, tuple)) else operands
    return _call("aten::einsum", (equation, list(operands)), {}, sys._getframe(1))


def norm(input, p="fro", dim=None, keepdim=False, **_):
    return _norm(input, p, dim, keepdim, sys._getframe(1))


def tensordot(a, b, dims=2):
    if isinstance(dims, (list, tuple)):
        left, right = dims
    else:
        left, right = list(range(a.dim() - dims, a.dim())), list(range(dims))
    return call("aten::tensordot", a, b, left, right)


def broadcast_shapes(*shapes):
    result = []
    for shape in shapes:
        shape = list(shape)
        rank = max(len(result), len(shape))
        result, shape = [1] * (rank - len(result)) + result, [1] * (rank - len(shape)) + shape
        result = [b if type(a) is not SymInt and a == 1 else a for a, b in zip(result, shape)]
    return Size(result)



def reshape(input, shape):
    return _call("aten::reshape", (input, list(shape)), {}, sys._getframe(1))


def permute(input, dims):
    return _call("aten::permute", (input, list(dims)), {}, sys._getframe(1))


def tile(input, dims):
    return _call("aten::tile", (input, list(dims)), {}, sys._getframe(1))


def flip(input, dims):
    return _call("aten::flip", (input, [dims] if isinstance(dims, SymInt) else list(dims)), {}, sys._getframe(1))


def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    if dim is None:
        parts = call("aten::_unique2", input, sorted, return_inverse, return_counts)
    else:
        parts = call("aten::unique_dim", input, dim, sorted, return_inverse, return_counts)
    kept = [parts[0]] + ([parts[1]] if return_inverse else []) + ([parts[2]] if return_counts else [])
    return kept[0] if len(kept) == 1 else tuple(kept)


def is_nonzero(value):
    return value.__bool__()


def equal(a, b):
    return (a == b).all().__bool__()


def sym_int(value):
    return _core.whole(value)


def sym_max(a, b):
    return a if a >= b else b


def sym_min(a, b):
    return a if a <= b else b


def sym_not(a):
    return not a


def _assert(condition, message=""):
    if not condition:
        raise AssertionError(message)


def fork(function, *args, **kwargs):
    return function(*args, **kwargs)


def broadcast_to(input, size):
    return call("aten::expand", input, list(size))


def nonzero(input, as_tuple=False):
    found = call("aten::nonzero", input)
    return tuple(found[:, i] for i in range(input.dim())) if as_tuple else found


def diff(input, n=1, dim=-1, prepend=None, append=None):
    parts = [part for part in (prepend, input, append) if part is not None]
    if len(parts) > 1:
        input = call("aten::cat", parts, dim)
    for _ in range(n):
        input = call("aten::slice", input, dim, 1, None) - call("aten::slice", input, dim, 0, -1)
    return input
