# input x:float32[N=2,3,8,8]
# value layers=['res2', 'head']
# value pooling='average'
# value steps=2
# value scale=0.5
# value mask=None
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.conv = L.Convolution2D(3, 3, 3, pad=1)
            self.head = L.Linear(3 * 4 * 4, 4)

    def forward(self, x, layers, pooling="max", steps=1, scale=1.0, mask=1):
        found = {}
        for step in range(steps):
            x = x + scale * F.tanh(self.conv(x))
            found["res%d" % (step + 1)] = x
        if mask is not None:
            x = x * mask
        x = getattr(F, pooling + "_pooling_2d")(x, 2)
        found["head"] = self.head(x)
        return {name: found[name] for name in layers}
