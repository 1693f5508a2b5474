# input x:int32[N=2,5] -9..9
# input u:uint8[N=2,5] 0..255
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def forward(self, x, u):
        x = chainer.as_variable(x)
        u = chainer.as_variable(u)
        return {
            "add": x + 2.7,
            "sub": x - 3,
            "number_sub": 10 - x,
            "mul": x * 2.5,
            "div": x / 2,
            "floordiv": x // 2,
            "neg": -x,
            "sum": x + x,
            "wraps_around": u + 100,
        }
