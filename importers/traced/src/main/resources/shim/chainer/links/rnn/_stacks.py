"""Stacks of recurrent layers over lists of sequences. Source: chainer/links/rnn/n_step_rnn.py, n_step_lstm.py, n_step_gru.py."""
import numpy
from chainer import functions as F
from chainer._core import Parameter, Variable
from chainer.link import ChainList, Link


def argsort_list_descent(lst):
    return numpy.array(sorted(range(len(lst)), key=lambda i: -len(lst[i])), dtype="int32")


def permutate_list(lst, indices, inv):
    made = [None] * len(lst)
    for i, index in enumerate(indices):
        made[int(index) if inv else i] = lst[i if inv else int(index)]
    return made


class NStepRNNBase(ChainList):
    """A link for each layer and direction, with w0, b0 and so on; the first half of them is the input's, the second the state's."""

    function, options, n_weights, use_bi_direction, n_cells = None, {}, 2, False, 1

    def __init__(self, n_layers, in_size, out_size, dropout=0.0, *_, **__):
        super().__init__()
        self.n_layers, self.out_size, self.dropout = n_layers, out_size, dropout
        self.direction = 2 if self.use_bi_direction else 1
        for cell in range(n_layers * self.direction):
            width = in_size if cell < self.direction else out_size * self.direction
            weight = Link()
            with weight.init_scope():
                for j in range(self.n_weights):
                    setattr(weight, "w%d" % j, Parameter(None, (out_size, width if j < self.n_weights // 2 else out_size)))
                    setattr(weight, "b%d" % j, Parameter(0, out_size))
            self.append(weight)

    @property
    def ws(self):
        return [[getattr(cell, "w%d" % j) for j in range(self.n_weights)] for cell in self]

    @property
    def bs(self):
        return [[getattr(cell, "b%d" % j) for j in range(self.n_weights)] for cell in self]

    def init_hx(self, xs):
        return Variable(numpy.zeros((self.n_layers * self.direction, len(xs), self.out_size), xs[0].dtype))

    def rnn(self, n_layers, dropout, *args):
        return getattr(F, self.function)(n_layers, dropout, *args, **self.options)

    def forward(self, hx, xs, *_, **__):
        (hy,), ys = self._call([hx], xs)
        return hy, ys

    def _call(self, hs, xs):
        xs = list(xs)
        lengths = [x.shape[0] for x in xs]
        if all(length == lengths[0] for length in lengths[1:]):
            return self._of_one_length(hs, xs)
        order = argsort_list_descent(xs)
        hs = [h if h is None else F.permutate(h, order, axis=1) for h in hs]
        steps = F.transpose_sequence(permutate_list(xs, order, False))
        *hys, ys = self.rnn(self.n_layers, self.dropout, *hs, self.ws, self.bs, steps)
        hys = [F.permutate(h, order, axis=1, inv=True) for h in hys]
        return hys, permutate_list(F.transpose_sequence(ys), order, True)

    def _of_one_length(self, hs, xs):
        """Sequences of one length, known or not, are one array [T, N, C]."""
        *hys, ys = self.rnn(self.n_layers, self.dropout, *hs, self.ws, self.bs, F.stack(xs, axis=1))
        return hys, list(F.separate(ys, axis=1))


class _LSTM(NStepRNNBase):
    n_weights, n_cells = 8, 2

    def forward(self, hx, cx, xs, *_, **__):
        (hy, cy), ys = self._call([hx, cx], xs)
        return hy, cy, ys


class NStepLSTM(_LSTM):
    function = "n_step_lstm"


class NStepBiLSTM(_LSTM):
    function, use_bi_direction = "n_step_bilstm", True


class NStepGRU(NStepRNNBase):
    function, n_weights = "n_step_gru", 6


class NStepBiGRU(NStepRNNBase):
    function, n_weights, use_bi_direction = "n_step_bigru", 6, True


class NStepRNNTanh(NStepRNNBase):
    function, options = "n_step_rnn", {"activation": "tanh"}


class NStepRNNReLU(NStepRNNBase):
    function, options = "n_step_rnn", {"activation": "relu"}


class NStepBiRNNTanh(NStepRNNBase):
    function, options, use_bi_direction = "n_step_birnn", {"activation": "tanh"}, True


class NStepBiRNNReLU(NStepRNNBase):
    function, options, use_bi_direction = "n_step_birnn", {"activation": "relu"}, True
