# input x:float32[N=2,4,7,8]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Bias(2, (7,))

    def forward(self, x):
        return self.layer(x)
