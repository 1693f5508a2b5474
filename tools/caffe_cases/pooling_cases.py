"""Pooling that BVLC Caffe 1.0 does not know or does on a GPU only."""

import math

import numpy as np
from case import case, numbers

X = numbers(1, 1, 2, 5, 8)


def pooled(x, kernel, stride, up, function):
    """pooling_layer.cpp, Reshape and Forward, without pads."""
    counts = [(math.ceil if up else math.floor)((size - kernel) / stride) + 1 for size in x.shape[2:]]
    out = np.zeros(x.shape[:2] + tuple(counts))
    for n, c, row, column in np.ndindex(*out.shape):
        top, left = row * stride, column * stride
        out[n, c, row, column] = function(x[n, c, top:top + kernel, left:left + kernel].astype(float))
    return out


def layer(parameters):
    return 'layer { name: "l" type: "Pooling" bottom: "x" top: "y" pooling_param { %s } }' % parameters


def stochastic(window):
    """pooling_layer.cu, StoPoolForwardTest, where the sum begins at 0."""
    return (window ** 2).sum() / window.sum() if window.sum() > 0 else 0


case("pooling/round_mode_floor_drops_the_partial_window", layer("kernel_size: 2 stride: 2 round_mode: FLOOR"),
     {"x": X}, {"y": pooled(X, 2, 2, False, np.max)})
case("pooling/round_mode_may_be_a_number", layer("pool: AVE kernel_size: 3 stride: 2 round_mode: 1"),
     {"x": X}, {"y": pooled(X, 3, 2, False, np.mean)})
case("pooling/round_mode_ceil_changes_nothing", layer("pool: AVE kernel_size: 3 stride: 2 round_mode: CEIL"),
     {"x": X}, {"y": pooled(X, 3, 2, True, np.mean)})
case("pooling/a_forks_ceil_mode_false_rounds_down", layer("kernel_size: 3 stride: 2 ceil_mode: false"),
     {"x": X}, {"y": pooled(X, 3, 2, False, np.max)})
POSITIVE = np.maximum(X, 0)
POSITIVE[0, 0, 2:4, 4:6] = 0
case("pooling/stochastic_weighs_by_the_elements_at_test", layer("pool: STOCHASTIC kernel_size: 2 stride: 2"),
     {"x": POSITIVE}, {"y": pooled(POSITIVE, 2, 2, True, stochastic)})
