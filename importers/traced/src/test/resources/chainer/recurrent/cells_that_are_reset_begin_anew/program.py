# input x:float32[N=2,3,3]
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    """Every cell with a state, over three steps."""

    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.lstm = L.LSTM(3, 4)
            self.peephole = L.StatefulPeepholeLSTM(3, 4)
            self.zoneout = L.StatefulZoneoutLSTM(3, 4)
            self.gru = L.StatefulGRU(3, 4)
            self.mgu = L.StatefulMGU(3, 4)

    def forward(self, x):
        outputs = []
        for cell in (self.lstm, self.peephole, self.zoneout, self.gru, self.mgu):
            cell.reset_state()
            for step in F.separate(x, axis=1):
                h = cell(step)
            outputs.append(h)
        return F.concat(outputs, axis=1)
