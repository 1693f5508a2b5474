# input x:float32[N=2,6]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__(encode=L.Linear(6, 3), decode=L.Linear(3, 6))

    def __call__(self, x):
        flat = F.reshape(x, (x.shape[0], -1))
        return F.mean_squared_error(flat, self.decode(F.relu(self.encode(flat))))
