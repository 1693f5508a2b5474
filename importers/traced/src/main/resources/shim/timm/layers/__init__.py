"""The small layers of timm that sources borrow; this project's own code. Source of the meaning: timm/layers of huggingface/pytorch-image-models."""
import collections.abc

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.init import trunc_normal_  # noqa: F401


def _ntuple(n):
    def parse(x):
        if isinstance(x, collections.abc.Iterable) and not isinstance(x, str):
            return tuple(x)
        return tuple([x] * n)

    return parse


to_1tuple, to_2tuple, to_3tuple, to_4tuple, to_ntuple = _ntuple(1), _ntuple(2), _ntuple(3), _ntuple(4), _ntuple


def _filled(tensor=None, *_, **__):
    return tensor


lecun_normal_ = variance_scaling_ = trunc_normal_tf_ = init_weight_vit = _filled


def make_divisible(v, divisor=8, min_value=None, round_limit=0.9):
    least = min_value or divisor
    rounded = max(least, int(v + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < round_limit * v else rounded


def drop_path(x, drop_prob=0.0, training=False, scale_by_keep=True):
    return x


class DropPath(nn.Module):
    def __init__(self, drop_prob=0.0, scale_by_keep=True):
        super().__init__()
        self.drop_prob, self.scale_by_keep = drop_prob, scale_by_keep

    def forward(self, x):
        return x


class DropBlock2d(DropPath):
    def __init__(self, drop_prob=0.1, *_, **__):
        super().__init__(drop_prob)


class Mlp(nn.Module):
    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.GELU, norm_layer=None, bias=True, drop=0.0,
                 use_conv=False):
        super().__init__()
        out, hidden = out_features or in_features, hidden_features or in_features
        bias, drop = to_2tuple(bias), to_2tuple(drop)
        layer = (lambda i, o, bias: nn.Conv2d(i, o, 1, bias=bias)) if use_conv else nn.Linear
        self.fc1, self.act, self.drop1 = layer(in_features, hidden, bias=bias[0]), act_layer(), nn.Dropout(drop[0])
        self.norm = norm_layer(hidden) if norm_layer is not None else nn.Identity()
        self.fc2, self.drop2 = layer(hidden, out, bias=bias[1]), nn.Dropout(drop[1])

    def forward(self, x):
        return self.drop2(self.fc2(self.norm(self.drop1(self.act(self.fc1(x))))))


class PatchEmbed(nn.Module):
    def __init__(self, img_size=224, patch_size=16, in_chans=3, embed_dim=768, norm_layer=None, flatten=True, bias=True, **_):
        super().__init__()
        self.patch_size = to_2tuple(patch_size)
        self.img_size = to_2tuple(img_size) if img_size is not None else None
        self.grid_size = tuple(s // p for s, p in zip(self.img_size, self.patch_size)) if self.img_size else None
        self.num_patches = self.grid_size[0] * self.grid_size[1] if self.img_size else None
        self.flatten = flatten
        self.proj = nn.Conv2d(in_chans, embed_dim, self.patch_size, self.patch_size, bias=bias)
        self.norm = norm_layer(embed_dim) if norm_layer else nn.Identity()

    def forward(self, x):
        x = self.proj(x)
        return self.norm(x.flatten(2).transpose(1, 2) if self.flatten else x)


class LayerNorm2d(nn.LayerNorm):
    def __init__(self, num_channels, eps=1e-6, affine=True):
        super().__init__(num_channels, eps=eps, elementwise_affine=affine)

    def forward(self, x):
        x = F.layer_norm(x.permute(0, 2, 3, 1), self.normalized_shape, self.weight, self.bias, self.eps)
        return x.permute(0, 3, 1, 2)


class LayerNorm(nn.LayerNorm):
    def __init__(self, num_channels, eps=1e-6, affine=True):
        super().__init__(num_channels, eps=eps, elementwise_affine=affine)


class LayerScale(nn.Module):
    def __init__(self, dim, init_values=1e-5, inplace=False):
        super().__init__()
        self.inplace, self.gamma = inplace, nn.Parameter(init_values * torch.ones(dim))

    def forward(self, x):
        return x * self.gamma


class SqueezeExcite(nn.Module):
    def __init__(self, channels, rd_ratio=1.0 / 16, rd_channels=None, rd_divisor=8, bias=True, act_layer=nn.ReLU, gate_layer=nn.Sigmoid, **_):
        super().__init__()
        reduced = rd_channels or make_divisible(channels * rd_ratio, rd_divisor, round_limit=0.0)
        self.fc1, self.bn, self.act = nn.Conv2d(channels, reduced, 1, bias=bias), nn.Identity(), act_layer(inplace=True)
        self.fc2, self.gate = nn.Conv2d(reduced, channels, 1, bias=bias), gate_layer()

    def forward(self, x):
        return x * self.gate(self.fc2(self.act(self.bn(self.fc1(x.mean((2, 3), keepdim=True))))))


SEModule = SqueezeExcite


class GlobalResponseNorm(nn.Module):
    def __init__(self, dim, eps=1e-6, channels_last=True):
        super().__init__()
        self.eps, self.axes, self.channel = eps, (1, 2) if channels_last else (2, 3), -1 if channels_last else 1
        self.shape = (1, 1, 1, -1) if channels_last else (1, -1, 1, 1)
        self.weight, self.bias = nn.Parameter(torch.zeros(dim)), nn.Parameter(torch.zeros(dim))

    def forward(self, x):
        length = x.norm(p=2, dim=self.axes, keepdim=True)
        scaled = length / (length.mean(dim=self.channel, keepdim=True) + self.eps)
        return x + torch.addcmul(self.bias.view(self.shape), self.weight.view(self.shape), x * scaled)


def get_act_layer(name="relu"):
    if not isinstance(name, str):
        return name
    return {"relu": nn.ReLU, "gelu": nn.GELU, "silu": nn.SiLU, "swish": nn.SiLU, "relu6": nn.ReLU6, "hard_swish": nn.Hardswish,
            "hard_sigmoid": nn.Hardsigmoid, "leaky_relu": nn.LeakyReLU, "elu": nn.ELU, "mish": nn.Mish, "tanh": nn.Tanh,
            "sigmoid": nn.Sigmoid}[name]


def use_fused_attn(*_, **__):
    return True


def resample_abs_pos_embed(posemb, *_, **__):
    return posemb


def get_padding(kernel_size, stride=1, dilation=1, **_):
    return (stride - 1 + dilation * (kernel_size - 1)) // 2


class _GlobalPool(nn.Module):
    def __init__(self, output_size=1, pool_type="avg", flatten=False, **_):
        super().__init__()
        self.pool_type, self.flatten = pool_type or "", flatten

    def forward(self, x):
        if not self.pool_type:
            return x
        x = F.adaptive_avg_pool2d(x, 1) if self.pool_type == "avg" else F.adaptive_max_pool2d(x, 1)
        return x.flatten(1) if self.flatten else x


SelectAdaptivePool2d = _GlobalPool
