# input xs:int32[3,5] 0..6
import chainer
import chainerx
import chainer.functions as F
import chainer.links as L
import numpy


def sequence_embed(embed, xs):
    lengths = [len(x) for x in xs]
    rows = embed(F.concat(xs, axis=0))
    return F.split_axis(rows, numpy.cumsum(lengths[:-1]), 0)


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.embed = L.EmbedID(7, 3)
            self.encoder = L.NStepGRU(1, 3, 4, 0.1)

    def forward(self, xs):
        last, ys = self.encoder(None, sequence_embed(self.embed, xs))
        return last[-1]
