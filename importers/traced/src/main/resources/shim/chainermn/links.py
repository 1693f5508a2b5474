"""Links that share statistics while they are trained. Source: chainermn/links."""
import _entrepot
from chainer import links as L
from chainer.link import Chain


class MultiNodeBatchNormalization(L.BatchNormalization):
    """A batch normalization once it is trained. Source: chainermn/links/batch_normalization.py."""

    def __init__(self, size, comm, decay=0.9, eps=2e-5, dtype=None, use_gamma=True, use_beta=True, initial_gamma=None, initial_beta=None,
                 communication_backend="auto"):
        super().__init__(size, decay, eps, dtype, use_gamma, use_beta, initial_gamma, initial_beta)


def create_mnbn_model(link, comm, communication_backend="auto"):
    """The same network: its normalizations differ only in training."""
    return link


def create_multi_node_n_step_rnn(actual_link, *_, **__):
    return actual_link


class MultiNodeChainList(Chain):
    def __init__(self, *_, **__):
        super().__init__()
        raise _entrepot.SourceError("unsupported", "MultiNodeChainList", "spreads a network over processes; give the network of one process")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _entrepot.Placeholder("chainermn.links." + name)
