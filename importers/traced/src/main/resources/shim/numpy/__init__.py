"""The part of NumPy with which sources compute constants: arrays of known numbers as nested data, never more."""
import math
import sys

import _entrepot
from numpy import _array
from numpy._array import (  # noqa: F401
    arange, array, concatenate, dtype, expand_dims, full, generic, linspace, meshgrid, ndarray, ones, outer, prod, stack, sum, transpose, where, zeros,
)

pi, e, inf, nan, newaxis = math.pi, math.e, math.inf, math.nan, None
Inf = Infinity = inf
asarray = ascontiguousarray = asanyarray = array
float32, float64, float16, int64, int32, int16, int8, uint8, bool_ = (
    dtype(name) for name in "float32 float64 float16 int64 int32 int16 int8 uint8 bool".split())
float_, int_, double, single, half, intp = float64, int64, float64, float32, float16, int64
integer, floating, number = _array.Integer, _array.Floating, _array.Number


def _each(function):
    def apply(x, *_, **__):
        return x._map(function) if isinstance(x, ndarray) else _array.array(x)._map(function) if isinstance(x, (list, tuple)) else function(x)

    return apply


sqrt, exp, log, log2, log10, sin, cos, tan, tanh, arctan, arcsin, arccos, sinh, cosh, radians, deg2rad = (
    _each(f) for f in (math.sqrt, math.exp, math.log, math.log2, math.log10, math.sin, math.cos, math.tan, math.tanh, math.atan, math.asin,
                       math.acos, math.sinh, math.cosh, math.radians, math.radians))
floor, ceil, rint, trunc = (_each(lambda x, f=f: float(f(x))) for f in (math.floor, math.ceil, round, math.trunc))
abs = absolute = fabs = _each(lambda x: x if x >= 0 else -x)
sign = _each(lambda x: (x > 0) - (x < 0))
square = _each(lambda x: x * x)
isnan, isinf = _each(math.isnan), _each(math.isinf)


def round(x, decimals=0):
    return _each(lambda v: _round(v, decimals))(x)


_round = __import__("builtins").round
around = round_ = round


def _both(function):
    def apply(a, b, *_, **__):
        if isinstance(a, (ndarray, list, tuple)) or isinstance(b, (ndarray, list, tuple)):
            return _array.array(a)._with(b, function)
        return function(a, b)

    return apply


add, subtract, multiply, true_divide = (_both(f) for f in (
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b))
divide = true_divide
power, mod, floor_divide, arctan2 = (_both(f) for f in (lambda a, b: a ** b, lambda a, b: a % b, lambda a, b: a // b, math.atan2))
maximum, minimum = _both(lambda a, b: a if a >= b else b), _both(lambda a, b: a if a <= b else b)


def clip(x, low, high):
    limit = lambda v: min_(max_(v, low), high)  # noqa: E731
    return x._map(limit) if isinstance(x, ndarray) else limit(x)


max_, min_ = __import__("builtins").max, __import__("builtins").min


def max(x, axis=None, **_):
    return array(x).max(axis)


def min(x, axis=None, **_):
    return array(x).min(axis)


amax, amin = max, min


def mean(x, axis=None, **_):
    return array(x).mean(axis)


def std(x, axis=None, **_):
    x = array(x)
    return sqrt(((x - x.mean(axis)) ** 2).mean(axis))


def cumsum(x, *_, **__):
    total, result = 0, []
    for item in array(x)._flat:
        total = total + item
        result.append(total)
    return array(result)


def repeat(x, n, axis=None):
    if axis is None:
        return array([item for item in array(x)._flat for _ in range(n)])
    raise _entrepot.SourceError("unsupported", "numpy.repeat", "along an axis")


def tile(x, n):
    return array(array(x)._flat * n)


def reshape(x, shape):
    return array(x).reshape(shape)


def ravel(x):
    return array(x).reshape(-1)


def array_equal(a, b):
    return array(a).tolist() == array(b).tolist()


def eye(n, m=None, **_):
    m = n if m is None else m
    return array([[1.0 if i == j else 0.0 for j in range(m)] for i in range(n)])


identity = eye


def dot(a, b):
    return array(a) @ array(b)


matmul = dot


def isscalar(x):
    return isinstance(x, (int, float))


def ones_like(x, **_):
    return ones(array(x).shape)


def zeros_like(x, **_):
    return zeros(array(x).shape)


def empty(shape, **_):
    return zeros(shape)


def hstack(arrays):
    return concatenate(arrays, 1 if array(arrays[0]).ndim > 1 else 0)


def vstack(arrays):
    return concatenate([array(a).reshape([1, -1]) if array(a).ndim < 2 else array(a) for a in arrays], 0)


def argmax(x, *_):
    flat = array(x)._flat
    return flat.index(max_(flat))


def argsort(x, *_):
    flat = array(x)._flat
    return array(sorted(range(len(flat)), key=lambda i: flat[i]))


def allclose(a, b, rtol=1e-5, atol=1e-8):
    return all(abs(x - y) <= atol + rtol * abs(y) for x, y in zip(array(a)._flat, array(b)._flat))


def _open(name, function):
    """A function that also takes arrays of a graph."""

    def opened(*args, **kwargs):
        graph = _array.graph
        if graph is not None and graph.wants(name, args, kwargs):
            return graph.handle(name, args, kwargs)
        return function(*args, **kwargs)

    opened.__name__ = name
    return opened


for _name, _function in list(globals().items()):
    if callable(_function) and not isinstance(_function, (type, dtype)) and not _name.startswith("_"):
        globals()[_name] = _open(_name, _function)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name in ("random", "linalg"):
        __import__("numpy." + name)
        return sys.modules["numpy." + name]
    if _array.graph is not None and _array.graph.has(name):
        return lambda *args, **kwargs: _array.graph.handle(name, args, kwargs)
    return _entrepot.Placeholder("numpy." + name)
