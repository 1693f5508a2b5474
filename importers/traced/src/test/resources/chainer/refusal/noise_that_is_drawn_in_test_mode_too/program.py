# input x:float32[2,6]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def forward(self, x):
        return F.gumbel_softmax(x) + F.gaussian(x, x)
