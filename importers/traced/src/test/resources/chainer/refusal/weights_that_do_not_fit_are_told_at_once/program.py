# input x:float32[N=2,6]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__(fc=L.Linear(6, 4), bn=L.BatchNormalization(4), out=L.Linear(None, 3))

    def forward(self, x):
        return self.out(self.bn(self.fc(x)))
