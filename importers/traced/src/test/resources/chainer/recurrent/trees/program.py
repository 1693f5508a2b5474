# input x:float32[N=2,3]
# input h:float32[N=2,4]
# input c:float32[N=2,4]
import chainer
import chainer.links as L


class Net(chainer.Chain):
    def __init__(self):
        super(Net, self).__init__()
        with self.init_scope():
            self.sum = L.ChildSumTreeLSTM(3, 4)
            self.nary = L.NaryTreeLSTM(3, 4, n_ary=2)

    def forward(self, x, h, c):
        leaf = self.sum(x)
        node = self.sum(leaf[0], c, None, leaf[1], h, None, x)
        return node + self.nary(leaf[0], c, leaf[1], h, x) + self.nary(None, c, None, h, None)
