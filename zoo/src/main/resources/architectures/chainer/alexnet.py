"""AlexNet as Chainer projects built it. Each takes an image, x [N, 3, insize, insize], and gives the logits of 1000 classes.

Alex: Chainer's and ChainerMN's ImageNet example. AlexFp16: the same in float16. Alex64: the 64-filter net of convnet-benchmarks and
Chainer's benchmark, without normalization and dropout. BvlcAlex and CaffeNet: Caffe's two nets with grouped convolutions.
"""
import chainer
import chainer.functions as F
import chainer.links as L
import numpy


class Alex(chainer.Chain):
    insize = 227
    dtype = numpy.float32
    groups = 1
    # (k, alpha): Chainer's own defaults; Caffe's nets have others.
    normalization = 2, 1e-4
    pools_first = False

    def __init__(self):
        super().__init__()
        W = chainer.initializers.HeNormal(1 / numpy.sqrt(2), self.dtype)
        bias = chainer.initializers.Zero(self.dtype)
        with self.init_scope():
            self.conv1 = L.Convolution2D(3, 96, 11, stride=4, initialW=W, initial_bias=bias)
            self.conv2 = L.Convolution2D(96, 256, 5, pad=2, initialW=W, initial_bias=bias, groups=self.groups)
            self.conv3 = L.Convolution2D(256, 384, 3, pad=1, initialW=W, initial_bias=bias)
            self.conv4 = L.Convolution2D(384, 384, 3, pad=1, initialW=W, initial_bias=bias, groups=self.groups)
            self.conv5 = L.Convolution2D(384, 256, 3, pad=1, initialW=W, initial_bias=bias, groups=self.groups)
            self.fc6 = L.Linear(9216, 4096, initialW=W, initial_bias=bias)
            self.fc7 = L.Linear(4096, 4096, initialW=W, initial_bias=bias)
            self.fc8 = L.Linear(4096, 1000, initialW=W, initial_bias=bias)

    def shrunk(self, h):
        k, alpha = self.normalization
        if self.pools_first:
            return F.local_response_normalization(F.max_pooling_2d(h, 3, stride=2), k=k, alpha=alpha)
        return F.max_pooling_2d(F.local_response_normalization(h, k=k, alpha=alpha), 3, stride=2)

    def forward(self, x):
        h = self.shrunk(F.relu(self.conv1(x)))
        h = self.shrunk(F.relu(self.conv2(h)))
        h = F.relu(self.conv4(F.relu(self.conv3(h))))
        h = F.max_pooling_2d(F.relu(self.conv5(h)), 3, stride=2)
        h = F.dropout(F.relu(self.fc6(h)))
        h = F.dropout(F.relu(self.fc7(h)))
        return self.fc8(h)


class AlexFp16(Alex):
    dtype = numpy.float16

    def forward(self, x):
        return super().forward(F.cast(x, self.dtype))


class BvlcAlex(Alex):
    """Caffe's bvlc_alexnet; alpha is divided by the window there."""

    groups = 2
    normalization = 1, 1e-4 / 5


class CaffeNet(BvlcAlex):
    """Caffe's bvlc_reference_caffenet, which pools before it normalizes."""

    pools_first = True


class Alex64(chainer.Chain):
    insize = 224

    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.conv1 = L.Convolution2D(3, 64, 11, stride=4, pad=2)
            self.conv2 = L.Convolution2D(64, 192, 5, pad=2)
            self.conv3 = L.Convolution2D(192, 384, 3, pad=1)
            self.conv4 = L.Convolution2D(384, 256, 3, pad=1)
            self.conv5 = L.Convolution2D(256, 256, 3, pad=1)
            self.fc6 = L.Linear(9216, 4096)
            self.fc7 = L.Linear(4096, 4096)
            self.fc8 = L.Linear(4096, 1000)

    def forward(self, x):
        h = F.max_pooling_2d(F.relu(self.conv1(x)), 3, stride=2)
        h = F.max_pooling_2d(F.relu(self.conv2(h)), 3, stride=2)
        h = F.relu(self.conv4(F.relu(self.conv3(h))))
        h = F.max_pooling_2d(F.relu(self.conv5(h)), 3, stride=2)
        return self.fc8(F.relu(self.fc7(F.relu(self.fc6(h)))))
