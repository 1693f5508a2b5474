# input x:float32[N=2,3]
# input y:float32[N=2,2,2]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Bilinear(3, 4, 5)

    def forward(self, x, y):
        return self.layer(x, y)
