import chainer
import chainer.functions as F
import chainer.links as L


class Block(chainer.Chain):
    def __init__(self, in_size, ch, stride=1):
        super().__init__(
            conv1=L.Convolution2D(in_size, ch, 3, stride, 1, nobias=True), bn1=L.BatchNormalization(ch),
            conv2=L.Convolution2D(in_size, ch, 1, stride, 0, nobias=True), bn2=L.BatchNormalization(ch))

    def __call__(self, x):
        return F.relu(F.relu(self.bn1(self.conv1(x))) + self.bn2(self.conv2(x)))


class Net(chainer.Chain):
    def __init__(self):
        super().__init__(block=Block(3, 4, 2), fc=L.Linear(100, 6))

    def __call__(self, x):
        return F.softmax(self.fc(self.block(x)))
