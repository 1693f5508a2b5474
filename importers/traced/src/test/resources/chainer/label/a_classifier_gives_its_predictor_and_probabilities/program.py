# input x:float32[N=2,6]
# net L.Classifier(Predictor())
import chainer
import chainer.functions as F
import chainer.links as L


class Predictor(chainer.Chain):
    def __init__(self):
        super(Predictor, self).__init__()
        with self.init_scope():
            self.fc1 = L.Linear(None, 4)
            self.fc2 = L.Linear(None, 3)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))
