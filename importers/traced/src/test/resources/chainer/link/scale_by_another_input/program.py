# input x:float32[N=2,4,7,8]
# input y:float32[4]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Scale(1, bias_term=True, bias_shape=(4,))

    def forward(self, x, y):
        return self.layer(x, y)
