# input x:float32[N=2,6]
# input h:float32[N=2,6]
# input eps:float32[N=2,6]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.W = chainer.Parameter(1.0, (4, 6))
            self.b = chainer.Parameter(1.0, (4,))

    def forward(self, x, h, eps):
        dropped, mask = F.dropout(x, 0.3, return_mask=True)
        assert mask is None
        return {
            "dropout": F.dropout(x * 2, ratio=0.9),
            "dropout_with_mask": dropped + 1,
            "gaussian": F.gaussian(x, h, eps=eps),
            "rrelu": F.rrelu(x, return_r=True)[1],
            "simplified_dropconnect": F.simplified_dropconnect(x, self.W, self.b, train=chainer.config.train),
            "zoneout": F.zoneout(h, x + 2),
        }
