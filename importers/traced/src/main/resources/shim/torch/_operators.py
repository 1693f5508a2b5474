"""Python's operators on tensors."""
import sys

import _entrepot
from torch._calls import _call
from torch._making import as_tensor
from torch._tensor import Tensor

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
