# input x:float32[N=2,5]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Highway(5, activate=F.tanh)

    def forward(self, x):
        return self.layer(x)
