# input x:float32[N=3,6]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Maxout(6, 4, 3)

    def forward(self, x):
        return self.layer(x)
