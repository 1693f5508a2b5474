"""What parameters begin with. Only constants are ever computed. Source: chainer/initializers."""
import numpy
from chainer._paths import inside


class Initializer:
    """Fills an array; here it tells the one number that it fills with, if it is one."""

    def __init__(self, *_, dtype=None, **__):
        self.dtype = dtype

    def __call__(self, array):
        pass


class Constant(Initializer):
    def __init__(self, fill_value, dtype=None):
        super().__init__(dtype=dtype)
        self.fill_value = fill_value

    def __call__(self, array):
        array[...] = self.fill_value


class Zero(Constant):
    def __init__(self, dtype=None):
        super().__init__(0.0, dtype)


class One(Constant):
    def __init__(self, dtype=None):
        super().__init__(1.0, dtype)


class NaN(Constant):
    def __init__(self, dtype=None):
        super().__init__(float("nan"), dtype)


class Identity(Initializer): pass
class Normal(Initializer): pass
class GlorotNormal(Initializer): pass
class HeNormal(Initializer): pass
class LeCunNormal(Initializer): pass
class Orthogonal(Initializer): pass
class Uniform(Initializer): pass
class GlorotUniform(Initializer): pass
class HeUniform(Initializer): pass
class LeCunUniform(Initializer): pass
class UpsamplingDeconvFilter(Initializer): pass
class DownsamplingConvFilter(Initializer): pass


def generate_array(initializer, shape, xp=numpy, dtype=None, device=None):
    return numpy.full(shape, getattr(initializer, "fill_value", 0.0), dtype or "float32")


def _get_initializer(initializer, scale=1.0):
    """An initializer of a number, an array, a function or None. Source: chainer/initializers/__init__.py."""
    if initializer is None:
        return LeCunNormal()
    return initializer if callable(initializer) or not isinstance(initializer, (int, float)) else Constant(initializer)


def init_weight(weights, initializer, scale=1.0):
    pass


__getattr__ = inside(__name__)
