"""Inception v3 of torchvision in Chainer, without its classifier: x [N, 3, 299, 299] -> features [N, 2048, 1, 1].

Names are torchvision's, slashes for dots, so that its checkpoints fit. torchvision's transform_input is not part of it.
"""
import chainer
import chainer.functions as F
import chainer.links as L


class BasicConv(chainer.Chain):
    def __init__(self, before, after, ksize, stride=1, pad=0):
        super().__init__()
        with self.init_scope():
            self.conv = L.Convolution2D(before, after, ksize, stride, pad, nobias=True)
            self.bn = L.BatchNormalization(after, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Mixed(chainer.Chain):
    """Branches side by side: each a name with its convolutions, (out, ksize, stride, pad) one after the other."""

    def __init__(self, channels, branches, pool):
        super().__init__()
        self.paths, self.pool = [], pool
        with self.init_scope():
            for name, steps in branches:
                path, before = [], channels
                for i, (after, *shape) in enumerate(steps, 1):
                    own = name if len(steps) == 1 else "%s_%d" % (name, i)
                    setattr(self, own, BasicConv(before, after, *shape))
                    path.append(own)
                    before = after
                self.paths.append(path)

    def along(self, path, h):
        for name in path:
            h = self[name](h)
        return h

    def forward(self, x):
        pooled = F.average_pooling_2d(x, 3, 1, 1) if self.pool == "avg" else F.max_pooling_2d(x, 3, 2)
        return F.concat([self.along(path, pooled if path == ["branch_pool"] else x) for path in self.paths]
                        + ([pooled] if self.pool == "max" else []))


class Fanned(Mixed):
    """Mixed_7b and 7c: two branches end in a fork of 1x3 and 3x1."""

    def __init__(self, channels):
        super().__init__(channels, [
            ("branch1x1", [(320, 1)]), ("branch3x3_1", [(384, 1)]), ("branch3x3dbl", [(448, 1), (384, 3, 1, 1)]),
            ("branch_pool", [(192, 1)])], "avg")
        with self.init_scope():
            for name in ("branch3x3_2", "branch3x3dbl_3"):
                setattr(self, name + "a", BasicConv(384, 384, (1, 3), pad=(0, 1)))
                setattr(self, name + "b", BasicConv(384, 384, (3, 1), pad=(1, 0)))

    def forward(self, x):
        single, double = self.branch3x3_1(x), self.along(self.paths[2], x)
        return F.concat([
            self.branch1x1(x), self.branch3x3_2a(single), self.branch3x3_2b(single), self.branch3x3dbl_3a(double),
            self.branch3x3dbl_3b(double), self.branch_pool(F.average_pooling_2d(x, 3, 1, 1))])


def mixed_5(channels, pooled):
    return Mixed(channels, [
        ("branch1x1", [(64, 1)]), ("branch5x5", [(48, 1), (64, 5, 1, 2)]),
        ("branch3x3dbl", [(64, 1), (96, 3, 1, 1), (96, 3, 1, 1)]), ("branch_pool", [(pooled, 1)])], "avg")


def mixed_6(width):
    across, down = (1, 7), (7, 1)
    return Mixed(768, [
        ("branch1x1", [(192, 1)]), ("branch7x7", [(width, 1), (width, across, 1, (0, 3)), (192, down, 1, (3, 0))]),
        ("branch7x7dbl", [(width, 1), (width, down, 1, (3, 0)), (width, across, 1, (0, 3)), (width, down, 1, (3, 0)),
                          (192, across, 1, (0, 3))]),
        ("branch_pool", [(192, 1)])], "avg")


class InceptionV3(chainer.Chain):
    insize = 299

    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.Conv2d_1a_3x3 = BasicConv(3, 32, 3, 2)
            self.Conv2d_2a_3x3 = BasicConv(32, 32, 3)
            self.Conv2d_2b_3x3 = BasicConv(32, 64, 3, pad=1)
            self.Conv2d_3b_1x1 = BasicConv(64, 80, 1)
            self.Conv2d_4a_3x3 = BasicConv(80, 192, 3)
            self.Mixed_5b = mixed_5(192, 32)
            self.Mixed_5c = mixed_5(256, 64)
            self.Mixed_5d = mixed_5(288, 64)
            self.Mixed_6a = Mixed(288, [("branch3x3", [(384, 3, 2)]), ("branch3x3dbl", [(64, 1), (96, 3, 1, 1), (96, 3, 2)])], "max")
            self.Mixed_6b = mixed_6(128)
            self.Mixed_6c = mixed_6(160)
            self.Mixed_6d = mixed_6(160)
            self.Mixed_6e = mixed_6(192)
            self.Mixed_7a = Mixed(768, [
                ("branch3x3", [(192, 1), (320, 3, 2)]),
                ("branch7x7x3", [(192, 1), (192, (1, 7), 1, (0, 3)), (192, (7, 1), 1, (3, 0)), (192, 3, 2)])], "max")
            self.Mixed_7b = Fanned(1280)
            self.Mixed_7c = Fanned(2048)

    def forward(self, x):
        h = self.Conv2d_2b_3x3(self.Conv2d_2a_3x3(self.Conv2d_1a_3x3(x)))
        h = F.max_pooling_2d(h, 3, 2)
        h = self.Conv2d_4a_3x3(self.Conv2d_3b_1x1(h))
        h = F.max_pooling_2d(h, 3, 2)
        for name in ("5b", "5c", "5d", "6a", "6b", "6c", "6d", "6e", "7a", "7b", "7c"):
            h = self["Mixed_" + name](h)
        return F.dropout(F.average_pooling_2d(h, 8))
