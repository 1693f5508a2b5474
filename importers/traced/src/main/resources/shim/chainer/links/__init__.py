"""chainer.links."""
import sys

import _entrepot
from chainer import _paths  # noqa: F401
from chainer.links.connection import (  # noqa: F401
    Bias, Bilinear, Convolution1D, Convolution2D, Convolution3D, ConvolutionND, Deconvolution1D, Deconvolution2D, Deconvolution3D,
    DeconvolutionND, DeformableConvolution2D, DepthwiseConvolution2D, DilatedConvolution2D, EmbedID, Highway, Inception, InceptionBN, Linear,
    LocalConvolution2D, MLPConvolution2D, Parameter, Scale,
)
from chainer.links.normalization import (  # noqa: F401
    BatchNormalization, BatchRenormalization, DecorrelatedBatchNormalization, GroupNormalization, LayerNormalization,
)
from chainer.links.activation import Maxout, PReLU, SimplifiedDropconnect, Swish  # noqa: F401
from chainer.links.caffe import CaffeFunction  # noqa: F401
from chainer.links.model import Classifier  # noqa: F401
from chainer.links.loss import BinaryHierarchicalSoftmax, BlackOut, CRF1d, NegativeSampling  # noqa: F401
from chainer.links.rnn import (  # noqa: F401
    GRU, LSTM, ChildSumTreeLSTM, NaryTreeLSTM, NStepBiGRU, NStepBiLSTM, NStepBiRNNReLU, NStepBiRNNTanh, NStepGRU, NStepLSTM, NStepRNNReLU,
    NStepRNNTanh, StatefulGRU, StatefulMGU, StatefulPeepholeLSTM, StatefulZoneoutLSTM, StatelessGRU, StatelessLSTM, StatelessMGU,
)
from chainer.links.theano import TheanoFunction  # noqa: F401


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name == "GoogLeNet" or name.endswith("Layers"):
        import chainer.links.model.vision.vgg

        vision = sys.modules["chainer.links.model.vision"]
        if name in vision.__dict__:
            return vision.__dict__[name]
    return _entrepot.Placeholder("chainer.links." + name)
