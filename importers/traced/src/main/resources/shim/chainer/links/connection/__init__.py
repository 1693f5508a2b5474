"""Links with weights. Source: chainer/links/connection."""
from chainer._paths import inside
from chainer.links.connection._convolutions import (  # noqa: F401
    Convolution1D, Convolution2D, Convolution3D, ConvolutionND, Deconvolution1D, Deconvolution2D, Deconvolution3D, DeconvolutionND,
    DeformableConvolution2D, DepthwiseConvolution2D, DilatedConvolution2D, LocalConvolution2D, MLPConvolution2D,
)
from chainer.links.connection._inceptions import Inception, InceptionBN  # noqa: F401
from chainer.links.connection._products import Bias, Bilinear, EmbedID, Highway, Linear, Parameter, Scale  # noqa: F401

__getattr__ = inside("chainer.links")
