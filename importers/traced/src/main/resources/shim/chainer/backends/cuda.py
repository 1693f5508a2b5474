"""chainer.cuda and chainer.backends.cuda: there is no GPU, and arrays are everywhere. Source: chainer/backends/cuda.py."""
import numpy as cupy
from chainer._quiet import Quiet, quiet_attributes
from numpy import ndarray  # noqa: F401

available = False
cudnn_enabled = False
cudnn = Quiet()
_cudnn_version = 0


class Device(Quiet):
    id = -1

    def use(self):
        return self

    def __int__(self):
        return -1


DummyDeviceType = Device
DummyDevice = Device()


def get_array_module(*_):
    return cupy


def to_cpu(array, stream=None):
    return array


def to_gpu(array, device=None, stream=None):
    return array


def get_device(*_):
    return DummyDevice


get_device_from_id = get_device_from_array = _get_device = get_device


def check_cuda_available():
    pass


def should_use_cudnn(*_):
    return False


def elementwise(*_, **__):
    raise NotImplementedError("a kernel in CUDA")


reduce = raw = elementwise
__getattr__ = quiet_attributes(__name__)
