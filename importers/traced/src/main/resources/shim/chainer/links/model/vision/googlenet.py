"""GoogLeNet with the constants of Caffe's: x [N, 3, 224, 224], BGR less its mean. Source: chainer/links/model/vision/googlenet.py."""
from chainer import functions as F
from chainer.links.connection import Convolution2D, Inception, Linear
from chainer.links.model.vision.layers import Layers

_INCEPTIONS = {
    "3a": (192, 64, 96, 128, 16, 32, 32), "3b": (256, 128, 128, 192, 32, 96, 64), "4a": (480, 192, 96, 208, 16, 48, 64),
    "4b": (512, 160, 112, 224, 24, 64, 64), "4c": (512, 128, 128, 256, 24, 64, 64), "4d": (512, 112, 144, 288, 32, 64, 64),
    "4e": (528, 256, 160, 320, 32, 128, 128), "5a": (832, 256, 160, 320, 32, 128, 128), "5b": (832, 384, 192, 384, 48, 128, 128),
}


def _pool(h):
    return F.max_pooling_2d(h, 3, stride=2)


def _normalize(h):
    return F.local_response_normalization(h, n=5, k=1, alpha=1e-4 / 5)


class GoogLeNet(Layers):
    def __init__(self, pretrained_model="auto"):
        super().__init__()
        with self.init_scope():
            self.conv1 = Convolution2D(3, 64, 7, stride=2, pad=3)
            self.conv2_reduce = Convolution2D(64, 64, 1)
            self.conv2 = Convolution2D(64, 192, 3, pad=1)
            for name, sizes in _INCEPTIONS.items():
                setattr(self, "inc" + name, Inception(*sizes))
            self.loss3_fc = Linear(1024, 1000)
            for head, channels in ((1, 512), (2, 528)):
                setattr(self, "loss%d_conv" % head, Convolution2D(channels, 128, 1))
                setattr(self, "loss%d_fc1" % head, Linear(2048, 1024))
                setattr(self, "loss%d_fc2" % head, Linear(1024, 1000))

    def steps(self):
        yield "conv1", [self.conv1, F.relu]
        yield "pool1", [_pool, _normalize]
        yield "conv2_reduce", [self.conv2_reduce, F.relu]
        yield "conv2", [self.conv2, F.relu, _normalize]
        yield "pool2", [_pool]
        for name in _INCEPTIONS:
            yield "inception_" + name, [self["inc" + name]]
            if name in ("3b", "4e"):
                yield "pool" + name[0], [_pool]
        yield "pool5", [lambda h: F.average_pooling_2d(h, 7, stride=1)]
        yield "loss3_fc", [lambda h: F.dropout(h, ratio=0.4), self.loss3_fc]
        yield "prob", [F.softmax]
        for head in (1, 2):
            name = "loss%d_" % head
            yield name + "fc2", [
                lambda h: F.average_pooling_2d(h, 5, stride=3), self[name + "conv"], F.relu, self[name + "fc1"], F.relu, self[name + "fc2"]]

    def start(self, name, h, found):
        heads = {"loss1_fc2": "inception_4a", "loss2_fc2": "inception_4d"}
        return found[heads[name]] if name in heads else h
