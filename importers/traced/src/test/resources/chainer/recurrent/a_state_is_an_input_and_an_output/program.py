# input x:float32[N=2,3]
# input l1/c:float32[N=2,4]
# input l1/h:float32[N=2,4]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.l1 = L.LSTM(3, 4)
            self.l2 = L.Linear(4, 2)

    def reset_state(self):
        self.l1.reset_state()

    def forward(self, x):
        return self.l2(self.l1(x))
