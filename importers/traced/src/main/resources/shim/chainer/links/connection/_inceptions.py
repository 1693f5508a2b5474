"""Modules of GoogLeNet. Source: chainer/links/connection/inception.py, inceptionbn.py."""
from chainer import functions as F
from chainer.link import Chain
from chainer.links.connection._convolutions import Convolution2D
from chainer.links.normalization import BatchNormalization


class Inception(Chain):
    """Source: chainer/links/connection/inception.py."""

    def __init__(self, in_channels, out1, proj3, out3, proj5, out5, proj_pool, conv_init=None, bias_init=None):
        super().__init__()
        weights = {"initialW": conv_init, "initial_bias": bias_init}
        with self.init_scope():
            self.conv1 = Convolution2D(in_channels, out1, 1, **weights)
            self.proj3 = Convolution2D(in_channels, proj3, 1, **weights)
            self.conv3 = Convolution2D(proj3, out3, 3, pad=1, **weights)
            self.proj5 = Convolution2D(in_channels, proj5, 1, **weights)
            self.conv5 = Convolution2D(proj5, out5, 5, pad=2, **weights)
            self.projp = Convolution2D(in_channels, proj_pool, 1, **weights)

    def forward(self, x):
        out3 = self.conv3(F.relu(self.proj3(x)))
        out5 = self.conv5(F.relu(self.proj5(x)))
        pool = self.projp(F.max_pooling_2d(x, 3, stride=1, pad=1))
        return F.relu(F.concat((self.conv1(x), out3, out5, pool), axis=1))


class InceptionBN(Chain):
    """Source: chainer/links/connection/inceptionbn.py."""

    def __init__(self, in_channels, out1, proj3, out3, proj33, out33, pooltype, proj_pool=None, stride=1, conv_init=None, dtype=None):
        super().__init__()
        if pooltype not in ("max", "avg"):
            raise NotImplementedError()
        self.out1, self.proj_pool, self.stride, self.pooltype = out1, proj_pool, stride, pooltype
        made = {"nobias": True, "initialW": conv_init}
        with self.init_scope():
            self.proj3 = Convolution2D(in_channels, proj3, 1, **made)
            self.conv3 = Convolution2D(proj3, out3, 3, pad=1, stride=stride, **made)
            self.proj33 = Convolution2D(in_channels, proj33, 1, **made)
            self.conv33a = Convolution2D(proj33, out33, 3, pad=1, **made)
            self.conv33b = Convolution2D(out33, out33, 3, pad=1, stride=stride, **made)
            self.proj3n, self.conv3n = BatchNormalization(proj3, dtype=dtype), BatchNormalization(out3, dtype=dtype)
            self.proj33n = BatchNormalization(proj33, dtype=dtype)
            self.conv33an, self.conv33bn = BatchNormalization(out33, dtype=dtype), BatchNormalization(out33, dtype=dtype)
            if out1 > 0:
                assert stride == 1
                assert proj_pool is not None
                self.conv1 = Convolution2D(in_channels, out1, 1, stride=stride, **made)
                self.conv1n = BatchNormalization(out1, dtype=dtype)
            if proj_pool is not None:
                self.poolp = Convolution2D(in_channels, proj_pool, 1, **made)
                self.poolpn = BatchNormalization(proj_pool, dtype=dtype)

    def forward(self, x, *_, **__):
        outs = [F.relu(self.conv1n(self.conv1(x)))] if self.out1 > 0 else []
        h = F.relu(self.proj3n(self.proj3(x)))
        outs.append(F.relu(self.conv3n(self.conv3(h))))
        h = F.relu(self.proj33n(self.proj33(x)))
        h = F.relu(self.conv33an(self.conv33a(h)))
        outs.append(F.relu(self.conv33bn(self.conv33b(h))))
        if self.pooltype == "max":
            pooled = F.max_pooling_2d(x, 3, stride=self.stride, pad=1, cover_all=False)
        else:
            pooled = F.average_pooling_2d(x, 3, stride=self.stride, pad=1)
        outs.append(pooled if self.proj_pool is None else F.relu(self.poolpn(self.poolp(pooled))))
        return F.concat(outs, axis=1)
