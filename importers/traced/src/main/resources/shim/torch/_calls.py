"""Calls of operators: what goes to Java, and what comes back. What an operator means is known in Java alone."""
import math
import sys

import _entrepot
from _sizes import SymFloat, SymInt, at, problem as _problem
from torch._kinds import _Named, device, dtype

host = None


def _connect(functions):
    global host
    host = functions


_DROPPED = frozenset(("device", "layout", "pin_memory", "generator", "requires_grad", "memory_format", "out", "_stacklevel", "non_blocking", "copy"))
_KEYWORDS = {"input": "self", "axis": "dim", "keepdims": "keepdim", "x1": "self", "x2": "other"}


def raw(value):
    """What Java understands."""
    kind = type(value)
    if kind is int or kind is str or kind is bool or value is None:
        return value
    if kind is float:
        return host["real"](value)
    if isinstance(value, _tensor.Tensor):
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
        return host["device"](str(value))
    if isinstance(value, complex):
        _problem("unsupported", "complex number", repr(value) + " has no form in ONNX")
    if isinstance(value, _entrepot.Placeholder):
        value._use()
        return host["broken"]()
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return host["real"](float(value))
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
        if isinstance(arg, _tensor.Tensor):
            if arg._r is None or type(arg) is _making.Parameter or arg.numel() > _LARGEST_FOLDED:
                return None
            arg = host["contents"](arg._ref)
        if arg is None or type(arg) not in (int, float, list):
            return None
        arrays.append(arg)
    from numpy import _array

    first = _array.array(arrays[0])
    try:
        found = first._map(function) if len(arrays) == 1 else first._with(arrays[1], function)
    except (ArithmeticError, ValueError, TypeError):
        return None
    return _making.tensor_of(found.tolist())


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
    result = host["call"](op, [raw(item) for item in args], kwargs)
    if type(result) is tuple:
        result = _named(op, result)
    if out is not None and isinstance(out, _tensor.Tensor):
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


def make_list(*items):
    return list(items)


def make_tuple(*items):
    return items


def function(name, namespace="aten::"):
    """The operator as a function; None if there is none."""
    op = namespace + name
    if not host["knows"](op):
        return None

    def operator(*args, **kwargs):
        return _call(op, args, kwargs, sys._getframe(1))

    operator.__name__ = operator.__qualname__ = name
    return operator


from torch import _making, _tensor  # noqa: E402
