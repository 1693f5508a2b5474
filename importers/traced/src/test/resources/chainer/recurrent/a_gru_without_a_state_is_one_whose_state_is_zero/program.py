# input x:float32[N=2,3]
# input gru/h:float32[N=2,4] 0..0
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.gru = L.GRU(3, 4)

    def forward(self, x):
        return self.gru(x)
