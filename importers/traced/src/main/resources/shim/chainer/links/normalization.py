"""Normalizations. Source: chainer/links/normalization."""
import numpy
from chainer import functions as F
from chainer._core import Parameter
from chainer.link import Link


class BatchNormalization(Link):
    """Source: chainer/links/normalization/batch_normalization.py."""

    def __init__(self, size=None, decay=0.9, eps=2e-5, dtype=None, use_gamma=True, use_beta=True, initial_gamma=None, initial_beta=None,
                 axis=None, initial_avg_mean=None, initial_avg_var=None):
        super().__init__()
        self.eps, self.axis = eps, axis
        with self.init_scope():
            if use_gamma:
                self.gamma = Parameter(1 if initial_gamma is None else initial_gamma, size)
            if use_beta:
                self.beta = Parameter(0 if initial_beta is None else initial_beta, size)
        self.avg_mean, self.avg_var, self.N = Parameter(0, size), Parameter(1, size), 0
        for name in ("avg_mean", "avg_var", "N"):
            self.register_persistent(name)

    def forward(self, x, *_, **__):
        return F.fixed_batch_normalization(x, self.gamma, self.beta, self.avg_mean, self.avg_var, eps=self.eps, axis=self.axis)
