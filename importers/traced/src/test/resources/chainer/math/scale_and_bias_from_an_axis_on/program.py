# input x:float32[N=2,3,4]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.each = chainer.Parameter(1.0, (3,))
            self.last = chainer.Parameter(1.0, (4,))

    def forward(self, x):
        return {
            "bias": F.bias(x, self.each),
            "bias_of_axis_2": F.bias(x, self.last, axis=2),
            "scale": F.scale(x, self.each),
            "scale_of_axis_2": F.scale(x, self.last, axis=2),
        }
