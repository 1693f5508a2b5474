# input x:float32[2,3]
import chainer
import chainer.links as L
import numpy


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Parameter(numpy.ones((2, 3), 'f'))

    def forward(self, x):
        return x + self.layer()
