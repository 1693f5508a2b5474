"""Convolutions. Source: chainer/links/connection/convolution_2d.py and the like."""
from chainer import functions as F
from chainer._core import Parameter
from chainer.link import Chain, ChainList, Link
from chainer.links._arguments import divided, parsed, spread


def _shifted(in_channels, out_channels, ksize):
    """The number of input channels may be left out."""
    return (None, in_channels, out_channels) if ksize is None else (in_channels, out_channels, ksize)


class _Convolution(Link):
    """W [out, in / groups, kernel...] and b [out]."""

    def _make(self, axes, in_channels, out_channels, ksize, stride, pad, found):
        in_channels, out_channels, ksize = _shifted(in_channels, out_channels, ksize)
        self.ksize, self.stride, self.pad, self.out_channels = ksize, stride, pad, out_channels
        self.dilate, self.groups, self.cover_all = found.get("dilate", 1), int(found.get("groups", 1)), found.get("cover_all", False)
        self._kernel = spread(ksize, axes)
        divided(out_channels, self.groups)
        with self.init_scope():
            self.W = Parameter(found["initialW"], self._sizes(in_channels))
            self.b = None if found["nobias"] else Parameter(found["initial_bias"], out_channels)

    def _sizes(self, in_channels):
        return (self.out_channels, divided(in_channels, self.groups)) + self._kernel

    def _ready(self, x):
        if not self.W.is_initialized:
            self.W.initialize(self._sizes(x.shape[1]))


class Convolution2D(_Convolution):
    """Source: chainer/links/connection/convolution_2d.py."""

    def __init__(self, in_channels, out_channels, ksize=None, stride=1, pad=0, *args, **kwargs):
        super().__init__()
        self._make(2, in_channels, out_channels, ksize, stride, pad, parsed(args, kwargs))

    @classmethod
    def from_params(cls, W, b=None, stride=1, pad=0, nobias=False, **kwargs):
        groups = kwargs.get("groups", 1)
        return cls(W.shape[1] * groups, W.shape[0], W.shape[2:], stride, pad, nobias or b is None, W, b, **kwargs)

    def forward(self, x):
        self._ready(x)
        return F.convolution_2d(x, self.W, self.b, self.stride, self.pad, dilate=self.dilate, groups=self.groups)


class ConvolutionND(_Convolution):
    """Source: chainer/links/connection/convolution_nd.py."""

    def __init__(self, ndim, in_channels, out_channels, ksize=None, stride=1, pad=0, *args, **kwargs):
        super().__init__()
        new = ("nobias", "initialW", "initial_bias", "cover_all", "dilate", "groups")
        self._make(ndim, in_channels, out_channels, ksize, stride, pad, parsed(args, kwargs, new=new, old=new[1:]))

    def forward(self, x):
        self._ready(x)
        return F.convolution_nd(x, self.W, self.b, self.stride, self.pad, cover_all=self.cover_all, dilate=self.dilate, groups=self.groups)


class Convolution1D(ConvolutionND):
    def __init__(self, in_channels, out_channels, ksize, *args, **kwargs):
        super().__init__(1, in_channels, out_channels, ksize, *args, **kwargs)


class Convolution3D(ConvolutionND):
    def __init__(self, in_channels, out_channels, ksize, *args, **kwargs):
        super().__init__(3, in_channels, out_channels, ksize, *args, **kwargs)


class DilatedConvolution2D(_Convolution):
    """Source: chainer/links/connection/dilated_convolution_2d.py."""

    def __init__(self, in_channels, out_channels, ksize=None, stride=1, pad=0, dilate=1, *args, **kwargs):
        super().__init__()
        self._make(2, in_channels, out_channels, ksize, stride, pad, parsed(args, kwargs))
        self.dilate = dilate

    def forward(self, x):
        self._ready(x)
        return F.dilated_convolution_2d(x, self.W, self.b, self.stride, self.pad, self.dilate)


class _Deconvolution(_Convolution):
    """W [in, out / groups, kernel...] and b [out]."""

    def _make(self, axes, in_channels, out_channels, ksize, stride, pad, found):
        super()._make(axes, in_channels, out_channels, ksize, stride, pad, found)
        self.outsize = found.get("outsize")

    def _sizes(self, in_channels):
        return (in_channels, divided(self.out_channels, self.groups)) + self._kernel


class Deconvolution2D(_Deconvolution):
    """Source: chainer/links/connection/deconvolution_2d.py."""

    def __init__(self, in_channels, out_channels, ksize=None, stride=1, pad=0, *args, **kwargs):
        super().__init__()
        found = parsed(
            args, kwargs, new=("nobias", "outsize", "initialW", "initial_bias"),
            old=("wscale", "bias", "nobias", "outsize", "use_cudnn", "initialW", "initial_bias", "deterministic"))
        self._make(2, in_channels, out_channels, ksize, stride, pad, found)

    def forward(self, x):
        self._ready(x)
        return F.deconvolution_2d(x, self.W, self.b, self.stride, self.pad, self.outsize, dilate=self.dilate, groups=self.groups)


class DeconvolutionND(_Deconvolution):
    """Source: chainer/links/connection/deconvolution_nd.py."""

    def __init__(self, ndim, in_channels, out_channels, ksize=None, stride=1, pad=0, *args, **kwargs):
        super().__init__()
        new = ("nobias", "outsize", "initialW", "initial_bias", "dilate", "groups")
        self._make(ndim, in_channels, out_channels, ksize, stride, pad, parsed(args, kwargs, new=new, old=new[1:]))

    def forward(self, x):
        self._ready(x)
        return F.deconvolution_nd(
            x, self.W, b=self.b, stride=self.stride, pad=self.pad, outsize=self.outsize, dilate=self.dilate, groups=self.groups)


class Deconvolution1D(DeconvolutionND):
    def __init__(self, in_channels, out_channels, ksize, *args, **kwargs):
        super().__init__(1, in_channels, out_channels, ksize, *args, **kwargs)


class Deconvolution3D(DeconvolutionND):
    def __init__(self, in_channels, out_channels, ksize, *args, **kwargs):
        super().__init__(3, in_channels, out_channels, ksize, *args, **kwargs)


class DepthwiseConvolution2D(Link):
    """Source: chainer/links/connection/depthwise_convolution_2d.py."""

    def __init__(self, in_channels, channel_multiplier, ksize, stride=1, pad=0, nobias=False, initialW=None, initial_bias=None):
        super().__init__()
        self.ksize, self.stride, self.pad, self.channel_multiplier = ksize, stride, pad, channel_multiplier
        with self.init_scope():
            self.W = Parameter(initialW, (channel_multiplier, in_channels) + spread(ksize, 2))
            count = None if in_channels is None else (channel_multiplier * in_channels,)
            self.b = None if nobias else Parameter(initial_bias, count)

    def forward(self, x):
        if not self.W.is_initialized:
            channels = x.shape[1]
            self.W.initialize((self.channel_multiplier, channels) + spread(self.ksize, 2))
            if self.b is not None:
                self.b.initialize(self.channel_multiplier * channels)
        return F.depthwise_convolution_2d(x, self.W, self.b, self.stride, self.pad)


class DeformableConvolution2D(Chain):
    """Source: chainer/links/connection/deformable_convolution_2d.py."""

    def __init__(self, in_channels, out_channels, ksize, stride=1, pad=0, offset_nobias=False, offset_initialW=None,
                 offset_initial_bias=None, deform_nobias=False, deform_initialW=None, deform_initial_bias=None):
        super().__init__()
        height, width = spread(ksize, 2)
        with self.init_scope():
            self.offset_conv = Convolution2D(
                in_channels, 2 * height * width, ksize, stride, pad, offset_nobias, offset_initialW, offset_initial_bias)
            self.deform_conv = DeformableConvolution2DSampler(
                in_channels, out_channels, ksize, stride, pad, deform_nobias, deform_initialW, deform_initial_bias)

    def forward(self, x):
        return self.deform_conv(x, self.offset_conv(x))


class DeformableConvolution2DSampler(_Convolution):
    def __init__(self, in_channels, out_channels, ksize, stride=1, pad=0, *args, **kwargs):
        super().__init__()
        self._make(2, in_channels, out_channels, ksize, stride, pad, parsed(args, kwargs))

    def forward(self, x, offset):
        self._ready(x)
        return F.deformable_convolution_2d_sampler(x, offset, self.W, self.b, self.stride, self.pad)


class LocalConvolution2D(Link):
    """W [out, out_h, out_w, in, kh, kw] and b [out, out_h, out_w]. Source: chainer/links/connection/local_convolution_2d.py."""

    def __init__(self, in_channels, out_channels, in_size=None, ksize=None, stride=1, nobias=False, initialW=None, initial_bias=None, **_):
        super().__init__()
        self.ksize, self.stride, self.nobias, self.out_channels = ksize, spread(stride, 2), nobias, out_channels
        known = in_channels is not None and in_size is not None
        with self.init_scope():
            self.W = Parameter(initialW, self._sizes(in_channels, spread(in_size, 2)) if known else None)
            self.b = None if nobias else Parameter(initial_bias, self._sizes(in_channels, spread(in_size, 2))[:3] if known else None)

    def _sizes(self, in_channels, in_size):
        # The genuine link reckons with a stride of 1, whatever the stride is.
        kernel = spread(self.ksize, 2)
        return (self.out_channels,) + tuple(size - k + 1 for size, k in zip(in_size, kernel)) + (in_channels,) + kernel

    def forward(self, x):
        if not self.W.is_initialized:
            sizes = self._sizes(x.shape[1], x.shape[2:])
            self.W.initialize(sizes)
            if self.b is not None:
                self.b.initialize(sizes[:3])
        return F.local_convolution_2d(x, self.W, self.b, self.stride)


class MLPConvolution2D(ChainList):
    """Source: chainer/links/connection/mlp_convolution_2d.py."""

    def __init__(self, in_channels, out_channels, ksize=None, stride=1, pad=0, *args, **kwargs):
        if ksize is None:
            in_channels, out_channels, ksize = None, in_channels, out_channels
        # Chainer 1.x has wscale before the activation.
        given = list(args[1:] if args and not callable(args[0]) else args)
        activation = given[0] if given else kwargs.get("activation", F.relu)
        weights = {"initialW": kwargs.get("conv_init"), "initial_bias": kwargs.get("bias_init")}
        convolutions = [Convolution2D(in_channels, out_channels[0], ksize, stride, pad, **weights)]
        for before, after in zip(out_channels, out_channels[1:]):
            convolutions.append(Convolution2D(before, after, 1, **weights))
        super().__init__(*convolutions)
        self.activation = activation

    def forward(self, x):
        for link in self[:-1]:
            x = self.activation(link(x))
        return self[-1](x)
