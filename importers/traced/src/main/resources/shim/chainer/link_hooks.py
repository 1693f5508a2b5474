"""Hooks that change weights as a link is called. Source: chainer/link_hooks."""
import numpy
from chainer import functions as F
from chainer._core import Parameter
from chainer._quiet import Base


class TimerHook(Base):
    pass


class _WeightHook:
    """Puts other weights in place while the link computes."""

    def __init__(self, weight_name, name):
        self.weight_name = weight_name
        self.name = name or type(self).__name__

    def added(self, link):
        pass

    def before(self, link, args):
        held = getattr(link, self.weight_name)
        if held.data is None:
            link._ready(args[0])
        self.original = held
        object.__setattr__(link, self.weight_name, self.changed(link, held))

    def after(self, link):
        object.__setattr__(link, self.weight_name, self.original)


class SpectralNormalization(_WeightHook):
    """Divides the weights by their largest singular value, which a few steps from a stored vector tell."""

    def __init__(self, n_power_iteration=1, eps=1e-6, use_gamma=False, factor=None, weight_name="W", name=None):
        super().__init__(weight_name, name)
        self.steps, self.eps, self.use_gamma, self.factor = n_power_iteration, eps, use_gamma, factor

    def added(self, link):
        from chainer.links import Deconvolution2D, DeconvolutionND

        self.axis = 1 if isinstance(link, (Deconvolution2D, DeconvolutionND)) else 0
        sizes = getattr(link, self.weight_name)._sizes
        size = None if sizes is None or sizes[self.axis] is None else sizes[self.axis]
        setattr(link, self.weight_name + "_u", Parameter(0, size))
        link.register_persistent(self.weight_name + "_u")
        if self.use_gamma:
            with link.init_scope():
                link.gamma = Parameter(1, ())

    def changed(self, link, weight):
        rows = weight
        if self.axis:
            rows = F.transpose(weight, (1, 0) + tuple(range(2, weight.ndim)))
        if rows.ndim > 2:
            rows = F.reshape(rows, (rows.shape[0], -1))
        u = getattr(link, self.weight_name + "_u")
        for _ in range(self.steps):
            v = self._unit(F.matmul(u, rows))
            u = self._unit(F.matmul(rows, v))
        sigma = F.matmul(F.matmul(u, rows), v)
        if self.factor is not None:
            sigma = sigma / self.factor
        return (link.gamma * weight if self.use_gamma else weight) / sigma

    def _unit(self, vector):
        return vector / (F.sqrt(F.sum(vector * vector)) + self.eps)


class WeightStandardization(_WeightHook):
    """Gives the weights of every output channel a mean of 0 and a deviation of 1. Source: chainer/link_hooks/weight_standardization.py."""

    def __init__(self, *, eps=1e-5, weight_name="W", name=None):
        super().__init__(weight_name, name)
        self.eps = eps

    def changed(self, link, weight):
        kind = weight.dtype
        return F.group_normalization(weight, 1, numpy.ones(weight.shape[1], kind), numpy.zeros(weight.shape[1], kind), self.eps)
