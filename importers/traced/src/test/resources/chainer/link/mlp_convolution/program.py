# input x:float32[N=2,4,7,8]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.MLPConvolution2D(4, (5, 6, 3), 3, pad=1, activation=F.sigmoid)

    def forward(self, x):
        return self.layer(x)
