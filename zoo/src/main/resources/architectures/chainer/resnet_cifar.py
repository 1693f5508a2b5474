"""Pre-activation ResNet for CIFAR with n blocks a stage (n = 3, 5, 7, 9): x [N, 3, 32, 32] -> logits of 10 classes.

Its twin in PyTorch has the same names, dots for slashes; the one in Keras ends in a softmax, as this does with softmax=True.
"""
import chainer
import chainer.functions as F
import chainer.links as L


class Residual(chainer.Chain):
    def __init__(self, width):
        super().__init__()
        with self.init_scope():
            self.bn1 = L.BatchNormalization(width)
            self.conv1 = L.Convolution2D(width, width, 3, pad=1)
            self.bn2 = L.BatchNormalization(width)
            self.conv2 = L.Convolution2D(width, width, 3, pad=1)

    def forward(self, x):
        h = self.conv1(F.relu(self.bn1(x)))
        return self.conv2(F.relu(self.bn2(h))) + x


class Stage(chainer.ChainList):
    """Blocks one after the other. A Sequential would number them 0, n - 1, ..., 1."""

    def __init__(self, n, width):
        super().__init__(*[Residual(width) for _ in range(n)])

    def forward(self, x):
        for block in self:
            x = block(x)
        return x


class ResNet(chainer.Chain):
    def __init__(self, n, softmax=False):
        super().__init__()
        self.softmax = softmax
        with self.init_scope():
            self.conv1 = L.Convolution2D(3, 16, 3, pad=1)
            self.rbs1 = Stage(n, 16)
            self.conv2 = L.Convolution2D(16, 32, 1, stride=2)
            self.rbs2 = Stage(n, 32)
            self.conv3 = L.Convolution2D(32, 64, 1, stride=2)
            self.rbs3 = Stage(n, 64)
            self.fc = L.Linear(64, 10)

    def forward(self, x):
        h = self.rbs1(self.conv1(x))
        h = self.rbs2(self.conv2(h))
        h = self.rbs3(self.conv3(h))
        y = self.fc(F.average_pooling_2d(h, 8))
        return F.softmax(y) if self.softmax else y
