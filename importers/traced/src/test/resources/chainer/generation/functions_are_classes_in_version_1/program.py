# input x:float32[N=2,3,11,10]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__(conv1=L.Convolution2D(3, 4, 3, 1, 1, 1.4, 0, True), prelu1=F.PReLU((4,)))
        self.pool = F.MaxPooling2D(3, stride=2, cover_all=False)

    def __call__(self, x):
        h = self.pool(self.conv1(x))
        h = F.Concat(axis=1)(F.LeakyReLU(0.1)(h), F.ReLU(use_cudnn=False)(h))
        return F.AveragePooling2D(2, 2)(h)
