"""Dropout, which does nothing in a trained network. Source: torch/nn/modules/dropout.py."""
import torch.nn.functional as F
from torch.nn.modules.module import Module


class _DropoutNd(Module):
    _function = "dropout"

    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        self.p, self.inplace = p, inplace

    def forward(self, input):
        return getattr(F, self._function)(input, self.p, self.training)


class Dropout(_DropoutNd):
    pass


class Dropout1d(_DropoutNd):
    _function = "dropout1d"


class Dropout2d(_DropoutNd):
    _function = "dropout2d"


class Dropout3d(_DropoutNd):
    _function = "dropout3d"


class AlphaDropout(_DropoutNd):
    _function = "alpha_dropout"


class FeatureAlphaDropout(_DropoutNd):
    _function = "feature_alpha_dropout"
