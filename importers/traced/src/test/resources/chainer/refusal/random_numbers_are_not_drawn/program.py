# input x:float32[N=2,6]
import chainer


class Net(chainer.Chain):
    def forward(self, x):
        x = x + self.xp.random.normal(0, 1, (2, 6))
        return x
