"""Normalizations. Source: chainer/links/normalization."""
import numpy
from chainer import functions as F
from chainer._core import Parameter
from chainer._paths import inside
from chainer.link import Link
from chainer.links.normalization import _eps
from chainer.links._arguments import features


class BatchNormalization(Link):
    """Source: chainer/links/normalization/batch_normalization.py."""

    gamma = None
    beta = None

    def __init__(self, size=None, decay=0.9, eps=None, dtype=None, use_gamma=True, use_beta=True, initial_gamma=None, initial_beta=None,
                 axis=None, initial_avg_mean=None, initial_avg_var=None, **_):
        super().__init__()
        if isinstance(axis, bool):
            axis = None  # use_cudnn of Chainer 1.x
        if size is None and axis is None:
            raise RuntimeError("size or axis is required")
        self.eps_is_said = eps is not None
        self.decay, self.eps, self.axis = decay, eps if self.eps_is_said else 2e-5, (axis,) if isinstance(axis, int) else axis
        with self.init_scope():
            if use_gamma:
                self.gamma = Parameter(1 if initial_gamma is None else initial_gamma, size)
            if use_beta:
                self.beta = Parameter(0 if initial_beta is None else initial_beta, size)
        self.avg_mean = Parameter(0 if initial_avg_mean is None else initial_avg_mean, size)
        self.avg_var = Parameter(1 if initial_avg_var is None else initial_avg_var, size)
        self.N = 0
        for name in ("avg_mean", "avg_var", "N"):
            self.register_persistent(name)

    def forward(self, x, *old, **keywords):
        if not self.eps_is_said and (old or "test" in keywords):
            _eps.taken_as_later()
        sizes = [size for axis, size in enumerate(x.shape) if axis not in self.axis] if self.axis is not None else [x.shape[1]]
        for parameter in (self.avg_mean, self.avg_var, self.gamma, self.beta):
            if parameter is not None and parameter.data is None:
                parameter.initialize(sizes)
        gamma, beta = self.gamma, self.beta
        if gamma is None:
            gamma = numpy.ones(self.avg_mean.shape, self.avg_mean.dtype)
        if beta is None:
            beta = numpy.zeros(self.avg_mean.shape, self.avg_mean.dtype)
        return F.fixed_batch_normalization(x, gamma, beta, self.avg_mean, self.avg_var, eps=self.eps, axis=self.axis)

    def start_finetuning(self):
        self.N = 0


class BatchRenormalization(BatchNormalization):
    """In test mode a batch normalization. Source: chainer/links/normalization/batch_renormalization.py."""

    def __init__(self, size, rmax=1, dmax=0, decay=0.9, eps=2e-5, *args, **kwargs):
        super().__init__(size, decay, eps, *args, **kwargs)
        self.rmax, self.dmax = rmax, dmax


class DecorrelatedBatchNormalization(Link):
    """Source: chainer/links/normalization/decorrelated_batch_normalization.py."""

    def __init__(self, size, groups=16, decay=0.9, eps=2e-5, dtype=None):
        super().__init__()
        channels = size // groups
        self.groups, self.decay, self.eps = groups, decay, eps
        # Older files have one mean and one projection for all groups.
        self.avg_mean = Parameter(0, None if groups == 1 else (groups, channels))
        self.avg_projection = Parameter(0, None if groups == 1 else (groups, channels, channels))
        self.N = 0
        for name in ("avg_mean", "avg_projection", "N"):
            self.register_persistent(name)

    def forward(self, x, *_, **__):
        mean, projection = self.avg_mean, self.avg_projection
        if mean.ndim == 1:
            mean, projection = F.expand_dims(mean, 0), F.expand_dims(projection, 0)
        return F.fixed_decorrelated_batch_normalization(x, mean, projection, groups=self.groups)

    def start_finetuning(self):
        self.N = 0


class GroupNormalization(Link):
    """Source: chainer/links/normalization/group_normalization.py."""

    def __init__(self, groups, size=None, eps=1e-5, initial_gamma=None, initial_beta=None):
        super().__init__()
        self.groups, self.eps = groups, eps
        with self.init_scope():
            self.gamma = Parameter(1 if initial_gamma is None else initial_gamma, size)
            self.beta = Parameter(0 if initial_beta is None else initial_beta, size)

    def forward(self, x):
        for parameter in (self.gamma, self.beta):
            if parameter.data is None:
                parameter.initialize(x.shape[1])
        return F.group_normalization(x, self.groups, self.gamma, self.beta, self.eps)


class LayerNormalization(Link):
    """Source: chainer/links/normalization/layer_normalization.py."""

    def __init__(self, size=None, eps=1e-6, initial_gamma=None, initial_beta=None):
        super().__init__()
        self.eps = eps
        with self.init_scope():
            self.gamma = Parameter(1 if initial_gamma is None else initial_gamma, size)
            self.beta = Parameter(0 if initial_beta is None else initial_beta, size)

    def forward(self, x):
        for parameter in (self.gamma, self.beta):
            if parameter.data is None:
                parameter.initialize(features(x, 1))
        return F.layer_normalization(x, self.gamma, self.beta, self.eps)


__getattr__ = inside("chainer.links")
