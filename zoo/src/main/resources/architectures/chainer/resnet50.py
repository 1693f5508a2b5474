"""ResNet-50 and ResNeXt-50 of Chainer's ImageNet example: x [N, 3, 224, 224] -> logits of 1000 classes.

The first convolution of a block strides, as in MSRA's Caffe model. With downsample_fb the second does, and with pads=True the first pooling
pads, as in torchvision: then torchvision's weights give torchvision's numbers.
"""
import chainer
import chainer.functions as F
import chainer.links as L


class Bottleneck(chainer.Chain):
    def __init__(self, in_size, ch, out_size, stride=1, groups=1, downsample_fb=False, first=False):
        super().__init__()
        strides = (1, stride) if downsample_fb else (stride, 1)
        self.first = first
        with self.init_scope():
            self.conv1 = L.Convolution2D(in_size, ch, 1, strides[0], nobias=True)
            self.bn1 = L.BatchNormalization(ch)
            self.conv2 = L.Convolution2D(ch, ch, 3, strides[1], 1, nobias=True, groups=groups)
            self.bn2 = L.BatchNormalization(ch)
            self.conv3 = L.Convolution2D(ch, out_size, 1, nobias=True)
            self.bn3 = L.BatchNormalization(out_size)
            if first:
                self.conv4 = L.Convolution2D(in_size, out_size, 1, stride, nobias=True)
                self.bn4 = L.BatchNormalization(out_size)

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.relu(self.bn2(self.conv2(h)))
        h = self.bn3(self.conv3(h))
        return F.relu(h + (self.bn4(self.conv4(x)) if self.first else x))


class Block(chainer.ChainList):
    def __init__(self, layers, in_size, ch, out_size, stride, groups, downsample_fb):
        super().__init__(Bottleneck(in_size, ch, out_size, stride, groups, downsample_fb, first=True))
        for _ in range(layers - 1):
            self.add_link(Bottleneck(out_size, ch, out_size, groups=groups))

    def forward(self, x):
        for link in self:
            x = link(x)
        return x


class ResNet50(chainer.Chain):
    insize = 224
    width, groups = 64, 1

    def __init__(self, downsample_fb=False, pads=False, nobias=False, eps=2e-5):
        super().__init__()
        self.pads = pads
        with self.init_scope():
            self.conv1 = L.Convolution2D(3, 64, 7, 2, 3, nobias=nobias)
            self.bn1 = L.BatchNormalization(64)
            channels = 64
            for i, layers in enumerate((3, 4, 6, 3)):
                out = 256 << i
                block = Block(layers, channels, self.width << i, out, 2 if i else 1, self.groups, downsample_fb)
                setattr(self, "res%d" % (i + 2), block)
                channels = out
            self.fc = L.Linear(2048, 1000)
        for link in self.links():
            if isinstance(link, L.BatchNormalization):
                link.eps = eps

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.max_pooling_2d(h, 3, stride=2, pad=1, cover_all=False) if self.pads else F.max_pooling_2d(h, 3, stride=2)
        for name in ("res2", "res3", "res4", "res5"):
            h = self[name](h)
        return self.fc(F.average_pooling_2d(h, 7, stride=1))


class ResNeXt50(ResNet50):
    width, groups = 128, 32
