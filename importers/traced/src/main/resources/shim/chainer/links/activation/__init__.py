"""Activations with weights. Source: chainer/links/activation."""
from chainer import functions as F
from chainer._core import Parameter
from chainer._paths import inside
from chainer.link import Chain, Link
from chainer.links._arguments import features
from chainer.links.connection import Linear


class PReLU(Link):
    """Source: chainer/links/activation/prelu.py."""

    def __init__(self, shape=(), init=0.25):
        super().__init__()
        with self.init_scope():
            self.W = Parameter(init, shape)

    def forward(self, x):
        return F.prelu(x, self.W)


class Swish(Link):
    """Source: chainer/links/activation/swish.py."""

    def __init__(self, beta_shape, beta_init=1.0):
        super().__init__()
        with self.init_scope():
            self.beta = Parameter(beta_init, beta_shape)

    def forward(self, x):
        if not self.beta.is_initialized and self.beta.data is None:
            self.beta.initialize(x.shape[1:])
        return F.swish(x, self.beta)


class Maxout(Chain):
    """Source: chainer/links/activation/maxout.py."""

    def __init__(self, in_size, out_size, pool_size, *args, **kwargs):
        super().__init__()
        names = ("initialW", "initial_bias")
        # Chainer 1.x has wscale before them.
        found = {"initial_bias": 0, **dict(zip(names, args[1:] if len(args) > 2 else args)), **kwargs}
        count = out_size * pool_size
        weights, bias = found.get("initialW"), found["initial_bias"]
        self.out_size, self.pool_size = out_size, pool_size
        with self.init_scope():
            self.linear = Linear(
                in_size, count, nobias=bias is None, initialW=weights.reshape(count, in_size) if hasattr(weights, "reshape") else weights,
                initial_bias=bias.reshape(count) if hasattr(bias, "reshape") else bias)

    def forward(self, x):
        return F.maxout(self.linear(x), self.pool_size)


class SimplifiedDropconnect(Link):
    """In test mode a Linear. Source: chainer/links/activation/simplified_dropconnect.py."""

    def __init__(self, in_size, out_size, ratio=0.5, nobias=False, initialW=None, initial_bias=None):
        super().__init__()
        self.out_size, self.ratio = out_size, ratio
        with self.init_scope():
            self.W = Parameter(initialW, (out_size, in_size))
            self.b = None if nobias else Parameter(0 if initial_bias is None else initial_bias, out_size)

    def forward(self, x, train=True, mask=None, use_batchwise_mask=True):
        if not self.W.is_initialized:
            self.W.initialize((self.out_size, features(x, 1)))
        return F.simplified_dropconnect(x, self.W, self.b, self.ratio, False)


__getattr__ = inside("chainer.links")
