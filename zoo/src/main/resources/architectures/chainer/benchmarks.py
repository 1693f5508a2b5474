"""The two nets that only the benchmarks have: OverFeat, x [N, 3, 231, 231], and VGG-A, x [N, 3, 224, 224] -> logits of 1000 classes."""
import chainer
import chainer.functions as F
import chainer.links as L


class OverFeat(chainer.Chain):
    """The last pooling, 12 to 6, needs cover_all."""

    insize = 231

    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.conv1 = L.Convolution2D(3, 96, 11, stride=4)
            self.conv2 = L.Convolution2D(96, 256, 5)
            self.conv3 = L.Convolution2D(256, 512, 3, pad=1)
            self.conv4 = L.Convolution2D(512, 1024, 3, pad=1)
            self.conv5 = L.Convolution2D(1024, 1024, 3, pad=1)
            self.fc6 = L.Linear(1024 * 6 * 6, 3072)
            self.fc7 = L.Linear(3072, 4096)
            self.fc8 = L.Linear(4096, 1000)

    def forward(self, x):
        h = F.max_pooling_2d(F.relu(self.conv1(x)), 2, stride=2)
        h = F.max_pooling_2d(F.relu(self.conv2(h)), 2, stride=2)
        h = F.relu(self.conv4(F.relu(self.conv3(h))))
        h = F.max_pooling_2d(F.relu(self.conv5(h)), 3, stride=2)
        return self.fc8(F.relu(self.fc7(F.relu(self.fc6(h)))))


class VGGA(chainer.Chain):
    insize = 224
    widths = 64, 128, 256, 256, 512, 512, 512, 512
    pooled = 1, 2, 4, 6, 8

    def __init__(self):
        super().__init__()
        with self.init_scope():
            for i, (before, after) in enumerate(zip((3,) + self.widths, self.widths), 1):
                setattr(self, "conv%d" % i, L.Convolution2D(before, after, 3, pad=1))
            self.fc6 = L.Linear(512 * 7 * 7, 4096)
            self.fc7 = L.Linear(4096, 4096)
            self.fc8 = L.Linear(4096, 1000)

    def forward(self, x):
        h = x
        for i in range(1, 9):
            h = F.relu(self["conv%d" % i](h))
            if i in self.pooled:
                h = F.max_pooling_2d(h, 2, stride=2)
        return self.fc8(F.relu(self.fc7(F.relu(self.fc6(h)))))
