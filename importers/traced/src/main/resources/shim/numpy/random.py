"""Random arrays, of which only the shape is known: parameters begin with them. Whoever asks for a number of one is refused."""
import _entrepot
from numpy import _array
from random import __getattr__ as _refused, seed  # noqa: F401


class Drawn(_array.ndarray):
    """An array of random numbers."""

    drawn = True

    def __init__(self, name, shape, kind=None):
        self.name, self.shape, self._kind = name, tuple(shape), kind

    @property
    def _flat(self):
        raise _entrepot.SourceError("unsupported", "random." + self.name, "a network that draws random numbers gives other outputs each time")

    @property
    def size(self):
        return _array._product(self.shape)

    @property
    def dtype(self):
        return self._kind or _array.dtype("float64")

    def _like(self, shape, kind=None):
        return Drawn(self.name, shape, kind or self._kind)

    def astype(self, kind, **_): return self._like(self.shape, _array.dtype(kind))
    def copy(self): return self
    def _map(self, function): return self
    def _with(self, other, function): return self

    def transpose(self, *axes):
        axes = axes[0] if len(axes) == 1 and isinstance(axes[0], (list, tuple)) else axes
        return self._like([self.shape[axis] for axis in axes] if axes else reversed(self.shape))

    @property
    def T(self):
        return self.transpose()

    def reshape(self, *shape):
        shape = list(shape[0] if len(shape) == 1 and isinstance(shape[0], (list, tuple)) else shape)
        if -1 in shape:
            shape[shape.index(-1)] = self.size // -_array._product(shape)
        return self._like(shape)


def _drawing(name, parameters):
    """A function that takes these many numbers before the size of the array; without a size it draws one number, which is refused."""

    def draw(*args, size=None, **_):
        size = args[parameters] if len(args) > parameters else size
        if size is None:
            return _refused(name)()
        return Drawn(name, (size,) if isinstance(size, int) else size)

    return draw


normal, uniform, laplace, gumbel, gamma = (_drawing(name, 2) for name in ("normal", "uniform", "laplace", "gumbel", "gamma"))
randint, binomial = _drawing("randint", 2), _drawing("binomial", 2)
standard_normal, random_sample, random = (_drawing(name, 0) for name in ("standard_normal", "random_sample", "random"))


def rand(*shape):
    return Drawn("rand", shape) if shape else _refused("rand")()


randn = rand


class RandomState:
    """A generator of its own."""

    def __init__(self, *_):
        pass

    def __getattr__(self, name):
        found = globals().get(name)
        return found if found is not None else _refused(name)


def __getattr__(name):
    return _refused(name)
