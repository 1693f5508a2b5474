"""Network in Network of Chainer's ImageNet example: x [N, 3, 227, 227] -> logits of 1000 classes."""
import chainer
import chainer.functions as F
import chainer.links as L


class NIN(chainer.Chain):
    insize = 227

    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.mlpconv1 = L.MLPConvolution2D(3, (96, 96, 96), 11, stride=4)
            self.mlpconv2 = L.MLPConvolution2D(96, (256, 256, 256), 5, pad=2)
            self.mlpconv3 = L.MLPConvolution2D(256, (384, 384, 384), 3, pad=1)
            self.mlpconv4 = L.MLPConvolution2D(384, (1024, 1024, 1000), 3, pad=1)

    def forward(self, x):
        h = F.max_pooling_2d(F.relu(self.mlpconv1(x)), 3, stride=2)
        h = F.max_pooling_2d(F.relu(self.mlpconv2(h)), 3, stride=2)
        h = F.max_pooling_2d(F.relu(self.mlpconv3(h)), 3, stride=2)
        h = self.mlpconv4(F.dropout(h))
        return F.reshape(F.average_pooling_2d(h, 6), (x.shape[0], 1000))
