"""Interp: hszhao/PSPNet interp_layer.cpp and interp.cpp, caffe_cpu_interp2. Upsample: eric612/MobileNet-YOLO upsample_layer.cpp,
alexgkendall/caffe-segnet upsample_layer.cpp. MaxUnpool: inisis/caffe maxunpool_layer.cpp. Unpooling: unpooling_layer.cpp of DeconvNet's Caffe.
Accum: lmb-freiburg/flownet2 accum_layer.cpp. Resample: lmb-freiburg/flownet2 resample_layer.cu. Resize: inisis/caffe util_img.cpp."""

import math

import numpy as np
from case import case, numbers

F = np.float32
X = numbers(1, 2, 3, 5, 7)


def layer(kind, parameters="", bottoms=("x",), more=""):
    return '%slayer { name: "l" type: "%s" %s top: "y" %s }' % (
        more, kind, " ".join('bottom: "%s"' % b for b in bottoms), parameters)


def interp(x, height, width):
    n, c, h1, w1 = x.shape
    out = np.zeros((n, c, height, width))
    rh = F(h1 - 1) / F(height - 1) if height > 1 else F(0)
    rw = F(w1 - 1) / F(width - 1) if width > 1 else F(0)
    for h2 in range(height):
        for w2 in range(width):
            h, w = F(rh * F(h2)), F(rw * F(w2))
            hi, wi = int(h), int(w)
            hp, wp = (1 if hi < h1 - 1 else 0), (1 if wi < w1 - 1 else 0)
            a, b = float(h) - hi, float(w) - wi
            out[:, :, h2, w2] = ((1 - a) * ((1 - b) * x[:, :, hi, wi] + b * x[:, :, hi, wi + wp])
                                 + a * ((1 - b) * x[:, :, hi + hp, wi] + b * x[:, :, hi + hp, wi + wp]))
    return out


case("interp/to_a_height_and_a_width", layer("Interp", "interp_param { height: 9 width: 4 }"), {"x": X},
     {"y": interp(X, 9, 4)})
case("interp/a_zoom_factor_puts_places_between", layer("Interp", "interp_param { zoom_factor: 3 }"), {"x": X},
     {"y": interp(X, 5 + 4 * 2, 7 + 6 * 2)})
case("interp/a_shrink_factor_leaves_places_out", layer("Interp", "interp_param { shrink_factor: 2 }"), {"x": X},
     {"y": interp(X, 3, 4)})
case("interp/both_factors_shrink_first", layer("Interp", "interp_param { shrink_factor: 2 zoom_factor: 4 }"), {"x": X},
     {"y": interp(X, 3 + 2 * 3, 4 + 3 * 3)})
case("interp/one_factor_goes_before_a_size",
     layer("Interp", "interp_param { zoom_factor: 2 height: 50 width: 50 }"), {"x": X}, {"y": interp(X, 9, 13)})
case("interp/negative_pads_cut_first",
     layer("Interp", "interp_param { pad_beg: -1 pad_end: -2 height: 6 width: 6 }"), {"x": X},
     {"y": interp(X[:, :, 1:-2, 1:-2], 6, 6)})
case("interp/to_one_place_takes_the_first_corner", layer("Interp", "interp_param { height: 1 width: 1 }"), {"x": X},
     {"y": X[:, :, :1, :1]})


def repeated(x, scale, axes):
    for axis in range(x.ndim - axes, x.ndim):
        x = np.repeat(x, scale, axis)
    return x


case("upsample/each_element_is_repeated", layer("Upsample", "upsample_param { scale: 3 }"), {"x": X},
     {"y": repeated(X, 3, 2)})
case("upsample/along_one_axis_of_three", layer("Upsample", "upsample_param { scale: 2 dims_num: 3 }"),
     {"x": X[0]}, {"y": repeated(X[0], 2, 1)})


def unpooled(x, mask, height, width):
    n, c, h, w = x.shape
    out = np.zeros((n, c, height * width))
    for i in np.ndindex(n, c):
        for place, value in zip(mask[i].ravel(), x[i].ravel()):
            out[i][int(place)] = value
    return out.reshape(n, c, height, width)


def mask_of(n, c, h, w, height, width, kernel):
    """Places within each window, as pooling would leave them."""
    rng = np.random.default_rng(5)
    mask = np.zeros((n, c, h, w), F)
    for i in np.ndindex(n, c, h, w):
        y, z = min(i[2] * kernel + rng.integers(kernel), height - 1), min(i[3] * kernel + rng.integers(kernel), width - 1)
        mask[i] = y * width + z
    return mask


M = mask_of(2, 3, 5, 7, 10, 14, 2)
MASKED = ("x", "mask")
case("unpooling/segnets_upsample_takes_a_mask", layer("Upsample", "upsample_param { scale: 2 }", MASKED),
     {"x": X, "mask": M}, {"y": unpooled(X, M, 10, 14)})
M9 = mask_of(2, 3, 5, 7, 9, 13, 2)
case("unpooling/an_odd_size_was_padded_before_pooling",
     layer("Upsample", "upsample_param { scale: 2 pad_out_h: true pad_out_w: true }", MASKED),
     {"x": X, "mask": M9}, {"y": unpooled(X, M9, 9, 13)})
case("unpooling/the_size_may_be_given", layer("Upsample", "upsample_param { upsample_h: 9 upsample_w: 13 }", MASKED),
     {"x": X, "mask": M9}, {"y": unpooled(X, M9, 9, 13)})
case("unpooling/max_unpool_has_a_size_of_its_own", layer("MaxUnpool", "max_unpool_param { dst_h: 9 dst_w: 13 }", MASKED),
     {"x": X, "mask": M9}, {"y": unpooled(X, M9, 9, 13)})
M3 = mask_of(2, 3, 5, 7, 15, 21, 3)
case("unpooling/the_size_follows_from_the_pooling_undone",
     layer("Unpooling", "pooling_param { kernel_size: 3 stride: 3 }", MASKED), {"x": X, "mask": M3},
     {"y": unpooled(X, M3, 15, 21)})
case("unpooling/the_size_may_be_a_third_bottoms",
     layer("Unpooling", "pooling_param { kernel_size: 2 stride: 2 }", ("x", "mask", "like")),
     {"x": X, "mask": M9, "like": numbers(6, 2, 1, 9, 13)}, {"y": unpooled(X, M9, 9, 13)})
IMAGE = numbers(7, 2, 3, 6, 8)


def pooled_and_back(x):
    out = np.zeros_like(x)
    for n, c, y, z in np.ndindex(2, 3, 3, 4):
        window = x[n, c, 2 * y:2 * y + 2, 2 * z:2 * z + 2]
        i, j = divmod(int(window.argmax()), 2)
        out[n, c, 2 * y + i, 2 * z + j] = window[i, j]
    return out


case("unpooling/the_mask_of_our_own_pooling_leads_back",
     layer("Upsample", "upsample_param { scale: 2 }", ("p", "mask"),
           'layer { name: "p" type: "Pooling" bottom: "x" top: "p" top: "mask" '
           "pooling_param { kernel_size: 2 stride: 2 } }\n"),
     {"x": IMAGE}, {"y": pooled_and_back(IMAGE)})

SMALL = numbers(8, 2, 2, 3, 4)
case("accum/the_largest_size_counts", layer("Accum", "", ("x", "small")), {"x": X, "small": SMALL},
     {"y": np.concatenate([X, interp(SMALL, 5, 7)], axis=1)})
case("accum/a_size_divisible_by_a_number", layer("Accum", "accum_param { size_divisible_by: 4 }", ("x", "small")),
     {"x": X, "small": SMALL}, {"y": np.concatenate([interp(X, 8, 8), interp(SMALL, 8, 8)], axis=1)})
case("accum/a_reference_gives_only_its_size",
     layer("Accum", "accum_param { have_reference: true }", ("small", "x")), {"x": X, "small": SMALL},
     {"y": interp(SMALL, 5, 7)})


def cubic(x):
    x = abs(x)
    return x * x * (1.5 * x - 2.5) + 1 if x <= 1 else x * (x * (-0.5 * x + 2.5) - 4) + 2 if x < 2 else 0


def resampled(x, height, width, kind, antialias=True):
    n, c, h, w = x.shape
    fx, fy = F(w) / F(width), F(h) / F(height)
    smooth = antialias and (fx > 1 or fy > 1)
    support = 4 if kind == "CUBIC" else 2
    weigh = cubic if kind == "CUBIC" else lambda v: max(0, 1 - abs(v))
    ax, ay = (1 / float(fx), 1 / float(fy)) if smooth else (1.0, 1.0)
    rx = 2 if fx < 1 else math.ceil(support / ax)
    ry = 2 if fy < 1 else math.ceil(support / ay)
    out = np.zeros((n, c, height, width))
    for yo in range(height):
        for xo in range(width):
            xi, yi = xo * float(fx) + float(fy) / 2 - 0.5, yo * float(fy) + float(fx) / 2 - 0.5
            xr, yr = round(xi), round(yi)
            if kind == "NEAREST":
                out[:, :, yo, xo] = x[:, :, yr, xr]
                continue
            total, weights = np.zeros((n, c)), 0.0
            for yy in range(yr - ry, yr + ry + 1):
                for xx in range(xr - rx, xr + rx + 1):
                    if 0 <= yy < h and 0 <= xx < w:
                        weight = ax * weigh(ax * (xi - xx)) * ay * weigh(ay * (yi - yy))
                        total += weight * x[:, :, yy, xx]
                        weights += weight
            out[:, :, yo, xo] = total / weights if weights else 0
    return out


BIG = numbers(9, 1, 2, 12, 16)
case("resample/linear_to_a_larger_plane", layer("Resample", "resample_param { height: 10 width: 14 type: LINEAR }"),
     {"x": X}, {"y": resampled(X, 10, 14, "LINEAR")})
case("resample/linear_to_a_smaller_plane_is_smoothed", layer("Resample", "resample_param { height: 5 width: 6 }"),
     {"x": BIG}, {"y": resampled(BIG, 5, 6, "LINEAR")})
case("resample/without_antialias_it_is_not", layer("Resample", "resample_param { height: 5 width: 6 antialias: false }"),
     {"x": BIG}, {"y": resampled(BIG, 5, 6, "LINEAR", False)})
case("resample/cubic", layer("Resample", "resample_param { height: 9 width: 12 type: CUBIC }"),
     {"x": X}, {"y": resampled(X, 9, 12, "CUBIC")})
case("resample/cubic_to_a_smaller_plane", layer("Resample", "resample_param { height: 6 width: 8 type: CUBIC }"),
     {"x": BIG}, {"y": resampled(BIG, 6, 8, "CUBIC")})
case("resample/nearest", layer("Resample", "resample_param { height: 11 width: 15 type: NEAREST }"),
     {"x": X}, {"y": resampled(X, 11, 15, "NEAREST")})
case("resample/to_the_size_of_a_second_bottom", layer("Resample", "", ("x", "like")),
     {"x": X, "like": numbers(10, 2, 1, 8, 9)}, {"y": resampled(X, 8, 9, "LINEAR")})


def resized(x, height, width):
    n, c, h, w = x.shape
    out = np.zeros((n, c, height, width))
    for i in range(height):
        for j in range(width):
            fh, fw = float(F(i) * F(h / F(height))), float(F(j) * F(w / F(width)))
            y, z = math.floor(fh), math.floor(fw)
            fh, fw = fh - y, fw - z
            value = (1 - fh) * (1 - fw) * x[:, :, y, z]
            if z + 1 < w:
                value = value + (1 - fh) * fw * x[:, :, y, z + 1]
            if y + 1 < h:
                value = value + fh * (1 - fw) * x[:, :, y + 1, z]
            if z + 1 < w and y + 1 < h:
                value = value + fh * fw * x[:, :, y + 1, z + 1]
            out[:, :, i, j] = value
    return out


case("resize/beyond_the_last_row_is_nothing", layer("Resize", "resize_param { height: 8 width: 10 }"), {"x": X},
     {"y": resized(X, 8, 10)})
case("resize/a_part_of_the_bottoms_size",
     layer("Resize", "resize_param { is_pyramid_test: true out_height_scale: 0.7 out_width_scale: 1.5 }"), {"x": X},
     {"y": resized(X, 3, 10)})
