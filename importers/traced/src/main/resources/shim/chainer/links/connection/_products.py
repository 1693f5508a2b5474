"""Links that multiply and add. Source: chainer/links/connection/linear.py and the like."""
from chainer import functions as F
from chainer._core import Parameter as _Array
from chainer.link import Chain, Link
from chainer.links._arguments import features, parsed


class Linear(Link):
    """W [out, in] and b [out]. Source: chainer/links/connection/linear.py."""

    def __init__(self, in_size, out_size=None, *args, **kwargs):
        super().__init__()
        if out_size is None:
            in_size, out_size = None, in_size
        found = parsed(args, kwargs)
        self.in_size, self.out_size = in_size, out_size
        with self.init_scope():
            self.W = _Array(found["initialW"], (out_size, in_size))
            self.b = None if found["nobias"] else _Array(found["initial_bias"], out_size)

    @classmethod
    def from_params(cls, W, b=None, nobias=False):
        return cls(W.shape[1], W.shape[0], nobias or b is None, W, b)

    def forward(self, x, n_batch_axes=1):
        if not self.W.is_initialized:
            self.W.initialize((self.out_size, features(x, n_batch_axes)))
        return F.linear(x, self.W, self.b, n_batch_axes=n_batch_axes)


class EmbedID(Link):
    """Source: chainer/links/connection/embed_id.py."""

    ignore_label = None

    def __init__(self, in_size, out_size, initialW=None, ignore_label=None):
        super().__init__()
        self.ignore_label = ignore_label
        with self.init_scope():
            self.W = _Array(initialW, (in_size, out_size))

    @classmethod
    def from_params(cls, W, ignore_label=None):
        return cls(W.shape[0], W.shape[1], W, ignore_label)

    def forward(self, x):
        return F.embed_id(x, self.W, ignore_label=self.ignore_label)


class Bilinear(Link):
    """W [left, right, out], V1 [left, out], V2 [right, out] and b [out]. Source: chainer/links/connection/bilinear.py."""

    def __init__(self, left_size, right_size, out_size, nobias=False, initialW=None, initial_bias=None):
        super().__init__()
        self.in_sizes, self.nobias = (left_size, right_size), nobias
        left, right, bias = (None, None, 0) if initial_bias is None else initial_bias
        with self.init_scope():
            self.W = _Array(initialW, (left_size, right_size, out_size))
            if not nobias:
                self.V1 = _Array(left, (left_size, out_size))
                self.V2 = _Array(right, (right_size, out_size))
                self.b = _Array(bias, out_size)

    def forward(self, e1, e2):
        return F.bilinear(e1, e2, self.W) if self.nobias else F.bilinear(e1, e2, self.W, self.V1, self.V2, self.b)


class Bias(Link):
    """Source: chainer/links/connection/bias.py."""

    def __init__(self, axis=1, shape=None):
        super().__init__()
        self.axis = axis
        if shape is not None:
            with self.init_scope():
                self.b = _Array(0, shape)

    def forward(self, *xs):
        x, y = (*xs, self.b) if hasattr(self, "b") else xs
        return F.bias(x, y, self.axis)


class Scale(Chain):
    """Source: chainer/links/connection/scale.py."""

    def __init__(self, axis=1, W_shape=None, bias_term=False, bias_shape=None):
        super().__init__()
        self.axis = axis
        if bias_term and W_shape is None and bias_shape is None:
            raise ValueError("bias_shape should be given if W is not learnt parameter and bias_term is True.")
        with self.init_scope():
            if W_shape is not None:
                self.W = _Array(1, W_shape)
            if bias_term:
                self.bias = Bias(axis, W_shape if W_shape is not None else bias_shape)

    def forward(self, *xs):
        x, y = (*xs, self.W) if hasattr(self, "W") else xs
        z = F.scale(x, y, self.axis)
        return self.bias(z) if hasattr(self, "bias") else z


class Highway(Chain):
    """Source: chainer/links/connection/highway.py."""

    def __init__(self, in_out_size, nobias=False, activate=F.relu, init_Wh=None, init_Wt=None, init_bh=None, init_bt=-1):
        super().__init__()
        self.activate = activate
        with self.init_scope():
            self.plain = Linear(in_out_size, in_out_size, nobias=nobias, initialW=init_Wh, initial_bias=init_bh)
            self.transform = Linear(in_out_size, in_out_size, nobias=nobias, initialW=init_Wt, initial_bias=init_bt)

    def forward(self, x):
        gate = F.sigmoid(self.transform(x))
        return self.activate(self.plain(x)) * gate + x * (1 - gate)


class Parameter(Link):
    """Source: chainer/links/connection/parameter.py."""

    def __init__(self, array):
        super().__init__()
        with self.init_scope():
            self.W = _Array(array)

    def forward(self, volatile="off"):
        return F.identity(self.W)
