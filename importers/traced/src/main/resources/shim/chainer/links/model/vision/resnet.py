"""ResNet of 50, 101 and 152 layers: x [N, 3, 224, 224], BGR less its mean. Source: chainer/links/model/vision/resnet.py."""
from chainer import functions as F
from chainer.link import Chain
from chainer.links.connection import Convolution2D, Linear
from chainer.links.model.vision.layers import Layers
from chainer.links.normalization import BatchNormalization

_BLOCKS = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}


class Bottleneck(Chain):
    """The first of a block changes the width, on a path of its own too."""

    def __init__(self, in_channels, mid_channels, out_channels, stride=1, downsample_fb=False, first=False):
        super().__init__()
        # In the original the first convolution strides, in Facebook's form the second.
        strides = (1, stride, 1) if downsample_fb else (stride, 1, 1)
        widths = (in_channels, mid_channels, mid_channels, out_channels)
        with self.init_scope():
            for i in range(3):
                size = 3 if i == 1 else 1
                setattr(self, "conv%d" % (i + 1), Convolution2D(widths[i], widths[i + 1], size, strides[i], i % 2, nobias=True))
                setattr(self, "bn%d" % (i + 1), BatchNormalization(widths[i + 1]))
            if first:
                self.conv4 = Convolution2D(in_channels, out_channels, 1, stride, nobias=True)
                self.bn4 = BatchNormalization(out_channels)
        self.first = first

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.relu(self.bn2(self.conv2(h)))
        h = self.bn3(self.conv3(h))
        return F.relu(h + (self.bn4(self.conv4(x)) if self.first else x))


class BuildingBlock(Chain):
    def __init__(self, n_layers, in_channels, mid_channels, out_channels, stride, downsample_fb=False):
        super().__init__()
        self.names = ["a"] + ["b%d" % i for i in range(1, n_layers)]
        with self.init_scope():
            self.a = Bottleneck(in_channels, mid_channels, out_channels, stride, downsample_fb, first=True)
            for name in self.names[1:]:
                setattr(self, name, Bottleneck(out_channels, mid_channels, out_channels))

    def forward(self, x):
        for name in self.names:
            x = self[name](x)
        return x


def _global_average(h):
    n, channels, rows, columns = h.shape
    return F.reshape(F.average_pooling_2d(h, (rows, columns), stride=1), (n, channels))


class ResNetLayers(Layers):
    def __init__(self, pretrained_model, n_layers, downsample_fb=False):
        super().__init__()
        with self.init_scope():
            self.conv1 = Convolution2D(3, 64, 7, 2, 3)
            self.bn1 = BatchNormalization(64)
            channels = 64
            for i, count in enumerate(_BLOCKS[n_layers]):
                mid = 64 << i
                setattr(self, "res%d" % (i + 2), BuildingBlock(count, channels, mid, 4 * mid, 2 if i else 1, downsample_fb))
                channels = 4 * mid
            self.fc6 = Linear(2048, 1000)

    def steps(self):
        yield "conv1", [self.conv1, self.bn1, F.relu]
        yield "pool1", [lambda h: F.max_pooling_2d(h, 3, stride=2)]
        for name in ("res2", "res3", "res4", "res5"):
            yield name, [self[name]]
        yield "pool5", [_global_average]
        yield "fc6", [self.fc6]
        yield "prob", [F.softmax]


class ResNet50Layers(ResNetLayers):
    def __init__(self, pretrained_model="auto", downsample_fb=False):
        super().__init__(pretrained_model, 50, downsample_fb)


class ResNet101Layers(ResNetLayers):
    def __init__(self, pretrained_model="auto", downsample_fb=False):
        super().__init__(pretrained_model, 101, downsample_fb)


class ResNet152Layers(ResNetLayers):
    def __init__(self, pretrained_model="auto", downsample_fb=False):
        super().__init__(pretrained_model, 152, downsample_fb)
