# input x:float32[N=2,6]
import chainer
import chainer.functions as F
import chainer.links as L
from functools import partial


class Net(chainer.Sequential):
    def __init__(self):
        super().__init__(L.Linear(6, 4), partial(F.leaky_relu, slope=0.3))
        self.append(chainer.Sequential(L.Linear(4, 4), F.relu).repeat(2))
        self.extend([L.Linear(None, 3), lambda x: x * 2])
        self.insert(1, L.BatchNormalization(4))
        assert len(self.flatten()) == 9
