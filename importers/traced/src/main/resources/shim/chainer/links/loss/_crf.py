"""The conditional random field. Source: chainer/links/loss/crf1d.py."""
from chainer import functions as F
from chainer._core import Parameter
from chainer.link import Link
from chainer.links.rnn import argsort_list_descent, permutate_list


class CRF1d(Link):
    """Costs of passing from one label to another; argmax gives the best path."""

    def __init__(self, n_label, initial_cost=None):
        super().__init__()
        with self.init_scope():
            self.cost = Parameter(0 if initial_cost is None else initial_cost, (n_label, n_label))

    def forward(self, xs, ys, reduce="mean", transpose=False):
        if transpose:
            order = argsort_list_descent(xs)
            xs = F.transpose_sequence(permutate_list(xs, order, False))
            ys = F.transpose_sequence(permutate_list(ys, order, False))
        return F.crf1d(self.cost, xs, ys, reduce)

    def argmax(self, xs, transpose=False):
        if not transpose:
            return F.argmax_crf1d(self.cost, xs)
        order = argsort_list_descent(xs)
        score, path = F.argmax_crf1d(self.cost, F.transpose_sequence(permutate_list(xs, order, False)))
        return score, permutate_list(F.transpose_sequence(path), order, True)
