# input x:int32[N=3,5] -1..6
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.EmbedID(7, 4, ignore_label=-1)

    def forward(self, x):
        return self.layer(x)
