"""Cells with gates, with and without a state of their own."""
import numpy
from chainer import functions as F
from chainer._states import Stateful
from chainer.link import Chain
from chainer.links.connection import Linear


def zeros(like, size):
    """A state for each item of a batch."""
    return F.broadcast_to(numpy.zeros((1, size), like.dtype), (like.shape[0], size))


class _UpwardLateral(Chain):
    """What the weights of LSTMs are called. Source: lstm.py, LSTMBase."""

    def _make(self, in_size, out_size):
        self.state_size = out_size
        with self.init_scope():
            self.upward = Linear(in_size, 4 * out_size)
            self.lateral = Linear(out_size, 4 * out_size, nobias=True)

    def _apart(self, gates):
        """The gates a, i, f, o of [N, 4 n], of which every fourth column is one's."""
        shape = (gates.shape[0], self.state_size)
        return [F.reshape(gate, shape) for gate in F.split_axis(F.reshape(gates, shape + (4,)), 4, 2)]


class StatelessLSTM(_UpwardLateral):
    """Source: lstm.py."""

    def __init__(self, in_size, out_size=None, lateral_init=None, upward_init=None, bias_init=None, forget_bias_init=None):
        super().__init__()
        self._make(*((None, in_size) if out_size is None else (in_size, out_size)))

    def forward(self, c, h, x):
        gates = self.upward(x)
        if h is not None:
            gates = gates + self.lateral(h)
        return F.lstm(zeros(x, self.state_size) if c is None else c, gates)


class LSTM(Stateful, _UpwardLateral):
    """Source: lstm.py."""

    states = ("c", "h")

    def __init__(self, in_size, out_size=None, lateral_init=None, upward_init=None, bias_init=None, forget_bias_init=None):
        super().__init__()
        self._make(*((None, in_size) if out_size is None else (in_size, out_size)))

    def forward(self, x):
        self.begin(x)
        gates, rest = self.upward(x), None
        if self.h is not None:
            h, batch = self.h, x.shape[0]
            if h.shape[0] != batch:
                h, rest = F.split_axis(h, [batch], 0)
            gates = gates + self.lateral(h)
        if self.c is None:
            self.c = zeros(x, self.state_size)
        self.c, y = F.lstm(self.c, gates)
        self.h = y if rest is None else F.concat([y, rest], 0)
        return y


class StatefulPeepholeLSTM(Stateful, _UpwardLateral):
    """Source: peephole.py."""

    states = ("c", "h")

    def __init__(self, in_size, out_size):
        super().__init__()
        self._make(in_size, out_size)
        with self.init_scope():
            self.peep_i = Linear(out_size, out_size, nobias=True)
            self.peep_f = Linear(out_size, out_size, nobias=True)
            self.peep_o = Linear(out_size, out_size, nobias=True)

    def forward(self, x):
        self.begin(x)
        gates = self.upward(x)
        if self.h is not None:
            gates = gates + self.lateral(self.h)
        if self.c is None:
            self.c = zeros(x, self.state_size)
        a, i, f, o = self._apart(gates)
        i = F.sigmoid(i + self.peep_i(self.c))
        f = F.sigmoid(f + self.peep_f(self.c))
        self.c = F.tanh(a) * i + f * self.c
        self.h = F.sigmoid(o + self.peep_o(self.c)) * F.tanh(self.c)
        return self.h


class StatefulZoneoutLSTM(Stateful, _UpwardLateral):
    """Source: zoneoutlstm.py."""

    states = ("c", "h")

    def __init__(self, in_size, out_size, c_ratio=0.5, h_ratio=0.5, **_):
        super().__init__()
        self.c_ratio, self.h_ratio = c_ratio, h_ratio
        self._make(in_size, out_size)

    def forward(self, x):
        self.begin(x)
        gates = self.upward(x)
        if self.h is not None:
            gates = gates + self.lateral(self.h)
        else:
            self.h = zeros(x, self.state_size)
        if self.c is None:
            self.c = zeros(x, self.state_size)
        a, i, f, o = self._apart(gates)
        c = F.tanh(a) * F.sigmoid(i) + F.sigmoid(f) * self.c
        self.c = F.zoneout(self.c, c, self.c_ratio)
        self.h = F.zoneout(self.h, F.sigmoid(o) * F.tanh(c), self.h_ratio)
        return self.h


class _GRUWeights(Chain):
    """Source: gru.py, GRUBase."""

    def _make(self, in_size, out_size):
        # GRU of Chainer 1.5 has one size for both.
        out_size = in_size if out_size is None else out_size
        self.state_size = out_size
        with self.init_scope():
            for name in ("_r", "_z", ""):
                setattr(self, "W" + name, Linear(in_size, out_size))
                setattr(self, "U" + name, Linear(out_size, out_size))


class StatelessGRU(_GRUWeights):
    """Source: gru.py."""

    def __init__(self, in_size, out_size=None, init=None, inner_init=None, bias_init=None):
        super().__init__()
        self._make(in_size, out_size)

    def forward(self, h, x):
        r = F.sigmoid(self.W_r(x) + self.U_r(h))
        z = F.sigmoid(self.W_z(x) + self.U_z(h))
        return F.linear_interpolate(z, F.tanh(self.W(x) + self.U(r * h)), h)


class StatefulGRU(Stateful, _GRUWeights):
    """Source: gru.py."""

    states = ("h",)

    def __init__(self, in_size, out_size=None, init=None, inner_init=None, bias_init=0):
        super().__init__()
        self._make(in_size, out_size)

    def forward(self, *args):
        # Before Chainer 2 GRU was what StatelessGRU is now.
        if len(args) == 2:
            return StatelessGRU.forward(self, *args)
        x, = args
        first = self.begin(x)
        z, bar = self.W_z(x), self.W(x)
        if self.h is not None:
            r = F.sigmoid(self.W_r(x) + self.U_r(self.h))
            z, bar = z + self._lateral(self.U_z, self.h, first), bar + self._lateral(self.U, r * self.h, first)
        z, bar = F.sigmoid(z), F.tanh(bar)
        self.h = z * bar if self.h is None else F.linear_interpolate(z, bar, self.h)
        return self.h

    def _lateral(self, link, h, first):
        """Without a state the biases of U do not count; a state that is an input is none where it is all zeros."""
        if not first:
            return link(h)
        return F.linear(h, link.W) + F.broadcast_to(F.sign(F.max(F.absolute(self.h))) * link.b, (h.shape[0], self.state_size))


class GRU(StatefulGRU):
    """Source: gru.py."""


class _MGUWeights(Chain):
    """Source: mgu.py, MGUBase."""

    def _make(self, n_inputs, n_units):
        self.state_size = n_units
        with self.init_scope():
            self.W_f = Linear(n_inputs + n_units, n_units)
            self.W_h = Linear(n_inputs + n_units, n_units)

    def _call_mgu(self, h, x):
        f = F.sigmoid(self.W_f(F.concat([h, x])))
        return F.linear_interpolate(f, F.tanh(self.W_h(F.concat([f * h, x]))), h)


class StatelessMGU(_MGUWeights):
    """Source: mgu.py."""

    def __init__(self, n_inputs, n_units):
        super().__init__()
        self._make(n_inputs, n_units)

    def forward(self, h, x):
        return self._call_mgu(h, x)


class StatefulMGU(Stateful, _MGUWeights):
    """Source: mgu.py."""

    states = ("h",)

    def __init__(self, in_size, out_size):
        super().__init__()
        self._make(in_size, out_size)

    def forward(self, x):
        self.begin(x)
        self.h = self._call_mgu(zeros(x, self.state_size) if self.h is None else self.h, x)
        return self.h
