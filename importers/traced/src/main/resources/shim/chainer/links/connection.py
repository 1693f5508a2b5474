"""Links with weights. Source: chainer/links/connection."""
from chainer import functions as F
from chainer._core import Parameter
from chainer.link import Link


def _pair(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (value, value)


class Convolution2D(Link):
    """Source: chainer/links/connection/convolution_2d.py."""

    def __init__(self, in_channels, out_channels, ksize=None, stride=1, pad=0, nobias=False, initialW=None, initial_bias=None, *,
                 dilate=1, groups=1, **_):
        super().__init__()
        if ksize is None:
            in_channels, out_channels, ksize = None, in_channels, out_channels
        self.ksize, self.stride, self.pad, self.dilate, self.groups, self.out_channels = ksize, stride, pad, dilate, groups, out_channels
        with self.init_scope():
            self.W = Parameter(initialW, (out_channels, None if in_channels is None else in_channels // groups) + _pair(ksize))
            self.b = None if nobias else Parameter(0 if initial_bias is None else initial_bias, out_channels)

    def forward(self, x):
        if not self.W.is_initialized:
            self.W.initialize((self.out_channels, x.shape[1] // self.groups) + _pair(self.ksize))
        return F.convolution_2d(x, self.W, self.b, self.stride, self.pad, dilate=self.dilate, groups=self.groups)


class Linear(Link):
    """Source: chainer/links/connection/linear.py."""

    def __init__(self, in_size, out_size=None, nobias=False, initialW=None, initial_bias=None, **_):
        super().__init__()
        if out_size is None:
            in_size, out_size = None, in_size
        self.in_size, self.out_size = in_size, out_size
        with self.init_scope():
            self.W = Parameter(initialW, (out_size, in_size))
            self.b = None if nobias else Parameter(0 if initial_bias is None else initial_bias, out_size)

    def forward(self, x, n_batch_axes=1):
        if not self.W.is_initialized:
            features = 1
            for size in x.shape[n_batch_axes:]:
                features = features * size
            self.W.initialize((self.out_size, features))
        return F.linear(x, self.W, self.b, n_batch_axes=n_batch_axes)
