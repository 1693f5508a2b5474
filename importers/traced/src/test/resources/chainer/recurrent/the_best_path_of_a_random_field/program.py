# input x:float32[3,4]
# input y:float32[2,4]
# input z:float32[3,4]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.crf = L.CRF1d(4)

    def forward(self, x, y, z):
        score, path = self.crf.argmax([x, y, z], transpose=True)
        return [score] + list(path)
