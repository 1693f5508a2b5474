# input x:float32[N=1,2,5,6,7]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Convolution3D(2, 3, (3, 2, 3), pad=(1, 0, 1), nobias=True)

    def forward(self, x):
        return self.layer(x)
