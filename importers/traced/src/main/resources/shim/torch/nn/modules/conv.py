"""Convolutions. Source: torch/nn/modules/conv.py."""
import torch.nn.functional as F
from torch._core import Parameter, call
from torch.nn.modules.module import Module
from torch.nn.modules.utils import _ntuple, _reverse_repeat_tuple


class _ConvNd(Module):
    _axes, _transposed = 0, False

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True,
                 padding_mode="zeros", output_padding=0, device=None, dtype=None):
        super().__init__()
        if groups <= 0 or in_channels % groups or out_channels % groups:
            raise ValueError("in_channels %r and out_channels %r must be divisible by groups %r" % (in_channels, out_channels, groups))
        every = _ntuple(self._axes)
        self.in_channels, self.out_channels, self.groups, self.padding_mode = in_channels, out_channels, groups, padding_mode
        self.kernel_size, self.stride, self.dilation = every(kernel_size), every(stride), every(dilation)
        self.padding = padding if isinstance(padding, str) else every(padding)
        self.output_padding, self.transposed = every(output_padding), self._transposed
        before, after = (in_channels, out_channels) if self._transposed else (out_channels, in_channels)
        self.weight = Parameter.of((before, after // groups) + self.kernel_size)
        if bias:
            self.bias = Parameter.of((out_channels,))
        else:
            self.register_parameter("bias", None)
        if isinstance(padding, str):
            total = [d * (k - 1) if padding == "same" else 0 for d, k in zip(self.dilation, self.kernel_size)]
            pairs = [(t // 2, t - t // 2) for t in total]
            self._reversed_padding_repeated_twice = [n for pair in reversed(pairs) for n in pair]
        else:
            self._reversed_padding_repeated_twice = list(_reverse_repeat_tuple(self.padding, 2))

    def reset_parameters(self):
        pass

    def _conv_forward(self, input, weight, bias):
        convolve = getattr(F, "conv" + str(self._axes) + "d")
        if self.padding_mode != "zeros":
            padded = F.pad(input, self._reversed_padding_repeated_twice, mode=self.padding_mode)
            return convolve(padded, weight, bias, self.stride, 0, self.dilation, self.groups)
        return convolve(input, weight, bias, self.stride, self.padding, self.dilation, self.groups)

    def forward(self, input):
        return self._conv_forward(input, self.weight, self.bias)


class Conv1d(_ConvNd):
    _axes = 1


class Conv2d(_ConvNd):
    _axes = 2


class Conv3d(_ConvNd):
    _axes = 3


class _ConvTransposeNd(_ConvNd):
    _transposed = True

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True,
                 dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, output_padding)

    def forward(self, input, output_size=None):
        extra = self.output_padding
        if output_size is not None:
            sizes = list(output_size)[-self._axes:]
            extra = [
                size - ((input.size(i - self._axes) - 1) * s - 2 * p + d * (k - 1) + 1)
                for i, (size, s, p, d, k) in enumerate(zip(sizes, self.stride, self.padding, self.dilation, self.kernel_size))
            ]
        return getattr(F, "conv_transpose" + str(self._axes) + "d")(
            input, self.weight, self.bias, self.stride, self.padding, extra, self.groups, self.dilation
        )


class ConvTranspose1d(_ConvTransposeNd):
    _axes = 1


class ConvTranspose2d(_ConvTransposeNd):
    _axes = 2


class ConvTranspose3d(_ConvTransposeNd):
    _axes = 3


class _Lazy:
    """Its number of channels is only known when it is first called, or from the checkpoint."""

    def __init__(self, *_, **__):
        import _entrepot

        raise _entrepot.SourceError(
            "unsupported", type(self).__name__, "takes its sizes from data; write the layer with its number of input channels")


LazyConv1d = LazyConv2d = LazyConv3d = LazyConvTranspose1d = LazyConvTranspose2d = LazyConvTranspose3d = _Lazy
