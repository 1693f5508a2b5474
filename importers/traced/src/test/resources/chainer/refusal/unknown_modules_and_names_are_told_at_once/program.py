# input x:float32[N=2,6]
import chainer
from chainer.functions.activation import imagined
from chainercv.links import Conv2DBNActiv
import numpy as np
try:
    import cupy_gone
except ImportError:
    cupy_gone = None


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.conv = Conv2DBNActiv(3, 4, 3)

    def forward(self, x):
        return imagined.imagined(self.conv(x)) + np.imagined(1) + chainer.imagined(x)
