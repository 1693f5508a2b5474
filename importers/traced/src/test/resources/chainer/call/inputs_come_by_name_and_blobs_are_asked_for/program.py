# input data:float32[N=2,3,11,11]
# input mean:float32[3,11,11]
# value outputs=['prob', 'pool1']
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    """What becomes of a CaffeFunction once its layers are written down."""

    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.conv1 = L.Convolution2D(3, 4, 3, stride=2)
            self.fc2 = L.Linear(64, 5)
        self.forwards = {
            "center": lambda x, mean: x - F.broadcast_to(mean, x.shape),
            "conv1": self.conv1,
            "relu1": F.relu,
            "pool1": lambda x: F.max_pooling_2d(x, 2, stride=1),
            "fc2": self.fc2,
            "prob": F.softmax,
        }
        self.layers = [
            ("center", ["data", "mean"], ["centered"]),
            ("conv1", ["centered"], ["conv1"]),
            ("relu1", ["conv1"], ["conv1"]),
            ("pool1", ["conv1"], ["pool1"]),
            ("fc2", ["pool1"], ["fc2"]),
            ("loss", ["fc2", "label"], ["loss"]),
            ("prob", ["fc2"], ["prob"]),
        ]

    def __call__(self, inputs, outputs, disable=(), train=False):
        variables = dict(inputs)
        for name, bottom, top in self.layers:
            if name in disable or name not in self.forwards or any(blob not in variables for blob in bottom):
                continue
            result = self.forwards[name](*[variables[blob] for blob in bottom])
            for blob, variable in zip(top, result if isinstance(result, tuple) else (result,)):
                variables[blob] = variable
        self.variables = variables
        return tuple(variables[blob] for blob in outputs)
