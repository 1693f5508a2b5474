"""Convolution3D: facebook/C3D convolution3d_layer.cpp. Pooling3D: facebook/C3D pooling3d_layer.cpp and synopsys-caffe
pooling3d_layer.cpp."""

import math

import numpy as np
from case import case, numbers

X = numbers(1, 2, 3, 6, 7, 8)


def convolved(x, weight, bias, stride, pad):
    n, channels, *size = x.shape
    outputs, _, *kernel = weight.shape
    x = np.pad(x.astype(float), ((0, 0), (0, 0), *((p, p) for p in pad)))
    out = [(s + 2 * p - k) // t + 1 for s, p, k, t in zip(size, pad, kernel, stride)]
    y = np.zeros((n, outputs, *out))
    for i in np.ndindex(*out):
        window = x[(slice(None), slice(None), *(slice(a * t, a * t + k) for a, t, k in zip(i, stride, kernel)))]
        y[(slice(None), slice(None), *i)] = np.tensordot(window, weight, ([1, 2, 3, 4], [1, 2, 3, 4])) + bias
    return y


def layer(kind, parameters):
    return 'layer { name: "l" type: "%s" bottom: "x" top: "y" %s }' % (kind, parameters)


W, B = numbers(2, 4, 3, 3, 2, 2), numbers(3, 4)
case("convolution3d/depth_has_sizes_of_its_own",
     layer("Convolution3D", "convolution3d_param { num_output: 4 kernel_size: 2 kernel_depth: 3 stride: 2 pad: 1 "
                            "temporal_stride: 1 temporal_pad: 1 }"),
     {"x": X}, {"y": convolved(X, W, B, (1, 2, 2), (1, 1, 1))}, {"l/0": W, "l/1": B})


def pooled(x, kernel, stride, pad, method, up):
    n, channels, *size = x.shape
    rounded = math.ceil if up else math.floor
    out = [rounded((s + 2 * p - k) / t) + 1 for s, p, k, t in zip(size, pad, kernel, stride)]
    if any(pad):
        out = [o - 1 if (o - 1) * t >= s + p else o for o, t, s, p in zip(out, stride, size, pad)]
    y = np.zeros((n, channels, *out))
    for i in np.ndindex(*out):
        start = [a * t - p for a, t, p in zip(i, stride, pad)]
        ends = [min(a + k, s + p) for a, k, s, p in zip(start, kernel, size, pad)]
        counted = np.prod([e - a for e, a in zip(ends, start)])
        window = x[(slice(None), slice(None), *(slice(max(a, 0), min(e, s)) for a, e, s in zip(start, ends, size)))]
        values = window.reshape(n, channels, -1).astype(float)
        if method == "MAX":
            y[(slice(None), slice(None), *i)] = values.max(2)
        else:
            y[(slice(None), slice(None), *i)] = values.sum(2) / (counted if method == "AVE" else values.shape[2])
    return y


case("pooling3d/c3ds_maximum_rounds_up",
     layer("Pooling3D", "pooling3d_param { pool: MAX kernel_size: 2 kernel_depth: 1 stride: 2 temporal_stride: 1 }"),
     {"x": X}, {"y": pooled(X, (1, 2, 2), (1, 2, 2), (0, 0, 0), "MAX", True)})
case("pooling3d/c3ds_average_counts_the_pad",
     layer("Pooling3D", "pooling3d_param { pool: AVE kernel_size: 3 kernel_depth: 2 stride: 2 temporal_stride: 2 pad: 1 "
                        "temporal_pad: 1 }"),
     {"x": X}, {"y": pooled(X, (2, 3, 3), (2, 2, 2), (1, 1, 1), "AVE", True)})
case("pooling3d/synopsys_rounds_down",
     layer("Pooling3D", "pooling3d_param { pool: MAX kernel_size: 3 stride: 2 }"),
     {"x": X}, {"y": pooled(X, (3, 3, 3), (2, 2, 2), (0, 0, 0), "MAX", False)})
case("pooling3d/synopsys_averages_may_leave_out_the_pad",
     layer("Pooling3D", "pooling3d_param { pool: AVE_EXC_PAD kernel_d: 2 kernel_h: 3 kernel_w: 3 stride: 2 pad: 1 "
                        "ceil_mode: true }"),
     {"x": X}, {"y": pooled(X, (2, 3, 3), (2, 2, 2), (1, 1, 1), "AVE_EXC_PAD", True)})
