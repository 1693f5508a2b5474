"""CuPy's arrays are NumPy's."""
import numpy
from chainer._quiet import Quiet

cuda, cudnn = Quiet(), Quiet()


def asnumpy(array, *_, **__):
    return array


def get_array_module(*_):
    return numpy


def __getattr__(name):
    return getattr(numpy, name)
