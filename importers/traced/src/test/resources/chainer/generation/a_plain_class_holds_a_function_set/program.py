# input x_data:float32[N=2,3,12,12]
# net Net(5)
from chainer import FunctionSet, Variable
import chainer.functions as F


class Net:
    def __init__(self, classes):
        self.classes = classes
        self.model = FunctionSet(conv1=F.Convolution2D(3, 4, 3), fc2=F.Linear(100, classes))
        self.model.to_gpu()

    def predict(self, x_data):
        x = Variable(x_data, volatile=True)
        h = F.max_pooling_2d(F.relu(self.model.conv1(x)), 2)
        return F.softmax(self.model['fc2'](h)).data
