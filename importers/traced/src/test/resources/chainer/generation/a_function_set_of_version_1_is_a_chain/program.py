# input x_data:float32[N=2,3,12,12]
import chainer
import chainer.functions as F


class Net(chainer.FunctionSet):
    def __init__(self):
        super(Net, self).__init__(
            conv1=F.Convolution2D(3, 4, 3, pad=1, wscale=1.4, bias=0.1),
            bn1=F.BatchNormalization(4),
            inc2=F.Inception(4, 2, 3, 4, 2, 3, 2),
        )
        self.fc3 = F.Linear(11 * 6 * 6, 5, nobias=True)

    def forward(self, x_data, train=True):
        x = chainer.Variable(x_data, volatile=not train)
        h = F.max_pooling_2d(F.relu(self.bn1(self.conv1(x), test=not train), use_cudnn=False), 2, stride=2)
        h = F.dropout(self.inc2(h), 0.4, train)
        return self.fc3(h)
