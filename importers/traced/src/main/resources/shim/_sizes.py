"""Whole numbers that are only known when the model runs: Python's side of Java's sizes, for the shims of all frameworks."""
import math
import sys

import _entrepot

_host = None


def _connect(functions):
    global _host
    _host = functions


def problem(kind, what, why):
    raise _entrepot.SourceError(kind, what, why)


def at(frame=None):
    """Tells Java the line of the source that is being run."""
    file, line = _entrepot.location(frame or sys._getframe(2))
    if line:
        _host["at"](file, line)


class SymInt:
    """A size such as N, with Java's arithmetic. isinstance(x, int) holds."""

    __slots__ = ("_ref",)

    def __init__(self, ref):
        self._ref = ref

    @property
    def __class__(self):
        return int

    def _with(self, op, other, swapped=False):
        if type(other) is SymInt:
            other = other._ref
        elif type(other) is float or type(other) is SymFloat:
            mine = SymFloat(self, 1.0)
            return getattr(SymFloat, op)(mine, other) if not swapped else getattr(SymFloat, "r" + op)(mine, other)
        elif type(other) is bool or isinstance(other, int):
            other = int(other)
        else:
            return NotImplemented
        at()
        return _host["size"](op, other if swapped else self._ref, self._ref if swapped else other)

    def __add__(self, other): return self._with("add", other)
    def __radd__(self, other): return self._with("add", other, True)
    def __sub__(self, other): return self._with("sub", other)
    def __rsub__(self, other): return self._with("sub", other, True)
    def __mul__(self, other):
        if isinstance(other, (list, tuple)):
            return NotImplemented
        return self._with("mul", other)
    __rmul__ = __mul__
    def __floordiv__(self, other): return self._with("floordiv", other)
    def __rfloordiv__(self, other): return self._with("floordiv", other, True)
    def __mod__(self, other): return self._with("mod", other)
    def __rmod__(self, other): return self._with("mod", other, True)
    def __neg__(self): return self._with("mul", -1)
    def __pos__(self): return self
    def __abs__(self): return self
    def __pow__(self, n):
        result = 1
        for _ in range(n):
            result = self * result
        return result
    def __truediv__(self, other): return SymFloat(self, 1.0) / other
    def __rtruediv__(self, other): return SymFloat.of(other) / SymFloat(self, 1.0)
    def __divmod__(self, other): return self // other, self % other
    def _compare(self, op, other):
        if type(other) is SymFloat:
            return NotImplemented
        if not isinstance(other, (int, float)):
            return op == "ne"
        at()
        if type(other) is float:
            if not other.is_integer():
                other = math.floor(other)
                op = {"le": "le", "lt": "le", "gt": "gt", "ge": "gt", "eq": "false", "ne": "true"}[op]
                if op in ("true", "false"):
                    return op == "true"
            other = int(other)
        answer = _host["compare"](op, self._ref, other._ref if type(other) is SymInt else int(other))
        return _undecided(op, self, other) if answer is None else answer
    def __eq__(self, other): return self._compare("eq", other)
    def __ne__(self, other): return self._compare("ne", other)
    def __lt__(self, other): return self._compare("lt", other)
    def __le__(self, other): return self._compare("le", other)
    def __gt__(self, other): return self._compare("gt", other)
    def __ge__(self, other): return self._compare("ge", other)
    def __hash__(self): return 0
    def __bool__(self): return self != 0
    def __int__(self):
        at()
        return _host["known"](self._ref)
    __index__ = __int__
    def __float__(self): return float(self.__int__())
    def __floor__(self): return self
    __ceil__ = __trunc__ = __floor__
    def __round__(self, digits=None): return self
    def __repr__(self): return _host["show"](self._ref)
    def __format__(self, spec): return repr(self)
    def bit_length(self): return int(self).bit_length()
    def is_integer(self): return True
    def item(self): return self
    @property
    def real(self): return self


_WORDS = {"eq": "equal to", "ne": "other than", "lt": "less than", "le": "at most", "gt": "more than", "ge": "at least"}


def _undecided(op, size, other):
    """A comparison that holds for some sizes only: what the source asserts is taken to hold, and sizes differ unless they are told."""
    said = repr(size) + " is " + _WORDS[op] + " " + repr(other)
    if _entrepot.asserted(sys._getframe(2)):
        _entrepot.warn("taken to hold: " + said, sys._getframe(2))
        return True
    if op in ("eq", "ne"):
        _entrepot.warn(repr(size) + " is taken to differ from " + repr(other) + "; give the input's sizes as numbers if it may not",
                       sys._getframe(2))
        return op == "ne"
    problem("unsupported", "branch", "on whether " + said + "; give the input's sizes as numbers")


def _fraction(number):
    """numerator, denominator of a float that is meant as a simple fraction."""
    for denominator in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 32, 64, 100, 128):
        numerator = number * denominator
        if abs(numerator - round(numerator)) < 1e-9 * denominator:
            return round(numerator), denominator
    return None


class SymFloat:
    """A whole number that is not known, times or over numbers that are."""

    __slots__ = ("size", "factor")

    def __init__(self, size, factor):
        self.size, self.factor = size, factor

    @property
    def __class__(self):
        return float

    @staticmethod
    def of(value):
        return value if type(value) is SymFloat else SymFloat(1, value) if type(value) is not SymInt else SymFloat(value, 1.0)

    def mul(self, other):
        other = SymFloat.of(other)
        return SymFloat(self.size * other.size, self.factor * other.factor)
    rmul = __mul__ = __rmul__ = mul

    def __truediv__(self, other):
        other = SymFloat.of(other)
        if type(other.size) is SymInt:
            if type(self.size) is SymInt and self.size._with("sub", other.size) == 0:
                return self.factor / other.factor
            at()
            problem("unsupported", "division", "by the size " + repr(other.size) + ", which is not known; give the input's sizes as numbers")
        return SymFloat(self.size, self.factor / (other.factor * other.size))

    def __rtruediv__(self, other):
        return SymFloat.of(other) / self

    def _whole(self, up):
        parts = _fraction(self.factor)
        if parts is None:
            inverse = _fraction(1 / self.factor) if self.factor else None
            parts = (inverse[1], inverse[0]) if inverse else None
        if parts is None:
            problem("unsupported", "size", repr(self) + " has no whole number; give the input's sizes as numbers")
        numerator, denominator = parts
        scaled = self.size * numerator
        if denominator == 1:
            return scaled
        return -((-scaled) // denominator) if up else scaled // denominator

    def __floor__(self): return self._whole(False)
    __trunc__ = __floor__
    def __ceil__(self): return self._whole(True)
    def __round__(self, digits=None): return (self * 2.0 + 1)._whole(False) // 2
    def __floordiv__(self, other): return (self / other)._whole(False)
    def __neg__(self): return SymFloat(self.size, -self.factor)
    def add(self, other):
        if self.factor == 1.0 and type(other) is float and other.is_integer():
            return SymFloat(self.size + int(other), 1.0)
        at()
        problem("unsupported", "size", "a sum of " + repr(self) + " and " + repr(other)
                 + " is not known; give the input's sizes as numbers")
    radd = __add__ = __radd__ = add
    def sub(self, other): return self.add(-other)
    def rsub(self, other): return (-self).add(other)
    __sub__, __rsub__ = sub, rsub
    def floordiv(self, other): return self // other
    def is_integer(self): return self.factor == 1.0
    def __float__(self):
        return float(self.size) * self.factor
    def __int__(self):
        return int(self._whole(False))
    def _compare(self, op, other):
        other = SymFloat.of(other)
        mine, theirs = _fraction(self.factor), _fraction(other.factor)
        if mine is None or theirs is None:
            return getattr(float(self), "__" + op + "__")(float(other))
        left = self.size * (mine[0] * theirs[1])
        right = other.size * (theirs[0] * mine[1])
        return getattr(left, "__" + op + "__")(right)
    def __eq__(self, other): return self._compare("eq", other)
    def __ne__(self, other): return self._compare("ne", other)
    def __lt__(self, other): return self._compare("lt", other)
    def __le__(self, other): return self._compare("le", other)
    def __gt__(self, other): return self._compare("gt", other)
    def __ge__(self, other): return self._compare("ge", other)
    def __hash__(self): return 0
    def __repr__(self): return repr(self.size) + " * " + repr(self.factor)


def whole(value):
    """int(value) that leaves symbolic sizes symbolic."""
    kind = type(value)
    if kind is SymInt:
        return value
    if kind is SymFloat:
        return value.__floor__()
    if hasattr(value, "_whole"):
        return value._whole()
    return int(value)


def real(value):
    """float(value) that leaves symbolic sizes symbolic."""
    kind = type(value)
    if kind is SymInt:
        return SymFloat(value, 1.0)
    return value if kind is SymFloat else float(value)
