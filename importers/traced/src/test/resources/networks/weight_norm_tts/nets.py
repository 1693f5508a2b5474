"""A vocoder's residual stack: weight norm, dilated convolutions, transposed convolutions, GLU."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import remove_weight_norm, weight_norm

LRELU_SLOPE = 0.1


def get_padding(kernel_size, dilation=1):
    return int((kernel_size * dilation - dilation) / 2)


class ResBlock(torch.nn.Module):
    def __init__(self, channels, kernel_size=3, dilation=(1, 3)):
        super().__init__()
        self.convs = nn.ModuleList([
            weight_norm(nn.Conv1d(channels, channels, kernel_size, 1, dilation=d, padding=get_padding(kernel_size, d)))
            for d in dilation])

    def forward(self, x):
        for c in self.convs:
            xt = F.leaky_relu(x, LRELU_SLOPE)
            xt = c(xt)
            x = xt + x
        return x


class Generator(torch.nn.Module):
    def __init__(self, rates=(4, 2), kernels=(8, 4), mels=10, width=16):
        super().__init__()
        self.num_kernels = 2
        self.conv_pre = weight_norm(nn.Conv1d(mels, width, 7, 1, padding=3))
        self.ups, self.resblocks = nn.ModuleList(), nn.ModuleList()
        for i, (u, k) in enumerate(zip(rates, kernels)):
            self.ups.append(weight_norm(nn.ConvTranspose1d(width // (2 ** i), width // (2 ** (i + 1)), k, u, padding=(k - u) // 2)))
        for i in range(len(self.ups)):
            ch = width // (2 ** (i + 1))
            for j, k in enumerate((3, 5)):
                self.resblocks.append(ResBlock(ch, k))
        self.conv_post = weight_norm(nn.Conv1d(ch, 2, 7, 1, padding=3))

    def forward(self, x):
        x = self.conv_pre(x)
        for i in range(len(self.ups)):
            x = F.leaky_relu(x, LRELU_SLOPE)
            x = self.ups[i](x)
            xs = None
            for j in range(self.num_kernels):
                if xs is None:
                    xs = self.resblocks[i * self.num_kernels + j](x)
                else:
                    xs += self.resblocks[i * self.num_kernels + j](x)
            x = xs / self.num_kernels
        x = F.leaky_relu(x)
        x = self.conv_post(x)
        return torch.tanh(F.glu(x, 1))
