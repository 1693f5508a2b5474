"""Where arrays lie means nothing for a graph. Source: chainer/backend.py."""
import numpy
from chainer._quiet import Quiet, quiet_attributes


def get_array_module(*_):
    return numpy


def get_device(*_):
    return Quiet()


get_device_from_array = using_device = get_device


def copyto(dst, src):
    pass


__getattr__ = quiet_attributes(__name__)
