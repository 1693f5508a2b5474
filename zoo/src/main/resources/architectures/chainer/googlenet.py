"""GoogLeNet with Chainer's own response normalization: its ImageNet example, ChainerMN's, and the benchmarks'.

x [N, 3, 224, 224] -> logits of 1000 classes, and those of the two heads that help training. Weights that were converted from Caffe's need Caffe's normalization, as GoogLeNetCaffe has it.
"""
import chainer
import chainer.functions as F
import chainer.links as L

INCEPTIONS = (
    ("inc3a", (192, 64, 96, 128, 16, 32, 32)), ("inc3b", (256, 128, 128, 192, 32, 96, 64)), ("inc4a", (480, 192, 96, 208, 16, 48, 64)),
    ("inc4b", (512, 160, 112, 224, 24, 64, 64)), ("inc4c", (512, 128, 128, 256, 24, 64, 64)), ("inc4d", (512, 112, 144, 288, 32, 64, 64)),
    ("inc4e", (528, 256, 160, 320, 32, 128, 128)), ("inc5a", (832, 256, 160, 320, 32, 128, 128)), ("inc5b", (832, 384, 192, 384, 48, 128, 128)),
)


class GoogLeNet(chainer.Chain):
    insize = 224
    normalization = 2, 1e-4

    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.conv1 = L.Convolution2D(3, 64, 7, stride=2, pad=3)
            self.conv2_reduce = L.Convolution2D(64, 64, 1)
            self.conv2 = L.Convolution2D(64, 192, 3, pad=1)
            for name, sizes in INCEPTIONS:
                setattr(self, name, L.Inception(*sizes))
            self.loss3_fc = L.Linear(1024, 1000)
            for head, channels in ((1, 512), (2, 528)):
                setattr(self, "loss%d_conv" % head, L.Convolution2D(channels, 128, 1))
                setattr(self, "loss%d_fc1" % head, L.Linear(2048, 1024))
                setattr(self, "loss%d_fc2" % head, L.Linear(1024, 1000))

    def normalized(self, h):
        k, alpha = self.normalization
        return F.local_response_normalization(h, n=5, k=k, alpha=alpha)

    def head(self, number, h):
        h = F.relu(self["loss%d_conv" % number](F.average_pooling_2d(h, 5, stride=3)))
        return self["loss%d_fc2" % number](F.relu(self["loss%d_fc1" % number](h)))

    def forward(self, x):
        h = self.normalized(F.max_pooling_2d(F.relu(self.conv1(x)), 3, stride=2))
        h = self.normalized(F.relu(self.conv2(F.relu(self.conv2_reduce(h)))))
        h = F.max_pooling_2d(h, 3, stride=2)
        heads = []
        for name, _ in INCEPTIONS:
            h = self[name](h)
            if name in ("inc3b", "inc4e"):
                h = F.max_pooling_2d(h, 3, stride=2)
            if name in ("inc4a", "inc4d"):
                heads.append(self.head(len(heads) + 1, h))
        h = F.average_pooling_2d(h, 7, stride=1)
        return (self.loss3_fc(F.dropout(h, 0.4)), *heads)


class GoogLeNetCaffe(GoogLeNet):
    normalization = 1, 1e-4 / 5
