# input x:float32[3,4]
# input y:float32[4]
import chainer
import chainer.functions as F
import numpy as np


class Net(chainer.Chain):
    def forward(self, x, y):
        x = chainer.as_variable(x)
        y = chainer.as_variable(y)
        c = np.array([[1.5], [-2.0], [0.25]], dtype=np.float64)
        positive = abs(y) + 0.5
        return {
            "add": x + y,
            "add_number": x + 0.1,
            "number_add": 3 + x,
            "add_array": x + c,
            "array_add": c + x,
            "add_many": F.add(x, y, x, y),
            "sum_of_list": sum([x, x, y]),
            "sub": x - y,
            "sub_number": x - 0.3,
            "number_sub": 1 - x,
            "array_sub": c - x,
            "mul": x * y,
            "mul_number": x * 3,
            "number_mul": 0.7 * x,
            "array_mul": c * x,
            "div": x / positive,
            "div_number": x / 3,
            "number_div": 2 / positive,
            "array_div": c / positive,
            "floordiv": x // positive,
            "floordiv_number": (x * 256) // 3,
            "number_floordiv": 5 // positive,
            "pow": positive ** x,
            "pow_number": x ** 3,
            "root": positive ** 0.5,
            "number_pow": 2 ** x,
            "neg": -x,
            "abs": abs(x),
            "fmod": F.fmod(x, positive),
            "linear_interpolate": F.linear_interpolate(F.sigmoid(x), x, x * x),
            "maximum": F.maximum(x, y),
            "minimum": F.minimum(x, y),
        }
