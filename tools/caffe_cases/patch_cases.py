"""Im2col and SPP: caffe im2col.cpp, im2col_cpu; spp_layer.cpp, GetPoolingParam; pooling_layer.cpp, Forward_cpu."""

import math

import numpy as np
from case import case, numbers

X = numbers(1, 2, 3, 7, 6)


def im2col(x, kernel, stride, pad, dilation):
    n, channels, height, width = x.shape
    oh = (height + 2 * pad[0] - (dilation[0] * (kernel[0] - 1) + 1)) // stride[0] + 1
    ow = (width + 2 * pad[1] - (dilation[1] * (kernel[1] - 1) + 1)) // stride[1] + 1
    out = np.zeros((n, channels * kernel[0] * kernel[1], oh, ow))
    for c in range(channels):
        for i in range(kernel[0]):
            for j in range(kernel[1]):
                for y in range(oh):
                    for z in range(ow):
                        row, column = i * dilation[0] - pad[0] + y * stride[0], j * dilation[1] - pad[1] + z * stride[1]
                        if 0 <= row < height and 0 <= column < width:
                            out[:, (c * kernel[0] + i) * kernel[1] + j, y, z] = x[:, c, row, column]
    return out


def layer(kind, parameters):
    return 'layer { name: "l" type: "%s" bottom: "x" top: "y" %s }' % (kind, parameters)


case("im2col/windows_become_channels", layer("Im2col", "convolution_param { kernel_size: 3 }"),
     {"x": X}, {"y": im2col(X, (3, 3), (1, 1), (0, 0), (1, 1))})
case("im2col/stride_pad_and_dilation_per_axis",
     layer("Im2col", "convolution_param { kernel_h: 3 kernel_w: 2 stride_h: 2 stride_w: 1 pad_h: 1 pad_w: 2 dilation: 1 "
                     "dilation: 2 }"),
     {"x": X}, {"y": im2col(X, (3, 2), (2, 1), (1, 2), (1, 2))})
ONE = numbers(2, 2, 2, 3, 5)
case("im2col/channels_may_stand_further_back",
     layer("Im2col", "convolution_param { axis: 2 kernel_size: 2 }"), {"x": ONE},
     {"y": im2col(ONE.reshape(4, 3, 1, 5), (1, 2), (1, 1), (0, 0), (1, 1)).reshape(2, 2, 6, 4)})


def pooled(x, kernel, pad, method):
    """Stride and kernel are the same, and the last window is dropped if it begins in the pad."""
    n, c, height, width = x.shape
    size = [math.ceil((s + 2 * p - k) / k) + 1 for s, p, k in zip((height, width), pad, kernel)]
    if pad[0] or pad[1]:
        size = [o - 1 if (o - 1) * k >= s + p else o for o, k, s, p in zip(size, kernel, (height, width), pad)]
    out = np.zeros((n, c, *size))
    for y in range(size[0]):
        for z in range(size[1]):
            h, w = y * kernel[0] - pad[0], z * kernel[1] - pad[1]
            hend, wend = min(h + kernel[0], height + pad[0]), min(w + kernel[1], width + pad[1])
            area = (hend - h) * (wend - w)
            window = x[:, :, max(h, 0):min(hend, height), max(w, 0):min(wend, width)]
            if method == "MAX":
                out[:, :, y, z] = window.max((2, 3)) if window.size else -np.finfo(np.float32).max
            else:
                out[:, :, y, z] = window.sum((2, 3)) / area
    return out


def pyramid(x, levels, method):
    parts = []
    for level in range(levels):
        bins = 2 ** level
        kernel = [math.ceil(s / bins) for s in x.shape[2:]]
        pad = [(k * bins - s + 1) // 2 for k, s in zip(kernel, x.shape[2:])]
        parts.append(pooled(x, kernel, pad, method))
    return parts[0] if levels == 1 else np.concatenate([p.reshape(len(x), -1) for p in parts], axis=1)


BIG = numbers(3, 2, 3, 9, 13)
case("spp/bins_of_all_levels_side_by_side", layer("SPP", "spp_param { pyramid_height: 3 }"),
     {"x": BIG}, {"y": pyramid(BIG, 3, "MAX")})
case("spp/averages_count_the_pad", layer("SPP", "spp_param { pyramid_height: 3 pool: AVE }"),
     {"x": BIG}, {"y": pyramid(BIG, 3, "AVE")})
case("spp/one_level_keeps_four_axes", layer("SPP", "spp_param { pyramid_height: 1 pool: AVE }"),
     {"x": BIG}, {"y": pyramid(BIG, 1, "AVE")})
