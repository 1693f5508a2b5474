# input x:float32[N=2,4,7,8]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.InceptionBN(4, 0, 3, 4, 2, 3, 'max', stride=2)

    def forward(self, x):
        return self.layer(x)
