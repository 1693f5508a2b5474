"""Links with a loss. Source: chainer/links/loss."""
from chainer._paths import inside
from chainer.links.loss._crf import CRF1d  # noqa: F401
from chainer.links.loss._words import BinaryHierarchicalSoftmax, BlackOut, NegativeSampling  # noqa: F401

__getattr__ = inside("chainer.links")
