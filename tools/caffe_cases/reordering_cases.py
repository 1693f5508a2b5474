"""Layers that move elements."""

import numpy as np
from case import case, numbers

X = numbers(1, 2, 4, 3, 5)


def layer(kind, parameters="", bottoms=("x",), tops=("y",)):
    wires = " ".join('bottom: "%s"' % b for b in bottoms) + " " + " ".join('top: "%s"' % t for t in tops)
    return 'layer { name: "l" type: "%s" %s %s }' % (kind, wires, parameters)


def permuted(x, order):
    """weiliu89/caffe (ssd) permute_layer.cpp, Permute: steps of the old axes, walked in the order of the new ones."""
    order = list(order) + [axis for axis in range(x.ndim) if axis not in order]
    old = [int(np.prod(x.shape[axis + 1:])) for axis in range(x.ndim)]
    shape = [x.shape[axis] for axis in order]
    flat, out = x.ravel(), np.zeros(x.size)
    for place, index in enumerate(np.ndindex(*shape)):
        out[place] = flat[sum(i * old[axis] for i, axis in zip(index, order))]
    return out.reshape(shape)


case("permute/all_axes_in_a_new_order",
     layer("Permute", "permute_param { order: 0 order: 2 order: 3 order: 1 }"), {"x": X}, {"y": permuted(X, (0, 2, 3, 1))})
case("permute/axes_that_are_not_named_follow",
     layer("Permute", "permute_param { order: 2 order: 0 }"), {"x": X}, {"y": permuted(X, (2, 0))})
case("permute/the_old_order_changes_nothing", layer("Permute"), {"x": X}, {"y": X})


def shuffled(x, group):
    """farmingyard/ShuffleNet shuffle_channel_layer.cpp, Resize_cpu."""
    columns = x.shape[1] // group
    out = np.zeros_like(x)
    for n in range(x.shape[0]):
        for i in range(group):
            for j in range(columns):
                out[n, j * group + i] = x[n, i * columns + j]
    return out


WIDE = numbers(2, 2, 6, 2, 3)
case("shuffle_channel/three_groups_are_interleaved",
     layer("ShuffleChannel", "shuffle_channel_param { group: 3 }"), {"x": WIDE}, {"y": shuffled(WIDE, 3)})
case("shuffle_channel/one_group_changes_nothing", layer("ShuffleChannel"), {"x": WIDE}, {"y": WIDE})


def reorganised(x, stride, forward):
    """eric612/MobileNet-YOLO reorg_layer.cpp, reorg_cpu, as Darknet's: one index counts in the bottom's own shape, the other in a
    shape of stride * stride fewer channels."""
    batch, c, h, w = x.shape
    out_c = c // (stride * stride)
    flat, out = x.ravel(), np.zeros(x.size)
    for b in range(batch):
        for k in range(c):
            for j in range(h):
                for i in range(w):
                    inside = i + w * (j + h * (k + c * b))
                    offset, c2 = k // out_c, k % out_c
                    w2, h2 = i * stride + offset % stride, j * stride + offset // stride
                    outside = w2 + w * stride * (h2 + h * stride * (c2 + out_c * b))
                    if forward:
                        out[outside] = flat[inside]
                    else:
                        out[inside] = flat[outside]
    if forward:
        return out.reshape(batch, out_c, h * stride, w * stride)
    return out.reshape(batch, c * stride * stride, h // stride, w // stride)


PLANES = numbers(3, 2, 8, 4, 6)
case("reorg/the_way_forth_mixes_channels_as_darknet_does",
     layer("Reorg", "reorg_param { stride: 2 }"), {"x": PLANES}, {"y": reorganised(PLANES, 2, False)})
case("reorg/the_way_back_spreads_channels_over_the_plane",
     layer("Reorg", "reorg_param { stride: 2 reverse: true }"), {"x": PLANES}, {"y": reorganised(PLANES, 2, True)})
NINE = numbers(4, 1, 18, 3, 6)
case("reorg/a_stride_of_3",
     layer("Reorg", "reorg_param { stride: 3 }"), {"x": NINE}, {"y": reorganised(NINE, 3, False)})


def reversed_along(x, axes):
    """synopsys-caffe reverse_layer.cpp, reverse_indices."""
    out = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        out[tuple(x.shape[a] - 1 - i if a in axes else i for a, i in enumerate(index))] = x[index]
    return out


case("reverse/several_axes_counted_from_either_end",
     layer("Reverse", "reverse_param { axis: 1 axis: -1 }"), {"x": X}, {"y": reversed_along(X, (1, 3))})
case("reverse/no_axis_changes_nothing", layer("Reverse"), {"x": X}, {"y": X})

case("select/from_one_point_to_another",
     layer("Select", "select_param { slice_point: 1 slice_point: 3 axis: 1 }"), {"x": X}, {"y": X[:, 1:3]})
case("select/from_one_point_to_the_end",
     layer("Select", "select_param { slice_point: 2 axis: 3 }"), {"x": X}, {"y": X[..., 2:]})

case("crop_center/both_ends_of_each_axis_go",
     layer("CropCenter", "crop_center_param { crop_size: 0 crop_size: 1 crop_size: 0 crop_size: 2 }"),
     {"x": X}, {"y": X[:, 1:3, :, 2:3]})


def padded(x, top, left, bottom, right, value):
    """sophgo/caffe padding_layer.cpp, Forward_cpu."""
    n, c, height, width = x.shape
    out = np.zeros((n, c, height + top + bottom, width + left + right))
    for ph in range(out.shape[2]):
        for pw in range(out.shape[3]):
            h, w = ph - top, pw - left
            out[:, :, ph, pw] = value if h < 0 or w < 0 or h >= height or w >= width else x[:, :, h, w]
    return out


case("padding/each_side_has_its_own_width",
     layer("Padding", "padding_param { pad_t: 1 pad_l: 2 pad_b: 3 pad_r: 0 pad_value: -2 }"),
     {"x": X}, {"y": padded(X, 1, 2, 3, 0, -2)})

INDICES = np.array([3, 0, 0, 2, 1, 3], np.float32)
ITEMS = numbers(5, 4, 3, 2)
case("batch_reindex/items_may_come_again",
     layer("BatchReindex", bottoms=("x", "indices")), {"x": ITEMS, "indices": INDICES},
     {"y": ITEMS[INDICES.astype(int)]})
SELECTOR = np.array([1, 0, -2, 0.5], np.float32)
case("filter/items_whose_selector_is_not_0_pass",
     layer("Filter", bottoms=("x", "z", "selector"), tops=("y", "w")),
     {"x": ITEMS, "z": numbers(6, 4, 2), "selector": SELECTOR},
     {"y": ITEMS[[0, 2, 3]], "w": numbers(6, 4, 2)[[0, 2, 3]]})
case("filter/a_selector_may_have_more_axes_of_1",
     layer("Filter", bottoms=("x", "selector")), {"x": ITEMS, "selector": SELECTOR.reshape(4, 1, 1)},
     {"y": ITEMS[[0, 2, 3]]})

# BVLC/caffe#1263, before reshape_param had a shape: 0 copies, -1 infers.
case("reshape/sizes_by_their_old_names", layer("Reshape", "reshape_param { channels: 2 height: -1 }"), {"x": X},
     {"y": X.reshape(2, 2, 6, 5)})
