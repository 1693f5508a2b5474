"""torchvision.ops; this project's own code over the operators of torchvision's namespace."""
import sys

import _entrepot
import torch
from torch import nn
from torch._core import _call, call
from torchvision.ops.misc import (  # noqa: F401
    MLP, Conv2dNormActivation, Conv3dNormActivation, FrozenBatchNorm2d, Permute, SqueezeExcitation,
)
from torchvision.ops.stochastic_depth import StochasticDepth, stochastic_depth  # noqa: F401


def nms(boxes, scores, iou_threshold):
    return _call("torchvision::nms", (boxes, scores, iou_threshold), {}, sys._getframe(1))


def batched_nms(boxes, scores, idxs, iou_threshold):
    offsets = idxs.to(boxes.dtype) * (boxes.max() + 1.0)
    return call("torchvision::nms", boxes + offsets[:, None], scores, iou_threshold)


def _pair(x):
    return [x, x] if isinstance(x, int) else list(x)


def _rois(boxes):
    if not isinstance(boxes, (list, tuple)):
        return boxes
    numbered = [torch.cat([torch.full_like(b[:, :1], i), b], 1) for i, b in enumerate(boxes)]
    return torch.cat(numbered, 0)


def roi_align(input, boxes, output_size, spatial_scale=1.0, sampling_ratio=-1, aligned=False):
    height, width = _pair(output_size)
    return _call("torchvision::roi_align", (input, _rois(boxes), float(spatial_scale), height, width, sampling_ratio, aligned), {}, sys._getframe(1))


def roi_pool(input, boxes, output_size, spatial_scale=1.0):
    height, width = _pair(output_size)
    return call("torchvision::roi_pool", input, _rois(boxes), float(spatial_scale), height, width)[0]


def ps_roi_align(input, boxes, output_size, spatial_scale=1.0, sampling_ratio=-1):
    height, width = _pair(output_size)
    return call("torchvision::ps_roi_align", input, _rois(boxes), float(spatial_scale), height, width, sampling_ratio)[0]


def ps_roi_pool(input, boxes, output_size, spatial_scale=1.0):
    height, width = _pair(output_size)
    return call("torchvision::ps_roi_pool", input, _rois(boxes), float(spatial_scale), height, width)[0]


def deform_conv2d(input, offset, weight, bias=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), mask=None):
    strides, pads, dilations = _pair(stride), _pair(padding), _pair(dilation)
    height, width = weight.shape[-2:]
    offsets = offset.shape[1] // (2 * height * width)
    groups = input.shape[1] // weight.shape[1]
    used = mask is not None
    if mask is None:
        mask = torch.zeros(input.shape[0], 1)
    if bias is None:
        bias = torch.zeros(weight.shape[0], dtype=input.dtype)
    return _call(
        "torchvision::deform_conv2d",
        (input, weight, offset, mask, bias, *strides, *pads, *dilations, groups, offsets, used), {}, sys._getframe(1))


class _Pooled(nn.Module):
    def __init__(self, output_size, spatial_scale=1.0, *more):
        super().__init__()
        self.arguments = (output_size, spatial_scale) + more

    def forward(self, input, rois):
        return type(self)._function(input, rois, *self.arguments)


class RoIAlign(_Pooled):
    _function = staticmethod(roi_align)

    def __init__(self, output_size, spatial_scale=1.0, sampling_ratio=-1, aligned=False):
        super().__init__(output_size, spatial_scale, sampling_ratio, aligned)


class RoIPool(_Pooled):
    _function = staticmethod(roi_pool)


class DeformConv2d(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True):
        super().__init__()
        self.stride, self.padding, self.dilation = _pair(stride), _pair(padding), _pair(dilation)
        self.weight = nn.Parameter(torch.empty(out_channels, in_channels // groups, *_pair(kernel_size)))
        self.register_parameter("bias", nn.Parameter(torch.zeros(out_channels)) if bias else None)

    def forward(self, input, offset, mask=None):
        return deform_conv2d(input, offset, self.weight, self.bias, self.stride, self.padding, self.dilation, mask)


def box_area(boxes):
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def box_iou(boxes1, boxes2):
    first, second = box_area(boxes1), box_area(boxes2)
    top = torch.max(boxes1[:, None, :2], boxes2[:, :2])
    bottom = torch.min(boxes1[:, None, 2:], boxes2[:, 2:])
    size = (bottom - top).clamp(min=0)
    shared = size[:, :, 0] * size[:, :, 1]
    return shared / (first[:, None] + second - shared)


def clip_boxes_to_image(boxes, size):
    height, width = size
    x, y = boxes[..., 0::2].clamp(min=0, max=width), boxes[..., 1::2].clamp(min=0, max=height)
    return torch.stack((x, y), dim=boxes.dim()).reshape(boxes.shape)


def remove_small_boxes(boxes, min_size):
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    return torch.where((width >= min_size) & (height >= min_size))[0]


def box_convert(boxes, in_fmt, out_fmt):
    if in_fmt == out_fmt:
        return boxes
    a, b, c, d = boxes.unbind(-1)
    if in_fmt == "cxcywh":
        corners = (a - 0.5 * c, b - 0.5 * d, a + 0.5 * c, b + 0.5 * d)
    else:
        corners = (a, b, a + c, b + d) if in_fmt == "xywh" else (a, b, c, d)
    a, b, c, d = corners
    if out_fmt == "xywh":
        corners = (a, b, c - a, d - b)
    elif out_fmt == "cxcywh":
        corners = ((a + c) / 2, (b + d) / 2, c - a, d - b)
    return torch.stack(corners, dim=-1)


class FeaturePyramidNetwork(nn.Module):
    def __init__(self, in_channels_list, out_channels, extra_blocks=None, norm_layer=None):
        super().__init__()
        if extra_blocks is not None:
            raise _entrepot.SourceError("unsupported", "FeaturePyramidNetwork", "with extra blocks")
        bias = norm_layer is None
        block = lambda i, k, p: nn.Sequential(  # noqa: E731
            nn.Conv2d(i, out_channels, k, padding=p, bias=bias), *([norm_layer(out_channels)] if norm_layer else []))
        self.inner_blocks = nn.ModuleList([block(channels, 1, 0) for channels in in_channels_list])
        self.layer_blocks = nn.ModuleList([block(out_channels, 3, 1) for _ in in_channels_list])

    def forward(self, x):
        names, features = list(x.keys()), list(x.values())
        last = self.inner_blocks[-1](features[-1])
        results = [self.layer_blocks[-1](last)]
        for i in range(len(features) - 2, -1, -1):
            lateral = self.inner_blocks[i](features[i])
            last = lateral + nn.functional.interpolate(last, size=lateral.shape[-2:], mode="nearest")
            results.insert(0, self.layer_blocks[i](last))
        return dict(zip(names, results))


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _entrepot.Placeholder("torchvision.ops." + name)
