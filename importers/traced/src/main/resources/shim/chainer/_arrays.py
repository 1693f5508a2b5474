"""Arrays that a graph computes, as sources treat them with NumPy: functions of numpy and methods of arrays, told by Java's functions."""
import operator
import sys

import numpy
from _sizes import SymFloat, SymInt, at, problem
from chainer import _core
from chainer._core import Variable, called
from numpy import _array


def _call(name, *args, **kwargs):
    return called(name, args, kwargs, None)


def _holds(value, kinds):
    if isinstance(value, Variable):
        # A parameter has no value before the weights are there; constructors ask for its sizes only.
        return value.__dict__.get("_r") is not None
    return type(value) in kinds or isinstance(value, (list, tuple)) and any(_holds(item, kinds) for item in value)


def wants(name, args, kwargs):
    """Whether a call of numpy is about an array of the graph, or makes an array of sizes that are not known."""
    kinds = (SymInt, SymFloat) if name in _MADE else ()
    return any(_holds(value, kinds) for value in args) or any(_holds(value, kinds) for value in kwargs.values())


def has(name):
    return name in _TABLE or name in _SAME


def handle(name, args, kwargs):
    """Calls a function of numpy."""
    at(sys._getframe(2))
    kwargs.pop("out", None)
    if name in _TABLE:
        return _TABLE[name](*args, **kwargs)
    if name in _SAME:
        return called(_SAME[name], args, kwargs, None)
    problem("unsupported", "numpy." + name, "of an array that the graph computes is not there")


def _name(dtype, otherwise="float64"):
    return otherwise if dtype is None else numpy.dtype(dtype).name


def _tuple(shape):
    return tuple(shape) if isinstance(shape, (list, tuple)) else (shape,)


def _full(shape, value, dtype=None, **_):
    kind = "float64" if type(value) is float else "bool" if type(value) is bool else "int64"
    return _call("numpy.full", _tuple(shape), value, _name(dtype, value.dtype.name if isinstance(value, Variable) else kind))


def _zeros(shape, dtype=None, **_):
    return _full(shape, 0, _name(dtype))


def _ones(shape, dtype=None, **_):
    return _full(shape, 1, _name(dtype))


def _full_like(x, value, dtype=None, **_):
    return _full(x.shape, value, x.dtype if dtype is None else dtype)


def _arrays(data, dtype=None, **_):
    if isinstance(data, Variable):
        return data if dtype is None else data.astype(dtype)
    if isinstance(data, (SymInt, SymFloat)):
        return _call("numpy.array", [data], [], _name(dtype, "int64"))
    return _arrays(_call("stack", _alike([_arrays(item) if isinstance(item, (list, tuple)) else item for item in data]), 0), dtype)


def _alike(arrays):
    """Arrays and numbers in the widest type of the arrays."""
    found = [item.dtype for item in arrays if hasattr(item, "dtype")]
    floats = [kind for kind in found if kind.kind == "f"]
    kind = max(floats or found, key=lambda one: int("".join(filter(str.isdigit, one.name)) or 8))
    return [(item if isinstance(item, Variable) else Variable(numpy.array(item, kind))).astype(kind) for item in arrays]


def _concatenate(arrays, axis=0, **_):
    arrays = _alike(list(arrays))
    return _call("concat", [_call("flatten", item) for item in arrays], 0) if axis is None else _call("concat", arrays, axis)


def _arange(start, stop=None, step=1, dtype=None, **_):
    start, stop = (0, start) if stop is None else (start, stop)
    whole = all(isinstance(item, int) for item in (start, stop, step))
    return _call("numpy.arange", start, stop, step, _name(dtype, "int64" if whole else "float64"))


def _linspace(start, stop, num=50, endpoint=True, dtype=None, **_):
    kind = _name(dtype)
    places = _arange(num, dtype=kind)
    last = _call("numpy.array", [num - 1 if endpoint else num], [], kind)
    return places / _call("broadcast_to", last, places.shape) * (stop - start) + start


def _meshgrid(*arrays, indexing="xy", **_):
    arrays = [item if isinstance(item, Variable) else Variable(item) for item in arrays]
    order = [1, 0] + list(range(2, len(arrays))) if indexing == "xy" and len(arrays) > 1 else list(range(len(arrays)))
    shape = [arrays[i].shape[0] for i in order]
    return [_call("broadcast_to", item.reshape([item.shape[0] if k == i else 1 for k in order]), shape) for i, item in enumerate(arrays)]


def _dot(a, b, **_):
    a, b = _alike([a, b])
    return _call("matmul", a, b) if a.ndim <= 2 and b.ndim <= 2 else _call("tensordot", a, b, ((-1,), (-1 if b.ndim == 1 else -2,)))


def _where(condition, x=None, y=None):
    if x is None:
        problem("unsupported", "numpy.where", "gives places that are only known when the model runs")
    arrays = [item for item in (x, y) if hasattr(item, "shape")]
    if not arrays:
        kind = "float64" if float in (type(x), type(y)) else "int64"
        x, y = _full((), x, kind), _full((), y, kind)
    elif len(arrays) == 2:
        x, y = _alike([x, y])
    return _call("where", condition, x, y)


def _mean(x, axis=None, dtype=None, keepdims=False, **_):
    return _call("mean", _float(x), axis, keepdims=keepdims)


def _float(x):
    return x if x.dtype.kind == "f" else x.astype("float64")


def _var(x, axis=None, keepdims=False, ddof=0, **_):
    x = _float(x)
    apart = _call("square", x - _call("broadcast_to", _call("mean", x, axis, keepdims=True), x.shape))
    if not ddof:
        return _call("mean", apart, axis, keepdims=keepdims)
    count = 1
    for i in range(x.ndim) if axis is None else _tuple(axis):
        count = count * x.shape[i]
    return _call("sum", apart, axis, keepdims=keepdims) / (count - ddof)


def _std(x, axis=None, **kwargs):
    return _call("sqrt", _var(x, axis, **kwargs))


def _take(x, indices, axis=None, **_):
    return _call("flatten", x)[indices] if axis is None else x[(slice(None),) * (axis % x.ndim) + (indices,)]


def _roll(x, shift, axis=None):
    if axis is None:
        return _roll(_call("flatten", x), shift, 0).reshape(x.shape)
    front = (slice(None),) * (axis % x.ndim)
    return x if shift == 0 else _call("concat", (x[front + (slice(-shift, None),)], x[front + (slice(None, -shift),)]), axis)


def _flip(x, axis=None):
    for one in range(x.ndim) if axis is None else _tuple(axis):
        x = _call("flip", x, one)
    return x


def _clip(x, low=None, high=None, **_):
    x = x if low is None else _call("maximum", x, low)
    return x if high is None else _call("minimum", x, high)


def _arg(function):
    return lambda x, axis=None, **_: _call(function, x, axis).astype("int64")


def _reduction(function):
    return lambda x, axis=None, dtype=None, out=None, keepdims=False, **_: _call(
        function, x if dtype is None else x.astype(dtype), axis, keepdims=keepdims)


def _logical(function):
    return lambda a, b, **_: _call(function, a, b)


def _operated(function):
    return lambda a, b, **_: function(a if isinstance(a, Variable) or not isinstance(a, numpy.ndarray) else Variable(a), b)


def _same(a, b, **_):
    problem("unsupported", "branch", "on whether arrays are equal that are only known when the model runs")


# Functions of numpy that are called as those of chainer.functions.
_SAME = dict(
    {name: name for name in """absolute arctan2 broadcast_to ceil cos cosh cumprod diagonal dstack einsum exp expand_dims expm1 fix fliplr flipud floor
    fmod hstack log log10 log1p log2 matmul maximum minimum moveaxis repeat reshape rollaxis sign sin sinh sqrt square squeeze stack swapaxes tan tanh tensordot
    tile transpose vstack""".split()},
    abs="absolute", fabs="absolute", arccos="arccos", arcsin="arcsin", arctan="arctan", ravel="flatten", rint="numpy.rint", round="numpy.rint",
    around="numpy.rint", isnan="numpy.isnan", isinf="numpy.isinf", logical_not="numpy.logical_not", all="numpy.all", any="numpy.any", negative="neg")

_TABLE = {
    "zeros": _zeros, "empty": _zeros, "ones": _ones, "full": _full, "full_like": _full_like,
    "zeros_like": lambda x, dtype=None, **_: _full_like(x, 0, dtype), "empty_like": lambda x, dtype=None, **_: _full_like(x, 0, dtype),
    "ones_like": lambda x, dtype=None, **_: _full_like(x, 1, dtype),
    "array": _arrays, "asarray": _arrays, "ascontiguousarray": _arrays, "asanyarray": _arrays, "arange": _arange, "linspace": _linspace,
    "meshgrid": _meshgrid, "concatenate": _concatenate, "dot": _dot, "where": _where, "mean": _mean, "average": _mean, "var": _var, "std": _std,
    "sum": _reduction("sum"), "prod": _reduction("prod"), "max": _reduction("max"), "amax": _reduction("max"), "min": _reduction("min"),
    "amin": _reduction("min"), "argmax": _arg("argmax"), "argmin": _arg("argmin"), "take": _take, "roll": _roll, "flip": _flip, "clip": _clip,
    "cumsum": lambda x, axis=None, **_: _call("cumsum", x, axis), "ndim": lambda x: x.ndim, "shape": lambda x: x.shape, "size": lambda x: x.size,
    "split": lambda x, parts, axis=0: list(_call("split_axis", x, parts, axis)), "isscalar": lambda x: False,
    "pad": lambda x, width, mode="constant", **kwargs: _call("pad", x, width, mode, **kwargs),
    "copy": lambda x, **_: x, "array_equal": _same, "allclose": _same,
    "add": _operated(operator.add), "subtract": _operated(operator.sub), "multiply": _operated(operator.mul),
    "divide": _operated(operator.truediv), "true_divide": _operated(operator.truediv), "floor_divide": _operated(operator.floordiv),
    "power": _operated(operator.pow),
}
_TABLE.update({name: _logical("numpy." + name) for name in "logical_and logical_or logical_xor equal not_equal less less_equal greater greater_equal".split()})

# Functions that make arrays; sizes among their arguments are enough.
_MADE = frozenset("zeros empty ones full arange linspace".split())


def _method(function):
    def method(self, *args, **kwargs):
        return handle(function, (self,) + args, kwargs)

    return method


for _function in "sum mean prod max min argmax argmin var std cumsum cumprod all any clip dot squeeze swapaxes repeat take ravel diagonal round".split():
    if not hasattr(Variable, _function):
        setattr(Variable, _function, _method(_function))
Variable.flatten = Variable.ravel


def _compared(function):
    def compare(self, other):
        if self is other or other is None or isinstance(other, str):
            # Python asks this of the items of lists.
            return NotImplemented
        return called("numpy." + function, (self, other), {}, sys._getframe(1))

    return compare


for _sign, _function in {"lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "and": "logical_and", "or": "logical_or",
                         "xor": "logical_xor"}.items():
    setattr(Variable, "__" + _sign + "__", _compared(_function))
for _sign, _function in {"eq": "equal", "ne": "not_equal"}.items():
    setattr(Variable, "__" + _sign + "__", _compared(_function))
Variable.__rand__, Variable.__ror__ = Variable.__and__, Variable.__or__
Variable.__invert__ = lambda self: called("numpy.logical_not", (self,), {}, sys._getframe(1))
Variable.__rmatmul__ = lambda self, other: called("matmul", (other, self), {}, sys._getframe(1))


def _assign(self, index, value):
    at(sys._getframe(1))
    problem("unsupported", "assignment", "to elements of an array that the graph computes; concat and where make arrays without it")


if "__setitem__" not in Variable.__dict__:
    Variable.__setitem__ = _assign
    Variable.fill = lambda self, value: _assign(self, None, value)
Variable.tolist = lambda self: self._number("tolist").tolist()
_array.graph = sys.modules[__name__]
