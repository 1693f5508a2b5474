# input x:float32[N=2,3,8,8]
import chainer
from chainer import initializers, link, variable
from chainer.functions.activation import relu
from chainer.functions.activation.leaky_relu import leaky_relu
import chainer.functions.pooling.average_pooling_2d as pooling
from chainer.initializers import constant, normal
from chainer.links.connection import convolution_2d
from chainer.links.connection.linear import Linear
from chainer.links.normalization import batch_normalization
from chainer.utils import conv


class Net(link.Chain):
    def __init__(self, init=initializers.HeNormal(scale=2)):
        super().__init__()
        size = conv.get_conv_outsize(8, 2, 2, 0)
        with self.init_scope():
            self.conv = convolution_2d.Convolution2D(3, 4, 3, pad=1, initialW=init, initial_bias=constant.Zero())
            self.bn = batch_normalization.BatchNormalization(4, initial_gamma=chainer.initializers.One())
            self.fc = Linear(4 * size * size, 5, initialW=normal.Normal(0.01))
            self.scale = variable.Parameter(initializers.Uniform(1.), (5, 5))

    def forward(self, x):
        h = relu.relu(self.bn(self.conv(x)))
        h = self.fc(leaky_relu(pooling.average_pooling_2d(h, 2), slope=0.1))
        return chainer.functions.linear(h, self.scale)
