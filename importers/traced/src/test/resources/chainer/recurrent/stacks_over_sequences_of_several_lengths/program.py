# input x:float32[2,3]
# input y:float32[4,3]
# input z:float32[3,3]
# input h:float32[2,3,4]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.lstm = L.NStepLSTM(2, 3, 4, 0.5)
            self.bigru = L.NStepBiGRU(1, 3, 4, 0)
            self.relu = L.NStepRNNReLU(1, 3, 4, 0)
            self.bitanh = L.NStepBiRNNTanh(1, 3, 4, 0)

    def forward(self, x, y, z, h):
        xs = [x, y, z]
        hy, cy, ys = self.lstm(h, None, xs)
        results = [hy, cy] + list(ys)
        hy, ys = self.bigru(h, xs)
        results += [hy] + list(ys)
        for stack in (self.relu, self.bitanh):
            hy, ys = stack(None, xs)
            results += [hy, ys[0]]
        return results
