"""LSTMs over trees. Source: chainer/links/rnn/tree_lstm.py."""
from chainer import functions as F
from chainer.link import Chain
from chainer.links.connection import Linear
from chainer.links.rnn._gated import zeros


class _TreeLSTM(Chain):
    def _split(self, cells_states_x):
        """Cells and outputs of the children, those that are missing as zeros, and x."""
        *both, x = cells_states_x
        half = len(both) // 2
        if x is None:
            known = [value for value in both if value is not None]
            if not known:
                raise ValueError("All inputs (cs, hs, x) are None.")
            x = zeros(known[0], self.in_size)
        return both[:half], both[half:], x

    def _filled(self, values, x):
        return [zeros(x, self.state_size) if value is None else value for value in values]


class ChildSumTreeLSTM(_TreeLSTM):
    """Any number of children."""

    def __init__(self, in_size, out_size):
        super().__init__()
        self.in_size, self.state_size = in_size, out_size
        with self.init_scope():
            self.W_x = Linear(in_size, 4 * out_size)
            self.W_h_aio = Linear(out_size, 3 * out_size, nobias=True)
            self.W_h_f = Linear(out_size, out_size, nobias=True)

    def forward(self, *cshsx):
        cs, hs, x = self._split(cshsx)
        aio, f = F.split_axis(self.W_x(x), [3 * self.state_size], axis=1)
        if not hs:
            a, i, o = F.split_axis(aio, 3, axis=1)
            c = F.sigmoid(i) * F.tanh(a)
            return c, F.sigmoid(o) * F.tanh(c)
        cs, hs = self._filled(cs, x), self._filled(hs, x)
        total = hs[0]
        for h in hs[1:]:
            total = total + h
        aio = self.W_h_aio(total) + aio
        return F.tree_lstm(*cs, F.concat([aio] + [self.W_h_f(h) + f for h in hs], axis=1))


class NaryTreeLSTM(_TreeLSTM):
    """As many children as told."""

    def __init__(self, in_size, out_size, n_ary=2):
        super().__init__()
        self.in_size, self.state_size, self.n_ary = in_size, out_size, n_ary
        with self.init_scope():
            self.W_x = Linear(in_size, (3 + n_ary) * out_size)
            for i in range(1, n_ary + 1):
                setattr(self, "W_h%d" % i, Linear(out_size, (3 + n_ary) * out_size, nobias=True))

    def forward(self, *cshsx):
        assert len(cshsx) == 2 * self.n_ary + 1
        cs, hs, x = self._split(cshsx)
        gates = self.W_x(x)
        for i, h in enumerate(hs, 1):
            if h is not None:
                gates = gates + getattr(self, "W_h%d" % i)(h)
        return F.tree_lstm(*self._filled(cs, x), gates)
