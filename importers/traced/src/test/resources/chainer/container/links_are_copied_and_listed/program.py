# input x:float32[N=2,6]
import copy

import chainer
import chainer.functions as F
import chainer.links as L


class Stage(chainer.ChainList):
    def __init__(self, link, count):
        super().__init__(link)
        for _ in range(count - 1):
            self.add_link(link.copy(mode='init'))

    def forward(self, x):
        for link in self.children():
            x = F.relu(link(x))
        return self[-1](x)


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        with self.init_scope():
            self.stage = Stage(L.Linear(6, 6), 3)
            self.many = L.Linear(6, 6).repeat(2)
            self.deep = copy.deepcopy(self.many)
            self.shared = self.stage[0].copy()
        for number in range(2):
            self.add_link('extra_{}'.format(number), L.Linear(6, 6, nobias=number == 0))
        del self.extra_1

    def forward(self, x):
        h = self.deep(self.many(self.stage(x)))
        for number in range(1):
            h = self['extra_{}'.format(number)](h) + getattr(self, 'shared')(h)
        return h
