# input x:float32[N=2,6]
import chainer


class Net(chainer.Chain):
    def forward(self, x):
        __import__('subprocess').run(['ls'])
        return x
