import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__(conv=L.Convolution2D(3, 4, 3), bn=L.BatchNormalization(4))

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


make = Net
