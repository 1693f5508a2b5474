# input words:int32[2,5] -1..6
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    """Embeds and encodes sentences, as the text classification example does."""

    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.embed = L.EmbedID(7, 3, ignore_label=-1)
            self.encoder = L.NStepLSTM(1, 3, 4, 0.1)
            self.output = L.Linear(4, 3)

    def forward(self, words):
        exs = [self.embed(x) for x in words]
        last_h, last_c, ys = self.encoder(None, None, exs)
        return self.output(last_h[-1])
