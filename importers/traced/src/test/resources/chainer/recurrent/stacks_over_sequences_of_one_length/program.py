# input x:float32[T=4,3]
# input y:float32[T=4,3]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.lstm = L.NStepLSTM(2, 3, 4, 0.5)
            self.bilstm = L.NStepBiLSTM(1, 3, 4, 0)
            self.gru = L.NStepGRU(1, 3, 4, 0)
            self.bigru = L.NStepBiGRU(2, 3, 4, 0)
            self.tanh = L.NStepRNNTanh(1, 3, 4, 0)
            self.birelu = L.NStepBiRNNReLU(1, 3, 4, 0)

    def forward(self, x, y):
        xs = [x, y]
        h, c, ys = self.lstm(None, None, xs)
        results = [h, c, ys[1]]
        h, c, ys = self.bilstm(None, None, xs)
        results += [h, c, ys[0]]
        for stack in (self.gru, self.bigru, self.tanh, self.birelu):
            h, ys = stack(None, xs)
            results += [h, ys[1]]
        return results
