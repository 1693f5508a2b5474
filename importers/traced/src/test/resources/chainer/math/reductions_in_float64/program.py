# input x:float64[N=2,3,4]
import chainer
import chainer.functions as F
import numpy as np


class Net(chainer.Chain):
    def forward(self, x):
        weights = np.array([0.5, 1.5, 2.0], dtype=x.dtype)
        return {
            "argmax": F.argmax(x),
            "argmax_of_axis": F.argmax(x, axis=1),
            "argmin_of_axis": F.argmin(x, axis=-1),
            "average": F.average(x),
            "average_of_axes": F.average(x, axis=(0, 2), keepdims=True),
            "average_of_weights": F.average(x, axis=1, weights=weights),
            "average_of_weights_kept": F.average(x, axis=-2, weights=weights, keepdims=True),
            "average_of_all_weights": F.average(x, weights=F.sigmoid(x)),
            "batch_l2_norm_squared": F.batch_l2_norm_squared(x),
            "cumprod": F.cumprod(x),
            "cumprod_of_axis": F.cumprod(x, axis=1),
            "cumsum": F.cumsum(x),
            "cumsum_of_axis": F.cumsum(x, axis=-1),
            "logsumexp": F.logsumexp(x),
            "logsumexp_of_axes": F.logsumexp(x, axis=(1, 2)),
            "max": F.max(x, axis=(0, -1)),
            "max_of_all": F.max(x),
            "mean": F.mean(x, axis=1),
            "min": F.min(x, axis=2, keepdims=True),
            "prod": F.prod(x, axis=1),
            "prod_of_all": F.prod(x),
            "sum": F.sum(x),
            "sum_of_axis": F.sum(x, axis=-1, keepdims=True),
            "sum_of_no_axes": F.sum(x, axis=()),
            "sum_to": F.sum_to(x, (3, 1)),
        }
