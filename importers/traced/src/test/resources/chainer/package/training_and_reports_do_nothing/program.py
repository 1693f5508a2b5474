# input x:float32[N=2,6]
import argparse

import chainer
from chainer import cuda, optimizers, reporter, serializers, training
from chainer.backends.cuda import get_array_module
import chainer.functions as F
import chainer.links as L
from chainer.training import extensions, StandardUpdater
from chainer.training.updaters import ParallelUpdater
import numpy as np
import six

xp = cuda.cupy if cuda.available else np


class Updater(StandardUpdater):
    def update_core(self):
        pass


class Evaluator(extensions.Evaluator):
    default_name = 'val'


class Data(chainer.dataset.DatasetMixin):
    def __init__(self, pairs):
        self.pairs = pairs


class Net(chainer.Chain):
    def __init__(self):
        super().__init__()
        initialW = chainer.initializers.LeCunUniform()
        with self.init_scope():
            self.fc1 = L.Linear(6, 4, initialW=initialW)
            self.fc2 = L.Linear(4, 3, initialW=np.random.uniform(-0.1, 0.1, (3, 4)).astype(np.float32))
        if self.xp is not np:
            self.to_gpu()
        self.fc1.b.data[...] = 0.5

    def forward(self, x):
        xp = get_array_module(x)
        with chainer.using_config('train', False), chainer.no_backprop_mode():
            h = F.dropout(F.relu(self.fc1(x)))
        for _ in six.moves.range(1):
            h = self.fc2(h)
        chainer.report({'mean': h}, self)
        reporter.report({'shape': h.shape[1]})
        assert xp is np and not chainer.config.train
        return h


def main():
    parser = argparse.ArgumentParser()
    args = parser.parse_args()
    model = L.Classifier(Net())
    optimizer = optimizers.MomentumSGD(lr=0.1)
    optimizer.setup(model)
    optimizer.add_hook(chainer.optimizer_hooks.WeightDecay(1e-4))
    trainer = training.Trainer(ParallelUpdater(None, optimizer), (args.epoch, 'epoch'))
    trainer.extend(extensions.LogReport())
    serializers.save_npz('net.npz', model)


if __name__ == '__main__':
    main()
