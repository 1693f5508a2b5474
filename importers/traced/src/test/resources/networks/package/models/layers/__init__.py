"""Layers."""
from torch import nn


def conv3x3(before, after, stride=1):
    return nn.Conv2d(before, after, 3, stride, 1, bias=False)
