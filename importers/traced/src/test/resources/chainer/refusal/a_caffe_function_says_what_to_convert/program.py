# input x:float32[N=2,6]
import chainer
from chainer.links.caffe import CaffeFunction


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        self.func = CaffeFunction('bvlc_alexnet.caffemodel')

    def forward(self, x):
        return self.func(inputs={'data': x}, outputs=['fc7'])[0]
