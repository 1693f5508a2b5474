# input x:float32[N=2,4,7,8]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Deconvolution2D(4, 3, 4, stride=2, pad=1, outsize=(15, 16))

    def forward(self, x):
        return self.layer(x)
