# input x:float32[N=2,2,5,6]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.LocalConvolution2D(None, 3, ksize=3)

    def forward(self, x):
        return self.layer(x)
