# input x:float32[N=2,1,8,8]
# input t:int32[N=2] 0..9
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.conv1 = L.Convolution2D(None, 4, 3, pad=1, nobias=True)
            self.bn1 = L.BatchNormalization(4)
            self.fc = L.Linear(None, 10)

    def forward(self, x, t=None):
        h = F.max_pooling_2d(F.relu(self.bn1(self.conv1(x))), 3, stride=2)
        y = self.fc(F.dropout(h))
        if t is None:
            return y
        chainer.report({'accuracy': F.accuracy(y, t)}, self)
        return F.softmax_cross_entropy(y, t)
