# input x:float32[N=2,4,11]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Convolution1D(4, 6, 3, stride=2, pad=1, dilate=2, groups=2)

    def forward(self, x):
        return self.layer(x)
