"""torch.nn.functional: those functions that are more than one operator, or write its arguments otherwise; the rest is found in ATen.

Source: torch/nn/functional.py.
"""
import math
import sys

import _entrepot
from torch import _core
from torch._core import Tensor, _call, call


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name in _LOSSES:
        found = _loss(name)
    else:
        found = _core.function(name)
    if found is None:
        return _entrepot.Placeholder("torch.nn.functional." + name)
    globals()[name] = found
    return found


_LOSSES = frozenset("""binary_cross_entropy binary_cross_entropy_with_logits cross_entropy ctc_loss cosine_embedding_loss
    gaussian_nll_loss hinge_embedding_loss huber_loss kl_div l1_loss mse_loss margin_ranking_loss multi_margin_loss
    multilabel_margin_loss multilabel_soft_margin_loss nll_loss poisson_nll_loss smooth_l1_loss soft_margin_loss
    triplet_margin_loss triplet_margin_with_distance_loss""".split())


def _loss(name):
    def loss(*_, **__):
        raise _entrepot.SourceError("unsupported", name, "is a loss, which belongs to training; run the network without it")

    return loss


# --- activations

_IN_PLACE = "relu elu selu celu leaky_relu hardtanh relu6 silu mish hardsigmoid hardswish threshold rrelu".split()


def _activation(name):
    op = "aten::" + name

    def activation(input, *args, **kwargs):
        in_place = kwargs.pop("inplace", False)
        if args and type(args[-1]) is bool and name != "rrelu":
            *args, in_place = args
        return _call(op + "_" if in_place else op, (input, *args), kwargs, sys._getframe(1))

    activation.__name__ = name
    return activation


for _name in _IN_PLACE:
    globals()[_name] = _activation(_name)
relu_, elu_, selu_, celu_, leaky_relu_, hardtanh_, threshold_ = (
    _core.function(_name) for _name in "relu_ elu_ selu_ celu_ leaky_relu_ hardtanh_ threshold_".split())
swish = silu


def rrelu(input, lower=1 / 8, upper=1 / 3, training=False, inplace=False):
    return call("aten::rrelu", input, lower, upper, training)


def logsigmoid(input):
    return call("aten::log_sigmoid", input)


def softsign(input):
    return input / (input.abs() + 1)


def tanhshrink(input):
    return input - input.tanh()


def softmax2d(input):
    return softmax(input, -3)


def sigmoid(input):
    return input.sigmoid()


def tanh(input):
    return input.tanh()


def _softmax_dim(input, dim):
    # What PyTorch still takes where a source leaves dim out, with a warning.
    return dim if dim is not None else 0 if input.dim() in (0, 1, 3) else 1


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    return _call("aten::softmax", (input, _softmax_dim(input, dim)), {"dtype": dtype} if dtype else {}, sys._getframe(1))


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    return _call("aten::log_softmax", (input, _softmax_dim(input, dim)), {"dtype": dtype} if dtype else {}, sys._getframe(1))


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    return softmax(-input, dim, dtype=dtype)


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    raise _entrepot.SourceError("unsupported", "gumbel_softmax", "draws random numbers")


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    length = _core._norm(input, p, dim, True, sys._getframe(1))
    return input / length.clamp_min(eps).expand_as(input)


def gelu(input, approximate="none"):
    return _call("aten::gelu", (input,), {} if approximate == "none" else {"approximate": approximate}, sys._getframe(1))


# --- convolution, normalisation, embedding


def linear(input, weight, bias=None):
    return _call("aten::linear", (input, weight, bias), {}, sys._getframe(1))


def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5):
    return _call("aten::batch_norm", (input, weight, bias, running_mean, running_var, training, momentum, eps, True), {}, sys._getframe(1))


def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-5):
    return _call(
        "aten::instance_norm", (input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, True), {}, sys._getframe(1))


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5):
    return _call("aten::layer_norm", (input, list(normalized_shape), weight, bias, eps), {}, sys._getframe(1))


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-5):
    return _call("aten::group_norm", (input, num_groups, weight, bias, eps), {}, sys._getframe(1))


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    squared, axes = input.mul(input).unsqueeze(1), input.dim() - 2
    before, after = size // 2, (size - 1) // 2
    if axes <= 1:
        mean = avg_pool2d(pad(squared, (0, 0, before, after)), (size, 1), 1).squeeze(1)
    else:
        sizes = list(input.size())
        if axes > 2:
            squared = squared.view(sizes[0], 1, sizes[1], sizes[2], -1)
        padded = pad(squared, (0, 0, 0, 0, before, after))
        mean = avg_pool3d(padded, (size, 1, 1), 1).squeeze(1)
        if axes > 2:
            mean = mean.view(sizes)
    return input / mean.mul(alpha).add(k).pow(beta)


def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    if max_norm is not None:
        raise _entrepot.SourceError("unsupported", "embedding", "with max_norm changes its weights when it is used")
    return _call("aten::embedding", (weight, input), {}, sys._getframe(1))


def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode="mean", sparse=False,
                  per_sample_weights=None, include_last_offset=False, padding_idx=None):
    if max_norm is not None:
        raise _entrepot.SourceError("unsupported", "embedding_bag", "with max_norm changes its weights when it is used")
    if input.dim() == 2:
        found = call("aten::embedding", weight, input)
        if per_sample_weights is not None:
            found = found * per_sample_weights.unsqueeze(-1)
        if padding_idx is None:
            return {"sum": found.sum, "mean": found.mean, "max": found.amax}[mode](1)
        offsets = None
    if offsets is None:
        raise _entrepot.SourceError("unsupported", "embedding_bag", "of a matrix with padding_idx")
    return call("aten::embedding_bag", weight, input, offsets, scale_grad_by_freq, ["sum", "mean", "max"].index(mode), sparse,
                per_sample_weights, include_last_offset, padding_idx)[0]


def one_hot(tensor, num_classes=-1):
    return call("aten::one_hot", tensor, num_classes)


def dropout(input, p=0.5, training=True, inplace=False):
    return _call("aten::dropout", (input, p, training), {}, sys._getframe(1))


def _dropout(op):
    def drop(input, p=0.5, training=True, inplace=False):
        return _call(op, (input, p, training), {}, sys._getframe(1))

    return drop


dropout1d = dropout2d = dropout3d = _dropout("aten::feature_dropout")
alpha_dropout, feature_alpha_dropout = _dropout("aten::alpha_dropout"), _dropout("aten::feature_alpha_dropout")


# --- pooling


def _max_pool(axes):
    def pool(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
        op = "aten::max_pool" + axes + ("_with_indices" if return_indices else "")
        arguments = (input, kernel_size, kernel_size if stride is None else stride, padding, dilation, ceil_mode)
        return _call(op, arguments, {}, sys._getframe(1))

    return pool


max_pool1d, max_pool2d, max_pool3d = (_max_pool(axes) for axes in ("1d", "2d", "3d"))


def _with_indices(pool):
    def with_indices(*args, **kwargs):
        return pool(*args, return_indices=True, **kwargs)

    return with_indices


max_pool1d_with_indices, max_pool2d_with_indices, max_pool3d_with_indices = map(_with_indices, (max_pool1d, max_pool2d, max_pool3d))


def _avg_pool(axes):
    def pool(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        arguments = (input, kernel_size, kernel_size if stride is None else stride, padding, ceil_mode, count_include_pad)
        return _call("aten::avg_pool" + axes, arguments if axes == "1d" else arguments + (divisor_override,), {}, sys._getframe(1))

    return pool


avg_pool1d, avg_pool2d, avg_pool3d = (_avg_pool(axes) for axes in ("1d", "2d", "3d"))


def _adaptive_size(input, output_size, axes):
    sizes = [output_size] * axes if not isinstance(output_size, (list, tuple)) else list(output_size)
    return [input.size(i - axes) if size is None else size for i, size in enumerate(sizes)]


def _adaptive(kind, axes):
    op = "aten::adaptive_" + kind + "_pool" + str(axes) + "d"

    def pool(input, output_size, return_indices=False):
        result = _call(op, (input, _adaptive_size(input, output_size, axes)), {}, sys._getframe(1))
        return result[0] if kind == "max" and not return_indices else result

    return pool


adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d = (_adaptive("avg", axes) for axes in (1, 2, 3))
adaptive_max_pool1d, adaptive_max_pool2d, adaptive_max_pool3d = (_adaptive("max", axes) for axes in (1, 2, 3))


def _lp_pool(axes):
    def pool(input, norm_type, kernel_size, stride=None, ceil_mode=False):
        kernel = [kernel_size] * axes if isinstance(kernel_size, int) else list(kernel_size)
        average = globals()["avg_pool" + str(axes) + "d"](input.pow(norm_type), kernel, stride, 0, ceil_mode)
        count = 1
        for size in kernel:
            count *= size
        return (average.sign() * average.abs().relu()).mul(count).pow(1.0 / norm_type)

    return pool


lp_pool1d, lp_pool2d, lp_pool3d = (_lp_pool(axes) for axes in (1, 2, 3))


def _max_unpool(axes):
    def unpool(input, indices, kernel_size, stride=None, padding=0, output_size=None):
        every = lambda x: [x] * axes if isinstance(x, int) else list(x)  # noqa: E731
        kernel, padding = every(kernel_size), every(padding)
        stride = kernel if stride is None else every(stride)
        sizes = [(input.size(i - axes) - 1) * stride[i] + kernel[i] - 2 * padding[i] for i in range(axes)]
        if output_size is not None:
            sizes = list(output_size)[-axes:]
        if axes == 1:
            return call("aten::max_unpool2d", input.unsqueeze(-1), indices.unsqueeze(-1), sizes + [1]).squeeze(-1)
        if axes == 2:
            return call("aten::max_unpool2d", input, indices, sizes)
        return call("aten::max_unpool3d", input, indices, sizes, stride, padding)

    return unpool


max_unpool1d, max_unpool2d, max_unpool3d = (_max_unpool(axes) for axes in (1, 2, 3))


# --- shapes


def pad(input, pad, mode="constant", value=None):
    return _call("aten::pad", (input, list(pad), mode, value), {}, sys._getframe(1))


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    return _call("aten::im2col", (input, *map(_pair, (kernel_size, dilation, padding, stride))), {}, sys._getframe(1))


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    return _call("aten::col2im", (input, *map(_pair, (output_size, kernel_size, dilation, padding, stride))), {}, sys._getframe(1))


def _pair(x):
    return [x, x] if isinstance(x, int) else list(x)


_UPSAMPLING = {
    "nearest": "upsample_nearest", "nearest-exact": "_upsample_nearest_exact", "linear": "upsample_linear",
    "bilinear": "upsample_bilinear", "bicubic": "upsample_bicubic", "trilinear": "upsample_trilinear",
}


def interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False):
    axes = input.dim() - 2
    if size is None and scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    sizes = scales = None
    if size is not None:
        sizes = list(size) if isinstance(size, (list, tuple)) else [size] * axes
        sizes = [_core.whole(s) for s in sizes]
    else:
        scales = list(scale_factor) if isinstance(scale_factor, (list, tuple)) else [scale_factor] * axes
        if recompute_scale_factor:
            sizes = [math.floor(_core.real(input.size(i + 2)) * float(scales[i])) for i in range(axes)]
            scales = None
    if mode == "area":
        sizes = sizes or [math.floor(_core.real(input.size(i + 2)) * float(scales[i])) for i in range(axes)]
        return globals()["adaptive_avg_pool" + str(axes) + "d"](input, sizes)
    name = _UPSAMPLING[mode] + str(axes) + "d"
    if antialias:
        name = "_" + name + "_aa"
    corners = () if mode.startswith("nearest") else (bool(align_corners),)
    scales = None if scales is None else [float(s) for s in scales]
    return _call("aten::" + name, (input, sizes, *corners, scales), {}, sys._getframe(1))


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_bilinear(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, "bilinear", True)


def upsample_nearest(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor)


def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    modes, paddings = ["bilinear", "nearest", "bicubic"], ["zeros", "border", "reflection"]
    return _call(
        "aten::grid_sampler", (input, grid, modes.index(mode), paddings.index(padding_mode), bool(align_corners)), {}, sys._getframe(1))


def affine_grid(theta, size, align_corners=None):
    return _call("aten::affine_grid_generator", (theta, list(size), bool(align_corners)), {}, sys._getframe(1))


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    return _call("aten::cosine_similarity", (x1, x2, dim, eps), {}, sys._getframe(1))


# --- attention


def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False):
    keywords = {}
    if scale is not None:
        keywords["scale"] = scale
    if enable_gqa:
        keywords["enable_gqa"] = True
    return _call("aten::scaled_dot_product_attention", (query, key, value, attn_mask, dropout_p, is_causal), keywords, sys._getframe(1))


def _additive(mask, like):
    """A mask that is added to scores: where a bool mask is True nothing is attended to."""
    if mask is None or mask.dtype is not _core.bool_:
        return mask
    zeros = call("aten::zeros", list(mask.size()), dtype=like.dtype)
    return call("aten::masked_fill", zeros, mask, float("-inf"))


def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v,
                                 add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None,
                                 need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None,
                                 k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True,
                                 is_causal=False):
    """[L, N, E] -> [L, N, E], weights [N, L, S]; without N where query has two axes."""
    batched = query.dim() == 3
    if not batched:
        query, key, value = query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)
        key_padding_mask = key_padding_mask.unsqueeze(0) if key_padding_mask is not None else None
    length, batch, width = query.size(0), query.size(1), embed_dim_to_check
    head = width // num_heads
    if use_separate_proj_weight:
        weights = (q_proj_weight, k_proj_weight, v_proj_weight)
    else:
        weights = in_proj_weight.chunk(3, 0)
    biases = in_proj_bias.chunk(3, 0) if in_proj_bias is not None else (None, None, None)
    q, k, v = (linear(x, w, b) for x, w, b in zip((query, key, value), weights, biases))
    if bias_k is not None:
        k = call("aten::cat", [k, bias_k.expand(1, batch, width)], 0)
        v = call("aten::cat", [v, bias_v.expand(1, batch, width)], 0)
    extra = int(bias_k is not None) + int(add_zero_attn)
    q, k, v = (x.reshape(x.size(0), batch, num_heads, head).permute(1, 2, 0, 3) for x in (q, k, v))
    if add_zero_attn:
        zeros = call("aten::zeros", [batch, num_heads, 1, head], dtype=k.dtype)
        k, v = call("aten::cat", [k, zeros], 2), call("aten::cat", [v, zeros], 2)
    mask = _additive(attn_mask, q)
    if mask is not None and mask.dim() == 3:
        mask = mask.reshape(batch, num_heads, mask.size(1), mask.size(2))
    if mask is not None and extra:
        mask = pad(mask, (0, extra))
    if key_padding_mask is not None:
        padding = _additive(key_padding_mask, q)
        padding = pad(padding, (0, extra)) if extra else padding
        padding = padding.unsqueeze(1).unsqueeze(1)
        mask = padding if mask is None else mask + padding
    if need_weights:
        scores = (q * (1.0 / math.sqrt(head))).matmul(k.transpose(-2, -1))
        attention = (scores if mask is None else scores + mask).softmax(-1)
        mixed = attention.matmul(v)
        attention = attention.mean(1) if average_attn_weights else attention
    else:
        mixed = call("aten::scaled_dot_product_attention", q, k, v, mask, 0.0, is_causal and mask is None)
        attention = None
    mixed = linear(mixed.permute(2, 0, 1, 3).reshape(length, batch, width), out_proj_weight, out_proj_bias)
    if not batched:
        mixed, attention = mixed.squeeze(1), attention.squeeze(0) if attention is not None else None
    return mixed, attention
