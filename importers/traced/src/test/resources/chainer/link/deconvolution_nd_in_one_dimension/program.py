# input x:float32[N=2,4,9]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Deconvolution1D(4, 3, 4, stride=3, pad=1, nobias=True)

    def forward(self, x):
        return self.layer(x)
