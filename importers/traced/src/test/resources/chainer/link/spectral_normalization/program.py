# input x:float32[N=2,4,7,8]
import chainer
from chainer.link_hooks import SpectralNormalization
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.layer = L.Convolution2D(4, 3, 3).add_hook(SpectralNormalization(n_power_iteration=2))

    def forward(self, x):
        return self.layer(x)
