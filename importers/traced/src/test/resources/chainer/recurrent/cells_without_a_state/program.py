# input x:float32[N=2,3]
# input h:float32[N=2,4]
# input c:float32[N=2,4]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.lstm = L.StatelessLSTM(3, 4)
            self.lazy = L.StatelessLSTM(4)
            self.gru = L.StatelessGRU(3, 4)
            self.mgu = L.StatelessMGU(3, 4)

    def forward(self, x, h, c):
        first = self.lazy(None, None, x)
        return self.lstm(c, h, x) + first + (self.gru(h, x), self.mgu(h, x))
