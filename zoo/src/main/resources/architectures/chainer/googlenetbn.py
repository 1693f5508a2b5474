"""GoogLeNet with batch normalization: Chainer's ImageNet example, ChainerMN's two narrower inceptions, and float16.

x [N, 3, 224, 224] -> logits of 1000 classes. Pads and cover_all together make maps of 57, 29, 15 and 8, not 56, 28, 14 and 7.
"""
import chainer
import chainer.functions as F
import chainer.links as L
import numpy


class GoogLeNetBN(chainer.Chain):
    insize = 224
    dtype = numpy.float32
    out1_4c, out1_4d = 160, 96

    def __init__(self):
        super().__init__()
        dtype = self.dtype
        W = chainer.initializers.HeNormal(1 / numpy.sqrt(2), dtype)
        bias = chainer.initializers.Zero(dtype)

        def convolution(channels, size, **kwargs):
            return L.Convolution2D(None, channels, size, initialW=W, nobias=True, **kwargs)

        def inception(*sizes, **kwargs):
            return L.InceptionBN(None, *sizes, conv_init=W, dtype=dtype, **kwargs)

        with self.init_scope():
            self.conv1 = convolution(64, 7, stride=2, pad=3)
            self.norm1 = L.BatchNormalization(64, dtype=dtype)
            self.conv2 = convolution(192, 3, pad=1)
            self.norm2 = L.BatchNormalization(192, dtype=dtype)
            self.inc3a = inception(64, 64, 64, 64, 96, "avg", 32)
            self.inc3b = inception(64, 64, 96, 64, 96, "avg", 64)
            self.inc3c = inception(0, 128, 160, 64, 96, "max", stride=2)
            self.inc4a = inception(224, 64, 96, 96, 128, "avg", 128)
            self.inc4b = inception(192, 96, 128, 96, 128, "avg", 128)
            self.inc4c = inception(self.out1_4c, 128, 160, 128, 160, "avg", 128)
            self.inc4d = inception(self.out1_4d, 128, 192, 160, 192, "avg", 128)
            self.inc4e = inception(0, 128, 192, 192, 256, "max", stride=2)
            self.inc5a = inception(352, 192, 320, 160, 224, "avg", 128)
            self.inc5b = inception(352, 192, 320, 192, 224, "max", 128)
            self.out = L.Linear(None, 1000, initialW=W, initial_bias=bias)
            # Two heads that help training: part of every file of weights, and their outputs come after the logits.
            for head in "ab":
                setattr(self, "conv" + head, convolution(128, 1))
                setattr(self, "norm" + head, L.BatchNormalization(128, dtype=dtype))
                setattr(self, "lin" + head, L.Linear(None, 1024, initialW=W, nobias=True))
                setattr(self, "norm%s2" % head, L.BatchNormalization(1024, dtype=dtype))
                setattr(self, "out" + head, L.Linear(None, 1000, initialW=W, initial_bias=bias))

    def head(self, letter, h):
        h = F.average_pooling_2d(h, 5, stride=3)
        h = F.relu(self["norm" + letter](self["conv" + letter](h)))
        h = F.relu(self["norm%s2" % letter](self["lin" + letter](h)))
        return self["out" + letter](h)

    def forward(self, x):
        h = F.max_pooling_2d(F.relu(self.norm1(self.conv1(x))), 3, stride=2, pad=1)
        h = F.max_pooling_2d(F.relu(self.norm2(self.conv2(h))), 3, stride=2, pad=1)
        h = self.inc4a(self.inc3c(self.inc3b(self.inc3a(h))))
        a = self.head("a", h)
        h = self.inc4d(self.inc4c(self.inc4b(h)))
        b = self.head("b", h)
        h = self.inc5b(self.inc5a(self.inc4e(h)))
        return self.out(F.average_pooling_2d(h, 7)), a, b


class GoogLeNetBNMN(GoogLeNetBN):
    """ChainerMN's."""

    out1_4c, out1_4d = 128, 64


class GoogLeNetBNFp16(GoogLeNetBNMN):
    """In float16 Chainer has ChainerMN's widths, too."""

    dtype = numpy.float16

    def forward(self, x):
        return super().forward(F.cast(x, self.dtype))
