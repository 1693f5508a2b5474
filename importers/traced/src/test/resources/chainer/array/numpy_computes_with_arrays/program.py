# Functions of NumPy and methods of arrays, on what the network computes.
# input x:float32[N=2,3,4]
import chainer
import chainer.functions as F
import numpy


class Net(chainer.Chain):
    def forward(self, x):
        x = chainer.as_variable(x)
        e = numpy.exp(x.data - x.data.max(axis=1, keepdims=True))
        p = e / numpy.broadcast_to(e.sum(axis=1, keepdims=True), e.shape)
        d = x.array.reshape(x.shape[0], -1)
        return {
            "softmax": p, "argmax": x.array.argmax(axis=1), "mean": x.array.mean(axis=(1, 2)), "std": numpy.std(x.data, axis=2),
            "stacked": numpy.stack([d, -d], axis=1), "hstack": numpy.hstack((d, d)), "dot": numpy.dot(d, numpy.ones((12, 2), "f")),
            "clipped": numpy.clip(x.data, -0.5, 0.5), "swapped": x.data.swapaxes(1, 2), "transposed": x.data.transpose(2, 0, 1),
            "roll": numpy.roll(x.data, 1, axis=2), "rest": numpy.sqrt(numpy.abs(x.data)).flatten(), "cast": x.data.astype("i"),
            "pair": numpy.maximum(x.data, x.data[:, ::-1]),
        }
