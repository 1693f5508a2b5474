"""Functions of one element, and normalisation."""

import numpy as np
from case import case, numbers

X = numbers(1, 2, 4, 3, 5, scale=4)


def layer(kind, parameters="", bottoms=("x",), top="y"):
    return 'layer { name: "l" type: "%s" %s top: "%s" %s }' % (
        kind, " ".join('bottom: "%s"' % b for b in bottoms), top, parameters)


def each(function, x=X):
    return np.array([function(float(v)) for v in x.ravel()]).reshape(x.shape)


case("activations/relu6_stops_at_6", layer("ReLU6"), {"x": X}, {"y": each(lambda v: min(max(v, 0), 6))})
case("activations/relu6_may_leak", layer("ReLU6", "relu6_param { negative_slope: 0.1 }"), {"x": X},
     {"y": each(lambda v: min(max(v, 0) + np.float32(0.1) * min(v, 0), 6))})
case("activations/mish", layer("Mish"), {"x": X}, {"y": each(lambda v: v * np.tanh(np.log1p(np.exp(v))))})
case("activations/selu_has_the_constants_of_its_paper", layer("SELU"), {"x": X},
     {"y": each(lambda v: 1.0507009873554805 * (v if v > 0 else 1.6732632423543772 * (np.exp(v) - 1)))})
case("activations/selu_of_other_constants", layer("SeLU", "selu_param { alpha: 1.5 lambda: 2 }"), {"x": X},
     {"y": each(lambda v: 2 * (v if v > 0 else 1.5 * (np.exp(v) - 1)))})
case("activations/crelu_doubles_the_channels", layer("CReLU"), {"x": X},
     {"y": np.concatenate([each(lambda v: max(v, 0)), each(lambda v: max(-v, 0))], axis=1)})
case("activations/crelu_along_another_axis_may_leak",
     layer("CReLU", "crelu_param { negative_slope: 0.5 concat_axis: -1 }"), {"x": X},
     {"y": np.concatenate([each(lambda v: v if v > 0 else v / 2), each(lambda v: -v if v < 0 else -v / 2)], axis=3)})
case("activations/cosine", layer("Cos"), {"x": X}, {"y": each(np.cos)})
case("activations/sine", layer("Sin"), {"x": X}, {"y": each(np.sin)})
case("activations/square_root", layer("Sqrt"), {"x": abs(X)}, {"y": each(np.sqrt, abs(X))})
SLOPES = numbers(2, 4)
case("activations/channels_prelu_is_prelu", layer("ChannelsPReLU"), {"x": X},
     {"y": np.stack([each(lambda v: v if v > 0 else v * float(s), X[:, c]) for c, s in enumerate(SLOPES)], axis=1)},
     {"l/0": SLOPES})
PLANE = numbers(3, 2, 1, 3, 5)
case("activations/one_plane_weighs_all_channels", layer("SpatialProduct", bottoms=("x", "plane")),
     {"x": X, "plane": PLANE}, {"y": np.stack([X[:, c] * PLANE[:, 0] for c in range(4)], axis=1)})


def normalised(x, spatial, scale, eps=1e-10):
    """weiliu89/caffe (ssd) normalize_layer.cpp, Forward_cpu."""
    out = np.zeros(x.shape)
    for n in range(len(x)):
        if spatial:
            out[n] = x[n] / np.sqrt((x[n].astype(float) ** 2).sum() + eps)
        else:
            for place in np.ndindex(*x.shape[2:]):
                column = x[(n, slice(None), *place)].astype(float)
                out[(n, slice(None), *place)] = column / np.sqrt((column ** 2).sum() + eps)
        for c in range(x.shape[1]):
            out[n, c] *= scale[c % len(scale)]
    return out


SCALE = numbers(4, 4)
case("normalize/one_scale_for_each_channel",
     layer("Normalize", "norm_param { across_spatial: false channel_shared: false }"), {"x": X},
     {"y": normalised(X, False, SCALE)}, {"l/0": SCALE})
case("normalize/over_the_whole_item_with_one_scale", layer("Normalize"), {"x": X},
     {"y": normalised(X, True, [2.5])}, {"l/0": np.float32([2.5])})
case("normalize/eps_stands_under_the_root",
     layer("Normalize", "norm_param { across_spatial: false eps: 10 }"), {"x": X},
     {"y": normalised(X, False, [0.5], 10)}, {"l/0": np.float32([0.5])})
case("normalize/grn_has_no_scale", layer("GRN", "grn_param { bias: 2 }"), {"x": X}, {"y": normalised(X, False, [1], 2)})

SLOPE, BIAS, MEAN, VARIANCE = numbers(5, 4), numbers(6, 4), numbers(7, 4), abs(numbers(8, 4))
FOUR = {"l/0": SLOPE, "l/1": BIAS, "l/2": MEAN, "l/3": VARIANCE}


def along(v):
    return v.reshape(1, 4, 1, 1).astype(float)


case("bn/four_blobs_hold_stored_statistics", layer("BN", "bn_param { eps: 0.01 }"), {"x": X},
     {"y": (X - along(MEAN)) / np.sqrt(along(VARIANCE) + 0.01) * along(SLOPE) + along(BIAS)},
     {key: value.reshape(1, 4) for key, value in FOUR.items()})
TWO = {"l/0": SLOPE.reshape(1, 4, 1, 1), "l/1": BIAS.reshape(1, 4, 1, 1)}
mean = X.astype(float).mean((0, 2, 3))
variance = (X.astype(float) ** 2).mean((0, 2, 3)) - mean ** 2
case("bn/two_blobs_go_with_the_batchs_own_statistics", layer("BN"), {"x": X},
     {"y": (X - along(mean)) / np.sqrt(along(variance) + 1e-9) * along(SLOPE) + along(BIAS)}, TWO)
case("bn/inference_mode_only_scales_and_shifts", layer("BN", "bn_param { bn_mode: INFERENCE }"), {"x": X},
     {"y": X * along(SLOPE) + along(BIAS)}, TWO)

case("activations/binarization_gives_1_and_minus_1", layer("Binarization"), {"x": X}, {"y": each(lambda v: 1 if v > 0 else -1)})
SEEN = {"l/0": np.full((1, 1, 1, 1), 1000), "l/1": numbers(9, 1, 4, 3, 5), "l/2": numbers(10, 1, 4, 1, 1)}
case("data_augmentation/the_mean_of_each_channel_goes",
     layer("DataAugmentation", "augmentation_param { max_multiplier: 1 recompute_mean: 1000 mean_per_pixel: false "
                               "crop_width: 5 crop_height: 3 }"), {"x": X}, {"y": X - SEEN["l/2"]}, SEEN)
case("data_augmentation/the_mean_of_each_element_goes",
     layer("DataAugmentation", "augmentation_param { recompute_mean: 1000 mean_per_pixel: true }"),
     {"x": X}, {"y": X - SEEN["l/1"]}, SEEN)
THREE = numbers(11, 2, 3, 4, 4)
case("data_augmentation/a_mean_may_be_given",
     layer("DataAugmentation", "augmentation_param { mean: 0.5 mean: 1 mean: 2 mean_per_pixel: false }"),
     {"x": THREE}, {"y": THREE - np.array([0.5, 1, 2], np.float32).reshape(1, 3, 1, 1)})

case("clip/between_min_and_max", layer("Clip", "clip_param { min: -1.5 max: 2 }"), {"x": X},
     {"y": each(lambda v: min(max(v, -1.5), 2))})
case("swish/beta_weighs_what_the_sigmoid_sees", layer("Swish", "swish_param { beta: 0.5 }"), {"x": X},
     {"y": each(lambda v: v / (1 + np.exp(-0.5 * v)))})
case("swish/beta_is_1_unless_said", layer("Swish"), {"x": X}, {"y": each(lambda v: v / (1 + np.exp(-v)))})
# Tencent/ncnn caffe2ncnn.cpp, Dropout: what was not scaled while training is at test.
case("dropout/scale_train_false_scales_at_test",
     layer("Dropout", "dropout_param { dropout_ratio: 0.25 scale_train: false }"), {"x": X}, {"y": X * np.float32(0.75)})
