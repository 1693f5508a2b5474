# input x:float32[N=2,6]
import chainer


class Net(chainer.Chain):
    def forward(self, x):
        self.xp.zeros((10, 2**28), 'f')
        return x
