# Every form of an index: numbers, slices, None, Ellipsis, lists, arrays side by side and apart, masks.
# input x:float32[N=2,4,5,6]
# input t:int32[3] 0..3
import chainer
import chainer.functions as F
import numpy as np


class Net(chainer.Chain):
    def forward(self, x, t):
        x = chainer.as_variable(x)
        t = chainer.as_variable(t)
        i = np.array([0, 3, 1])
        mask = np.array([True, False, True, True])
        return {
            "number": x[:, 1], "last": x[..., -1], "backwards": x[:, ::-1, 1:, ::2], "fresh": x[:, None, 2:4, ..., None],
            "list": x[:, [2, 0]], "apart": x[:, i, :, i], "together": x[:, i, i], "with_number": x[:, 1, :, i], "mask": x[:, mask],
            "computed": x[:, t.data], "pair": F.get_item(x, (slice(None), slice(1, -1), 0)), "first": F.get_item(x, [0, 1]),
            "part": x[:, :x.shape[1] // 2],
        }
