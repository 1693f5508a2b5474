# input x:float32[N=3,4,5]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.BatchNormalization((4, 5))

    def forward(self, x):
        return self.layer(x)
