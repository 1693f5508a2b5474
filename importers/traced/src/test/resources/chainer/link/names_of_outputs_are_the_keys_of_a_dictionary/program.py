# input x:float32[N=2,6]
# weights weights.h5
import chainer
import chainer.functions as F
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__(fc1=L.Linear(6, 4), fc2=L.Linear(None, 3))

    def forward(self, x):
        h = self.fc1(x)
        return {'fc1': h, 'prob': F.softmax(self.fc2(F.relu(h)))}
