"""VGG of 16 and 19 layers: x [N, 3, 224, 224], BGR less its mean. Source: chainer/links/model/vision/vgg.py."""
from chainer import functions as F
from chainer.links.connection import Convolution2D, Linear
from chainer.links.model.vision.layers import Layers

_BLOCKS = {16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}


class VGGLayers(Layers):
    def __init__(self, pretrained_model="auto", n_layers=16):
        super().__init__()
        self.blocks = _BLOCKS[n_layers]
        channels = 3
        with self.init_scope():
            for block, count in enumerate(self.blocks, 1):
                width = min(64 << block - 1, 512)
                for i in range(1, count + 1):
                    setattr(self, "conv%d_%d" % (block, i), Convolution2D(channels, width, 3, 1, 1))
                    channels = width
            self.fc6 = Linear(512 * 7 * 7, 4096)
            self.fc7 = Linear(4096, 4096)
            self.fc8 = Linear(4096, 1000)

    def steps(self):
        for block, count in enumerate(self.blocks, 1):
            for i in range(1, count + 1):
                name = "conv%d_%d" % (block, i)
                yield name, [self[name], F.relu]
            yield "pool%d" % block, [lambda h: F.max_pooling_2d(h, 2)]
        yield "fc6", [self.fc6, F.relu, F.dropout]
        yield "fc7", [self.fc7, F.relu, F.dropout]
        yield "fc8", [self.fc8]
        yield "prob", [F.softmax]


class VGG16Layers(VGGLayers):
    def __init__(self, pretrained_model="auto"):
        super().__init__(pretrained_model, 16)


class VGG19Layers(VGGLayers):
    def __init__(self, pretrained_model="auto"):
        super().__init__(pretrained_model, 19)
