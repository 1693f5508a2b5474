# input x:float32[N=1,2,3,4,3]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Deconvolution3D(2, 3, 3, stride=2, pad=1, outsize=(5, 7, 5))

    def forward(self, x):
        return self.layer(x)
