"""What networks use of chainer.utils. Source: chainer/utils."""
from chainer._quiet import quiet_attributes
from chainer.utils.conv import get_conv_outsize, get_deconv_outsize  # noqa: F401


def force_array(x, dtype=None):
    return x if dtype is None else x.astype(dtype)


def force_type(dtype, value):
    return value


def size_of_shape(shape):
    size = 1
    for item in shape:
        size = size * item
    return size


def experimental(name):
    pass


def walker_alias(*_, **__):
    raise NotImplementedError("drawing samples")


__getattr__ = quiet_attributes(__name__)
