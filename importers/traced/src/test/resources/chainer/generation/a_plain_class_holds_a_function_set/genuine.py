import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self, classes):
        super().__init__(conv1=L.Convolution2D(3, 4, 3), fc2=L.Linear(100, classes))

    def forward(self, x_data):
        return F.softmax(self.fc2(F.max_pooling_2d(F.relu(self.conv1(x_data)), 2)))
