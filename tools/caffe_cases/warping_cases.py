"""FlowWarp and Correlation: lmb-freiburg/flownet2 flow_warp_layer.cpp, correlation_layer.cu. SpatialTransformer:
daerduoCarey/SpatialTransformerLayer st_layer.cpp."""

import math

import numpy as np
from case import case, numbers

F = np.float32
X = numbers(1, 2, 3, 5, 6)


def layer(kind, parameters, bottoms):
    return 'layer { name: "l" type: "%s" %s top: "y" %s }' % (
        kind, " ".join('bottom: "%s"' % b for b in bottoms), parameters)


def warped(image, flow, fill):
    n, channels, height, width = image.shape
    out = np.full(image.shape, fill, float)
    for i, y, x in np.ndindex(n, height, width):
        x2, y2 = F(F(x) + flow[i, 0, y, x]), F(F(y) + flow[i, 1, y, x])
        if 0 <= x2 < width and 0 <= y2 < height:
            left, top = int(x2), int(y2)
            right, bottom = min(left + 1, width - 1), min(top + 1, height - 1)
            a, b = float(x2 - left), float(y2 - top)
            out[i, :, y, x] = ((1 - a) * (1 - b) * image[i, :, top, left] + a * (1 - b) * image[i, :, top, right]
                               + (1 - a) * b * image[i, :, bottom, left] + a * b * image[i, :, bottom, right])
    return out


FLOW = numbers(2, 2, 2, 5, 6, scale=2)
FLOW[0, :, 0, 0] = 0
FLOW[0, 0, 0, 5] = 0.5
case("flow_warp/beyond_the_image_is_0", layer("FlowWarp", "", ("x", "flow")), {"x": X, "flow": FLOW},
     {"y": warped(X, FLOW, 0)})
case("flow_warp/beyond_the_image_may_be_no_number",
     layer("FlowWarp", "flow_warp_param { fill_value: NOT_A_NUMBER }", ("x", "flow")), {"x": X, "flow": FLOW},
     {"y": warped(X, FLOW, np.nan)})


def transformed(image, theta, height, width):
    n, channels, h, w = image.shape
    out = np.zeros((n, channels, height, width))
    for i, s, t in np.ndindex(n, height, width):
        grid = np.array([F(s * 1.0 / height * 2 - 1), F(t * 1.0 / width * 2 - 1), F(1)])
        px, py = (F(sum(F(a) * b for a, b in zip(row, grid))) for row in theta[i].reshape(2, 3).astype(F))
        x, y = float((px + F(1)) / F(2) * F(h)), float((py + F(1)) / F(2) * F(w))
        for m in range(math.floor(x), math.ceil(x) + 1):
            for k in range(math.floor(y), math.ceil(y) + 1):
                if 0 <= m < h and 0 <= k < w:
                    out[i, :, s, t] += (1 - abs(x - m)) * (1 - abs(y - k)) * image[i, :, m, k]
    return out


THETA = np.array([[1, 0, 0, 0, 1, 0], [0.9, 0.2, 0.1, -0.3, 1.1, 0.05]], F)
ST = ("x", "theta")
case("spatial_transformer/six_numbers_for_each_item", layer("SpatialTransformer", "", ST), {"x": X, "theta": THETA},
     {"y": transformed(X, THETA, 5, 6)})
case("spatial_transformer/another_size",
     layer("SpatialTransformer", "st_param { transform_type: 'affine' output_H: 7 output_W: 4 }", ST),
     {"x": X, "theta": THETA}, {"y": transformed(X, THETA, 7, 4)})
FIXED = THETA.copy()
FIXED[:, 1] = 0.25
FIXED[:, 3] = 0
case("spatial_transformer/fixed_numbers_are_not_in_the_second_bottom",
     layer("SpatialTransformer", "st_param { theta_1_2: 0.25 theta_2_1: 0 }", ST),
     {"x": X, "theta": THETA[:, [0, 2, 4, 5]]}, {"y": transformed(X, FIXED, 5, 6)})


def correlated(a, b, pad, kernel, reach, stride=1, step=1, subtract=False):
    n, channels, height, width = a.shape
    a, b = (np.pad(v, ((0, 0), (0, 0), (pad, pad), (pad, pad))).astype(float) for v in (a, b))
    border, radius = reach + (kernel - 1) // 2, reach // step
    side = 2 * radius + 1
    th, tw = math.ceil((height + 2 * pad - 2 * border) / stride), math.ceil((width + 2 * pad - 2 * border) / stride)
    out = np.zeros((n, side * side, th, tw))
    for c, y, x in np.ndindex(side * side, th, tw):
        dx, dy = (c % side - radius) * step, (c // side - radius) * step
        x1, y1 = x * stride + reach, y * stride + reach
        one = a[:, :, y1:y1 + kernel, x1:x1 + kernel]
        two = b[:, :, y1 + dy:y1 + dy + kernel, x1 + dx:x1 + dx + kernel]
        out[:, c, y, x] = (abs(one - two) if subtract else one * two).mean((1, 2, 3))
    return out


A, B = numbers(3, 2, 4, 8, 10), numbers(4, 2, 4, 8, 10)
PAIR = {"a": A, "b": B}
case("correlation/as_flownet_has_it",
     layer("Correlation", "correlation_param { pad: 4 kernel_size: 1 max_displacement: 4 stride_1: 1 stride_2: 2 }",
           ("a", "b")), PAIR, {"y": correlated(A, B, 4, 1, 4, 1, 2)})
case("correlation/larger_patches_at_a_distance",
     layer("Correlation", "correlation_param { pad: 3 kernel_size: 3 max_displacement: 2 stride_1: 2 }", ("a", "b")),
     PAIR, {"y": correlated(A, B, 3, 3, 2, 2)})
case("correlation/differences_instead_of_products",
     layer("Correlation", "correlation_param { pad: 2 kernel_size: 3 max_displacement: 2 stride_1: 1 "
                          "correlation_type: SUBTRACT }", ("a", "b")),
     PAIR, {"y": correlated(A, B, 2, 3, 2, subtract=True)})
