"""An array of known numbers: a flat list and a shape."""
import math

# A framework whose arrays are those of a graph answers here for what is done with them.
graph = None


_SHORT = {
    "f": "float32", "d": "float64", "e": "float16", "i": "int32", "l": "int64", "q": "int64", "h": "int16", "b": "int8", "B": "uint8", "?": "bool",
    "f2": "float16", "f4": "float32", "f8": "float64", "i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64", "u1": "uint8",
    "float": "float64", "int": "int64", "single": "float32", "double": "float64", "half": "float16", "bool_": "bool",
}


class dtype:
    def __init__(self, name):
        name = name.name if isinstance(name, dtype) else getattr(name, "__name__", str(name)).lstrip("<=")
        self.name = _SHORT.get(name, name)

    @property
    def kind(self):
        return {"f": "f", "i": "i", "u": "u", "b": "b"}.get(self.name[0], "O")

    @property
    def char(self):
        return next((short for short, name in _SHORT.items() if name == self.name), "O")

    @property
    def type(self):
        return self

    def __call__(self, value=0):
        if isinstance(value, (ndarray, list, tuple)):
            return array(value, self)
        return self.convert(value)

    def convert(self, value):
        if self.name.startswith("float"):
            return float(value)
        return bool(value) if self.name.startswith("bool") else int(value)

    def __eq__(self, other):
        if isinstance(other, dtype):
            return other.name == self.name
        return (isinstance(other, (str, type)) or hasattr(other, "__name__")) and dtype(other).name == self.name

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return self.name


class generic:
    pass


class _Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.kinds)


class Number(metaclass=_Kind):
    kinds = (int, float)


class Integer(metaclass=_Kind):
    kinds = int


class Floating(metaclass=_Kind):
    kinds = float


def _product(sizes):
    result = 1
    for size in sizes:
        result *= size
    return result


def _flatten(data, flat, shape, depth=0):
    if isinstance(data, ndarray):
        data = data.tolist()
    elif hasattr(data, "tolist") and not isinstance(data, (int, float)):
        data = data.tolist()
    if isinstance(data, (list, tuple, range)):
        if len(shape) == depth:
            shape.append(len(data))
        for item in data:
            _flatten(item, flat, shape, depth + 1)
    else:
        flat.append(data)


def array(data, dtype=None, **_):
    if isinstance(data, ndarray):
        return data if dtype is None else data.astype(dtype)
    if hasattr(data, "_ref"):
        return data if dtype is None else data.astype(dtype)
    flat, shape = [], []
    _flatten(data, flat, shape)
    if dtype is None and any(type(item) is float for item in flat):
        flat = [float(item) for item in flat]
    made = ndarray(flat, shape)
    return made.astype(dtype) if dtype is not None else made


class ndarray:
    def __init__(self, flat, shape, kind=None):
        self._flat, self.shape, self._kind = flat, tuple(shape), kind

    @property
    def dtype(self):
        return self._kind or dtype("float64" if any(type(i) is float for i in self._flat) or not self._flat else "bool" if type(self._flat[0]) is bool else "int64")

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return len(self._flat)

    @property
    def T(self):
        return transpose(self)

    def astype(self, kind, **_):
        kind = kind if isinstance(kind, dtype) else dtype(kind)
        return ndarray([kind.convert(item) for item in self._flat], self.shape, kind)

    def __torch_raw__(self):
        from torch import _core

        kind = _core._BY_NAME.get(self.dtype.name)
        return _core.tensor_of(self.tolist(), kind)

    def tolist(self):
        if not self.shape:
            return self._flat[0]
        length = _product(self.shape[1:])
        if len(self.shape) == 1:
            return list(self._flat)
        return [ndarray(self._flat[i * length : (i + 1) * length], self.shape[1:]).tolist() for i in range(self.shape[0])]

    def item(self):
        return self._flat[0]

    def copy(self):
        return ndarray(list(self._flat), self.shape, self._kind)

    def reshape(self, *shape):
        shape = list(shape[0]) if len(shape) == 1 and isinstance(shape[0], (list, tuple)) else list(shape)
        if -1 in shape:
            known = -_product(shape)
            shape[shape.index(-1)] = len(self._flat) // known if known else 0
        return ndarray(self._flat, shape, self._kind)

    def flatten(self):
        return self.reshape(-1)

    ravel = flatten

    def transpose(self, *axes):
        return transpose(self, axes[0] if len(axes) == 1 and isinstance(axes[0], (list, tuple)) else axes or None)

    def _map(self, function):
        items = [function(item) for item in self._flat]
        return ndarray(items, self.shape, self._kind if self._kind and items and type(items[0]) is float and self._kind.kind == "f" else None)

    def _strides(self):
        return [_product(self.shape[i + 1 :]) for i in range(len(self.shape))]

    def _broadcast(self, shape):
        if self.shape == tuple(shape):
            return self._flat
        own = [1] * (len(shape) - len(self.shape)) + list(self.shape)
        strides = [0] * (len(shape) - len(self.shape)) + self._strides()
        strides = [0 if size == 1 else step for size, step in zip(own, strides)]
        found = [0]
        for size, step in zip(shape, strides):
            found = [offset + i * step for offset in found for i in range(size)]
        return [self._flat[offset] for offset in found]

    def _with(self, other, function):
        if hasattr(other, "_ref"):
            return NotImplemented
        other = array(other)
        rank = max(self.ndim, other.ndim)
        a, b = [1] * (rank - self.ndim) + list(self.shape), [1] * (rank - other.ndim) + list(other.shape)
        shape = [y if x == 1 else x for x, y in zip(a, b)]
        items = [function(x, y) for x, y in zip(self._broadcast(shape), other._broadcast(shape))]
        return ndarray(items, shape, self._joined(other, items))

    def _joined(self, other, items):
        """The element type of a result that arithmetic leaves as it was: numbers of Python take it from the array beside them."""
        kind = self._kind or other._kind
        if kind is None or not items or other._kind not in (None, kind) or self._kind not in (None, kind):
            return None
        if any((one._kind is None and one.shape) for one in (self, other)):
            return None
        return kind if type(items[0]) is (float if kind.kind == "f" else int) else None

    def _reduced(self, axis, function):
        if axis is None:
            return function(self._flat)
        axis %= self.ndim
        moved = transpose(self, [i for i in range(self.ndim) if i != axis] + [axis])
        length = self.shape[axis]
        items = [function(moved._flat[i : i + length]) for i in range(0, len(moved._flat), length)]
        return ndarray(items, moved.shape[:-1])

    def sum(self, axis=None, **_): return self._reduced(axis, sum_)
    def prod(self, axis=None, **_): return self._reduced(axis, _product)
    def max(self, axis=None, **_): return self._reduced(axis, max)
    def min(self, axis=None, **_): return self._reduced(axis, min)
    def mean(self, axis=None, **_): return self._reduced(axis, lambda items: sum_(items) / len(items))
    def all(self, axis=None): return self._reduced(axis, all)
    def any(self, axis=None): return self._reduced(axis, any)
    def argmax(self, axis=None): return self._reduced(axis, lambda items: items.index(max(items)))

    def __len__(self):
        return self.shape[0]

    def __iter__(self):
        return iter([self[i] for i in range(self.shape[0])])

    def _offsets(self, index):
        index = list(index) if isinstance(index, tuple) else [index]
        if Ellipsis in [i for i in index if i is Ellipsis]:
            at = next(k for k, i in enumerate(index) if i is Ellipsis)
            taken = sum_(1 for i in index if i is not None and i is not Ellipsis)
            index[at : at + 1] = [slice(None)] * (self.ndim - taken)
        index += [slice(None)] * (self.ndim - sum_(1 for i in index if i is not None))
        offsets, shape, axis, strides = [0], [], 0, self._strides()
        for item in index:
            if item is None:
                shape.append(1)
                continue
            size, step = self.shape[axis], strides[axis]
            axis += 1
            if isinstance(item, slice):
                chosen = range(*item.indices(size))
                shape.append(len(chosen))
            elif isinstance(item, (list, tuple, ndarray)):
                chosen = array(item)._flat
                if chosen and type(chosen[0]) is bool:
                    chosen = [i for i, taken in enumerate(chosen) if taken]
                shape.append(len(chosen))
            else:
                chosen = [range(size)[item]]
            offsets = [offset + i % size * step for offset in offsets for i in chosen]
        return offsets, shape

    def __getitem__(self, index):
        if graph is not None and graph.wants("getitem", (index,), {}):
            return graph.Variable(self)[index]
        if isinstance(index, ndarray) and index.shape == self.shape and self.ndim > 1:
            return array([item for item, taken in zip(self._flat, index._flat) if taken])
        offsets, shape = self._offsets(index)
        found = [self._flat[offset] for offset in offsets]
        return ndarray(found, shape, self._kind) if shape else found[0]

    def __setitem__(self, index, value):
        if hasattr(value, "_ref"):
            import _entrepot

            raise _entrepot.SourceError("unsupported", "assignment", "of what the graph computes to elements of an array; concat and where "
                                        "make arrays without it")
        offsets, shape = self._offsets(index)
        values = array(value)._broadcast(shape)
        for offset, item in zip(offsets, values):
            self._flat[offset] = item

    def __matmul__(self, other):
        if hasattr(other, "_ref"):
            return NotImplemented
        other = array(other)
        if self.ndim == 1 and other.ndim == 1:
            return sum_(a * b for a, b in zip(self._flat, other._flat))
        rows, columns = self.reshape(-1, self.shape[-1]).tolist(), transpose(other).tolist()
        return array([[sum_(a * b for a, b in zip(row, column)) for column in columns] for row in rows])

    def __float__(self): return float(self._flat[0])
    def __int__(self): return int(self._flat[0])
    def __index__(self): return int(self._flat[0])
    def __bool__(self): return bool(self._flat[0])
    def __neg__(self): return self._map(lambda x: -x)
    def __abs__(self): return self._map(abs)
    def __invert__(self): return self._map(lambda x: not x)
    def __repr__(self): return "array(" + repr(self.tolist()) + ")"
    __hash__ = object.__hash__


sum_ = sum
for _name, _function in {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "truediv": lambda a, b: a / b,
    "floordiv": lambda a, b: a // b, "mod": lambda a, b: a % b, "pow": lambda a, b: a ** b, "and": lambda a, b: a & b, "or": lambda a, b: a | b,
    "lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b, "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
}.items():
    setattr(ndarray, "__" + _name + "__", lambda self, other, f=_function: self._with(other, f))
    setattr(ndarray, "__r" + _name + "__", lambda self, other, f=_function: self._with(other, lambda a, b: f(b, a)))


def arange(start, stop=None, step=1, dtype=None):
    start, stop = (0, start) if stop is None else (start, stop)
    made = ndarray([start + i * step for i in range(max(0, math.ceil((stop - start) / step)))], [max(0, math.ceil((stop - start) / step))])
    return made.astype(dtype) if dtype is not None else made


def linspace(start, stop, num=50, endpoint=True, **_):
    step = (stop - start) / ((num - 1 if endpoint else num) or 1)
    return ndarray([float(start + i * step) for i in range(num)], [num])


def full(shape, value, dtype=None, **_):
    shape = [shape] if isinstance(shape, int) else list(shape)
    if _product(shape) > 1 << 24:
        raise MemoryError()
    made = ndarray([value] * _product(shape), shape)
    return made.astype(dtype) if dtype is not None else made


def zeros(shape, dtype=None, **_):
    return full(shape, 0.0, dtype)


def ones(shape, dtype=None, **_):
    return full(shape, 1.0, dtype)


def prod(x, axis=None, **_):
    return _product(x) if isinstance(x, (list, tuple)) and not any(isinstance(i, (list, tuple)) for i in x) else array(x).prod(axis)


def sum(x, axis=None, **_):
    return sum_(x) if isinstance(x, (list, tuple)) and not any(isinstance(i, (list, tuple)) for i in x) else array(x).sum(axis)


def transpose(x, axes=None):
    x = array(x)
    axes = list(reversed(range(x.ndim))) if axes is None else list(axes)
    strides, offsets = x._strides(), [0]
    for axis in axes:
        offsets = [offset + i * strides[axis] for offset in offsets for i in range(x.shape[axis])]
    return ndarray([x._flat[offset] for offset in offsets], [x.shape[axis] for axis in axes], x._kind)


def expand_dims(x, axis):
    x = array(x)
    shape = list(x.shape)
    shape.insert(axis % (x.ndim + 1), 1)
    return x.reshape(shape)


def concatenate(arrays, axis=0):
    arrays = [array(a) for a in arrays]
    axis %= arrays[0].ndim
    order = [axis] + [i for i in range(arrays[0].ndim) if i != axis]
    moved = [transpose(a, order) for a in arrays]
    joined = ndarray([item for a in moved for item in a._flat], [sum_(a.shape[0] for a in moved)] + list(moved[0].shape[1:]))
    return transpose(joined, [order.index(i) for i in range(len(order))])


def stack(arrays, axis=0):
    return concatenate([expand_dims(a, axis) for a in arrays], axis)


def outer(a, b):
    return array(a).reshape(-1, 1) * array(b).reshape(1, -1)


def meshgrid(*arrays, indexing="xy", **_):
    arrays = [array(a) for a in arrays]
    shape = [a.size for a in arrays]
    grids = []
    for i, a in enumerate(arrays):
        own = [1] * len(arrays)
        own[i] = a.size
        grids.append(ndarray(a.reshape(own)._broadcast(shape), shape))
    if indexing == "xy" and len(arrays) > 1:
        order = [1, 0] + list(range(2, len(arrays)))
        grids = [transpose(grid, order) for grid in grids]
    return grids


def where(condition, a, b):
    condition = array(condition)
    return condition._with(a, lambda c, x: (c, x))._with(b, lambda pair, y: pair[1] if pair[0] else y)
