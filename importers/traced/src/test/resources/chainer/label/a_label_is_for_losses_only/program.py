# input x:float32[N=2,6]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def __call__(self, x, t):
        y = F.relu(x)
        return F.mean_squared_error(y, y * t)
