# input x:float32[N=2,3,4]
import chainer
import chainer.functions as F
import numpy as np


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.one = chainer.Parameter(0.25, ())
            self.each = chainer.Parameter(0.25, (3,))
            self.all = chainer.Parameter(0.25, (3, 4))

    def forward(self, x):
        return {
            "prelu_of_one": F.prelu(x, self.one),
            "prelu_of_each": F.prelu(x, self.each),
            "prelu_of_all": F.prelu(x, self.all),
            "swish_of_one": F.swish(x, self.one),
            "swish_of_each": F.swish(x, self.each),
            "swish_of_a_constant": F.swish(x, np.ones((), dtype=np.float32)),
        }
