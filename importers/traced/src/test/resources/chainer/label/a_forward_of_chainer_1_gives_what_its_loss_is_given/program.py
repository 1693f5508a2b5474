# input x_data:float32[N=2,6]
# net Model()
import chainer
import chainer.functions as F
import chainer.links as L


class Model(object):
    """A plain object that holds its chain, as the first examples do."""

    def __init__(self):
        self.model = chainer.Chain(l1=L.Linear(6, 5), l2=L.Linear(5, 3))

    def forward(self, x_data, y_data, train=True):
        x = chainer.Variable(x_data, volatile=not train)
        t = chainer.Variable(y_data, volatile=not train)
        h = F.dropout(F.relu(self.model.l1(x)), train=train)
        y = self.model.l2(h)
        return F.softmax_cross_entropy(y, t), F.accuracy(y, t)
