# input x:float32[N=2,3,9,9]
import math

import chainer
import chainer.functions as F
import chainer.links as L


class Block(chainer.Chain):
    def __init__(self, in_size, ch, stride=1):
        w = math.sqrt(2)
        super(Block, self).__init__(
            conv1=L.Convolution2D(in_size, ch, 3, stride, 1, w, nobias=True),
            bn1=L.BatchNormalization(ch),
            conv2=L.Convolution2D(in_size, ch, 1, stride, 0, w, nobias=True),
            bn2=L.BatchNormalization(ch),
        )

    def __call__(self, x, train):
        h = F.relu(self.bn1(self.conv1(x), test=not train))
        return F.relu(h + self.bn2(self.conv2(x), test=not train))


class Net(chainer.Chain):
    insize = 9

    def __init__(self):
        super(Net, self).__init__(block=Block(3, 4, 2), fc=L.Linear(100, 6, wscale=0.1))
        self.train = True

    def clear(self):
        self.loss = None

    def __call__(self, x):
        self.clear()
        h = self.block(x, self.train)
        h = self.fc(F.dropout(h, ratio=0.3, train=self.train))
        if self.train:
            return F.sum(h)
        return F.softmax(h)
