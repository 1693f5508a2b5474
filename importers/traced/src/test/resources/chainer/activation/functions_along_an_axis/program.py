# input x:float32[N=2,6,4]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def forward(self, x):
        return {
            "crelu": F.crelu(x),
            "crelu_of_the_last_axis": F.crelu(x, axis=-1),
            "log_softmax": F.log_softmax(x),
            "log_softmax_of_the_last_axis": F.log_softmax(x, axis=-1),
            "maxout": F.maxout(x, 3),
            "maxout_of_axis_2": F.maxout(x, 2, axis=2),
            "maxout_of_a_negative_axis": F.maxout(x, 2, axis=-2),
            "softmax": F.softmax(x),
            "softmax_of_axis_0": F.softmax(x, axis=0),
        }
