import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__(conv1=L.Convolution2D(3, 4, 3, 1, 1, True), prelu1=L.PReLU((4,)))

    def __call__(self, x):
        h = F.max_pooling_2d(self.conv1(x), 3, stride=2, cover_all=False)
        return F.average_pooling_2d(F.concat((F.leaky_relu(h, 0.1), F.relu(h))), 2, 2)
