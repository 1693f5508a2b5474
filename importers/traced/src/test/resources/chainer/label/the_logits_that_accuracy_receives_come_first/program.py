# input x:float32[N=2,6]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    """Two auxiliary classifiers, as GoogLeNet has them."""

    def __init__(self):
        super(Net, self).__init__(
            fc1=L.Linear(6, 5), loss1_fc=L.Linear(5, 3), fc2=L.Linear(5, 4), loss2_fc=L.Linear(4, 3), loss3_fc=L.Linear(4, 3))

    def __call__(self, x, t):
        h = F.relu(self.fc1(x))
        loss1 = F.softmax_cross_entropy(self.loss1_fc(h), t)
        h = F.relu(self.fc2(h))
        loss2 = F.softmax_cross_entropy(self.loss2_fc(h), t)
        y = self.loss3_fc(h)
        loss3 = F.softmax_cross_entropy(y, t)

        loss = 0.3 * (loss1 + loss2) + loss3
        accuracy = F.accuracy(y, t)
        chainer.report({
            'loss': loss,
            'loss1': loss1,
            'loss2': loss2,
            'loss3': loss3,
            'accuracy': accuracy
        }, self)
        return loss
