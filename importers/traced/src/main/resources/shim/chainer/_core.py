"""Variables: Python's side of Java's graph. What a function means is known in Java alone."""
import sys

import _entrepot
import numpy
from _sizes import SymFloat, SymInt, at, problem

_host = None
# Losses and measures by name, and who looks at their arguments first; see _labels.
watched = {}
shaped = Absorbed = None


def _connect(functions):
    global _host
    _host = functions


def raw(value):
    """What Java understands."""
    kind = type(value)
    if kind is int or kind is str or kind is bool or value is None:
        return value
    if kind is float:
        return _host["real"](value)
    if isinstance(value, Variable):
        return value._ref
    if kind is SymInt:
        return value._ref
    if isinstance(value, (list, tuple)):
        return [raw(item) for item in value]
    if kind is slice:
        return _host["slice"](raw(value.start), raw(value.stop), raw(value.step))
    if value is Ellipsis:
        return _host["ellipsis"]()
    if isinstance(value, numpy.ndarray):
        return constant(value)
    if isinstance(value, numpy.dtype):
        return value.name
    if isinstance(value, type) and value in (float, int, bool):
        return {float: "float64", int: "int64", bool: "bool"}[value]
    if kind is SymFloat:
        return raw(value.size * value.factor if value.factor == int(value.factor) else float(value))
    if isinstance(value, _entrepot.Placeholder):
        value._use()
        return _host["broken"]()
    if hasattr(value, "__next__") or isinstance(value, range):
        return [raw(item) for item in value]
    if hasattr(value, "__index__"):
        return value.__index__()
    if hasattr(value, "__float__"):
        return _host["real"](float(value))
    raise TypeError("a " + kind.__name__ + " is no argument of a function")


def constant(array):
    """A NumPy array as a constant of the graph; its numbers may be sizes."""
    if array.size <= 64 and any(type(item) is SymInt for item in array._flat):
        return call("numpy.array", array._flat, array.shape, array.dtype.name)._ref
    return _host["constant"](list(array._flat), list(array.shape), array.dtype.name)


def call(function, *args, **kwargs):
    """Calls a function of chainer.functions."""
    return called(function, args, kwargs, sys._getframe(1))


def indices(slices):
    """What stands in brackets as a tuple; a list of numbers is an array. Source: chainer/functions/array/get_item.py, GetItem.__init__."""
    if isinstance(slices, list):
        return (slices,) if all(isinstance(item, int) for item in slices) else tuple(slices)
    return slices if isinstance(slices, tuple) else (slices,)


def called(function, args, kwargs, frame):
    if frame is not None:
        at(frame)
    watch = watched.get(function)
    ended = watch and watch(function, args, kwargs)
    if ended is not None:
        return ended
    try:
        result = _host["call"](function, [raw(item) for item in args], {name: raw(value) for name, value in kwargs.items()})
    except Absorbed as absorbed:
        return absorbed.stand.after(function)
    return shaped(function, args, result)


def make_variable(ref):
    made = Variable.__new__(Variable)
    made.__dict__["_r"] = ref
    return made


def make_tuple(*items):
    return items


class Variable:
    """A value of the graph. Arrays that a graph computes are variables as well, so data and array give the variable itself."""

    name = None
    grad = None
    creator = None
    requires_grad = True
    is_initialized = True
    volatile = "off"

    def __new__(cls, data=None, *_, **__):
        # A variable of a variable is that variable, be it a label.
        return data if cls is Variable and isinstance(data, Variable) and not isinstance(data, Parameter) else object.__new__(cls)

    def __init__(self, data=None, *_, **__):
        if data is self:
            return
        if isinstance(data, Variable):
            self.__dict__["_r"] = data._ref
        elif data is None:
            self.__dict__["_r"] = None
        else:
            self.__dict__["_r"] = constant(numpy.array(data))

    @property
    def _ref(self):
        return self._r

    @property
    def shape(self):
        at()
        return _host["sizes"](self._ref)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        product = 1
        for size in self.shape:
            product = product * size
        return product

    @property
    def dtype(self):
        return numpy.dtype(_host["dtype"](self._ref))

    @property
    def data(self):
        return self

    @data.setter
    def data(self, value):
        self.__dict__["_r"] = (value if isinstance(value, Variable) else constant(numpy.array(value)))._ref

    array = data

    @property
    def xp(self):
        return numpy

    @property
    def T(self):
        return call("transpose", self)

    def known(self):
        """The numbers, as a NumPy array, if they are known; None if they are only known when the model runs."""
        found = _host["contents"](self._ref)
        return None if found is None else numpy.array(found)

    def _number(self, what):
        known = self.known()
        if known is None:
            at(sys._getframe(2))
            problem("unsupported", what, "depends on the value of a variable, which is only known when the model runs; a traced network "
                    "takes one way")
        return known

    def __bool__(self): return bool(self._number("branch"))
    def __int__(self): return int(self._number("int"))
    def __float__(self): return float(self._number("float"))
    def __index__(self): return int(self._number("index"))

    def _entrepot_length(self):
        return self.shape[0]

    def __len__(self):
        length = self.shape[0]
        return int(length)

    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    def __getitem__(self, slices):
        return called("get_item", (self, indices(slices)), {}, sys._getframe(1))

    def __hash__(self):
        return id(self)

    def __repr__(self):
        return "variable"

    def reshape(self, *shape):
        return call("reshape", self, shape[0] if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape)

    def transpose(self, *axes):
        return call("transpose", self, *((axes[0] if len(axes) == 1 and isinstance(axes[0], (tuple, list)) else axes,) if axes else ()))

    def astype(self, dtype, **_):
        return self if numpy.dtype(dtype) == self.dtype else called("cast", (self, numpy.dtype(dtype).name), {}, sys._getframe(1))

    def copy(self): return self
    def get(self, *_): return self
    def backward(self, *_, **__): pass
    def addgrad(self, _): pass
    def to_gpu(self, *_): return self
    def to_cpu(self): return self
    def to_device(self, _): return self
    def unchain_backward(self): pass
    def unchain(self): pass
    def cleargrad(self): pass
    def zerograd(self): pass
    def item(self): return self._number("item").item()


def _operator(function):
    def operate(self, other):
        return called(function, (self, other), {}, sys._getframe(1))

    return operate


for _name, _function in {
    "add": "add", "sub": "sub", "rsub": "rsub", "mul": "mul", "rmul": "mul", "truediv": "div", "rtruediv": "rdiv", "floordiv": "floordiv",
    "rfloordiv": "rfloordiv", "pow": "pow", "rpow": "rpow", "matmul": "matmul", "rmatmul": "rmatmul",
}.items():
    setattr(Variable, "__" + _name + "__", _operator(_function))
Variable.__radd__ = lambda self, other: called("add", (other, self), {}, sys._getframe(1))
Variable.__neg__ = lambda self: called("neg", (self,), {}, sys._getframe(1))
Variable.__abs__ = lambda self: called("absolute", (self,), {}, sys._getframe(1))


class Parameter(Variable):
    """A variable that the file of weights holds under the path of its link. None stands for sizes that follow from the weights or the data."""

    def __init__(self, initializer=None, shape=None, name=None, dtype=None, **_):
        self.__dict__["_r"] = None
        self.name = name
        self.path = ""
        self.initializer = initializer
        self._dtype = dtype
        given = isinstance(initializer, (numpy.ndarray, Variable))
        if given and shape is None:
            shape = initializer.shape
        self._sizes = None if shape is None else (shape,) if isinstance(shape, int) else tuple(shape)

    @property
    def data(self):
        """The parameter itself; None before a link's first call gives it sizes."""
        return self if self._r is not None or self._sizes is not None and None not in self._sizes else None

    @data.setter
    def data(self, value):
        """What a source puts in before the weights come."""
        if isinstance(value, (numpy.ndarray, Variable)) and value is not self:
            self.initializer, self._sizes = value, tuple(value.shape)

    array = data

    def __setitem__(self, index, value):
        self.initializer = None

    def __iadd__(self, _):
        return self

    __isub__ = __imul__ = __itruediv__ = __iadd__

    def fill(self, value):
        self.initializer = value

    @property
    def known_first(self):
        """Whether its first values are those of an array that the source computes."""
        return isinstance(self.initializer, (numpy.ndarray, Variable)) and not getattr(self.initializer, "drawn", False)

    @property
    def is_initialized(self):
        return self._r is not None

    @property
    def first(self):
        """The number that all of it is before it is trained; None where there is no such number, or it is drawn."""
        value = getattr(self.initializer, "fill_value", self.initializer)
        return float(value) if isinstance(value, (int, float)) else None

    @property
    def _ref(self):
        if self._r is None:
            if self._sizes is None or None in self._sizes:
                problem("error", "parameter \"" + self.path + "\"", "is used before its sizes are known")
            if self.known_first:
                first = self.initializer
                self.__dict__["_r"] = constant(first) if isinstance(first, numpy.ndarray) else first._ref
                return self._r
            self.__dict__["_r"] = _host["fill"](self.path, list(self._sizes), self.dtype.name, self.first or 0.0)
        return self._r

    @property
    def shape(self):
        return self._sizes if self._r is None and self._sizes is not None else Variable.shape.fget(self)

    @property
    def dtype(self):
        if self._r is None:
            return numpy.dtype(self._dtype or getattr(self.initializer, "dtype", None) or "float32")
        return Variable.dtype.fget(self)

    def initialize(self, shape):
        """Gives the parameter its sizes, as a link does at its first call."""
        if self._r is None:
            self._sizes = (shape,) if isinstance(shape, int) else tuple(int(size) for size in shape)
