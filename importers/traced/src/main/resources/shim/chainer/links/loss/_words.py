"""Losses over large vocabularies, which only training asks for. Source: chainer/links/loss."""
import heapq

from chainer import _labels, functions as F
from chainer._core import Parameter
from chainer.link import Link


class BlackOut(Link):
    """Source: black_out.py."""

    def __init__(self, in_size, counts, sample_size):
        super().__init__()
        with self.init_scope():
            self.W = Parameter(None, (len(counts), in_size))

    def forward(self, x, t):
        return F.black_out(x, t, self.W, None)


class NegativeSampling(Link):
    """Source: negative_sampling.py."""

    def __init__(self, in_size, counts, sample_size, power=0.75, dtype=None):
        super().__init__()
        self.sample_size = sample_size
        with self.init_scope():
            self.W = Parameter(0, (len(counts), in_size))

    def forward(self, x, t, reduce="sum", **_):
        return F.negative_sampling(x, t, self.W, None, self.sample_size, reduce)


def _inner(tree):
    """The number of nodes with children."""
    return 1 + sum(_inner(child) for child in tree) if isinstance(tree, tuple) else 0


class BinaryHierarchicalSoftmax(Link):
    """Source: hierarchical_softmax.py."""

    def __init__(self, in_size, tree, dtype=None):
        super().__init__()
        with self.init_scope():
            self.W = Parameter(None, (_inner(tree), in_size))

    @staticmethod
    def create_huffman_tree(word_counts):
        queue = [(count, index, word) for index, (word, count) in enumerate(word_counts.items())]
        heapq.heapify(queue)
        while len(queue) > 1:
            first, second = heapq.heappop(queue), heapq.heappop(queue)
            heapq.heappush(queue, (first[0] + second[0], min(first[1], second[1]), (first[2], second[2])))
        return queue[0][2]

    def forward(self, x, t):
        return _labels.loss_only("BinaryHierarchicalSoftmax", x, t)
