# input x:float32[N=2,6]
import chainer


class Net(chainer.Chain):
    def forward(self, x):
        __import__('socket').socket()
        return x
