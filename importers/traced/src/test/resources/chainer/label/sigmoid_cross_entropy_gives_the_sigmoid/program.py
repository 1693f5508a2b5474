# input x:float32[N=2,6]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.fc1 = L.Linear(6, 4)

    def __call__(self, x, t):
        y = self.fc1(x)
        self.loss = F.sigmoid_cross_entropy(y, t)
        self.accuracy = F.binary_accuracy(y, t)
        return self.loss, self.accuracy
