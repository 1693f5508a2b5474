# input x:float32[N=2,3,6,6]
# net make()
import chainer
import chainer.functions as F
import chainer.links as L
import chainermn


class Net(chainer.Chain):
    def __init__(self, comm):
        super().__init__()
        with self.init_scope():
            self.conv = L.Convolution2D(3, 4, 3)
            self.bn = chainermn.links.MultiNodeBatchNormalization(4, comm)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


def make():
    comm = chainermn.create_communicator('naive')
    net = chainermn.links.create_mnbn_model(Net(comm), comm)
    optimizer = chainermn.create_multi_node_optimizer(chainer.optimizers.SGD(), comm)
    optimizer.setup(net)
    return net
