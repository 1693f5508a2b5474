# Padding of channels as residual networks have it: zeros are made with the sizes of what is there.
# input x:float32[N=2,3,H=4,W=5]
import chainer
import chainer.functions as F
from chainer import cuda


class Net(chainer.Chain):
    def __call__(self, x):
        x = chainer.as_variable(x)
        n, c, h, w = x.data.shape
        xp = cuda.get_array_module(x.data)
        more = chainer.Variable(xp.zeros((n, 2, h, w), dtype=x.dtype))
        ones = self.xp.ones((n, 1, h, w), dtype="f")
        return F.concat((x, more, ones), axis=1), xp.concatenate([x.data, xp.zeros_like(x.data)], axis=1)
