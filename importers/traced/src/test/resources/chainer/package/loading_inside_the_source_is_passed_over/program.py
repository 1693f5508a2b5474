# input x:float32[N=2,6]
# net load('net.npz')
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super().__init__(fc=L.Linear(6, 4))

    def forward(self, x):
        return self.fc(x)


def load(path):
    net = Net()
    chainer.serializers.load_npz(path, net)
    chainer.serializers.load_npz(path, net, strict=False)
    chainer.serializers.load_hdf5(path, net)
    return net
