# input x:float32[N=2,3,6]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__(fc1=L.Linear(6, 3))

    def __call__(self, x, t):
        loss = 0
        t = chainer.Variable(t.astype('i'))
        for i in range(3):
            y = self.fc1(x[:, i])
            loss += F.softmax_cross_entropy(y, t[:, i], ignore_label=-1)
        return loss / 3
