#!/usr/bin/env python3
"""Write small pickled modules with inputs and outputs of genuine PyTorch, for the tests of importers.torch.modules.

    tools/torch-modules.py zoo/src/test/resources/dev/entrepot/zoo/convert/torch

NAME.pth is a whole module (torch.save), NAME.npz its input_0 and output_0, output_1, ... in the order in which a walk meets them.
Needs torch, torchvision and numpy.
"""
import pathlib
import sys
import types

sys.modules.setdefault("torchvision._meta_registrations", types.ModuleType("none"))
import numpy
import torch
from torch import nn
from torchvision.models import mobilenetv2, shufflenetv2

TARGET = pathlib.Path(sys.argv[1])


def tensors(value):
    if isinstance(value, torch.Tensor):
        return [value]
    items = value.values() if isinstance(value, dict) else value
    return [tensor for item in items for tensor in tensors(item)]


def write(name, module, *shape, whole=None):
    torch.manual_seed(len(name))
    with torch.no_grad():
        for key, tensor in list(module.named_parameters()) + list(module.named_buffers()):
            if key.endswith("running_var"):
                tensor.uniform_(0.5, 1.5)
            elif tensor.is_floating_point() and tensor.dim() == 1:
                tensor.uniform_(-0.5, 0.9) if "weight" not in key else tensor.uniform_(0.6, 1.4)
        x = torch.randn(*shape)
        arrays = {f"output_{i}": tensor.numpy() for i, tensor in enumerate(tensors(module.eval()(x)))}
    torch.save(whole or module, TARGET / f"{name}.pth")
    numpy.savez_compressed(TARGET / f"{name}.npz", input_0=x.numpy(), **arrays)


def aged(module):
    """As a release wrote it that had fewer attributes."""
    for part in module.modules():
        for attribute in ("padding_mode", "_reversed_padding_repeated_twice", "approximate", "divisor_override", "proj_size"):
            part.__dict__.pop(attribute, None)
        if isinstance(part, nn.BatchNorm2d):
            part.__dict__.pop("track_running_stats")
    return module


def images():
    return nn.Sequential(
        nn.ReflectionPad2d((1, 0, 2, 1)),
        nn.Conv2d(3, 6, 3, padding=1, padding_mode="circular"),
        nn.GroupNorm(2, 6),
        nn.PReLU(6),
        nn.Conv2d(6, 6, 3, padding="same", dilation=2, groups=3),
        nn.InstanceNorm2d(6, affine=True),
        nn.ELU(0.7),
        nn.ConvTranspose2d(6, 4, 3, stride=2, padding=1, output_padding=1, groups=2),
        nn.LocalResponseNorm(3, alpha=0.2, k=1.5),
        nn.ChannelShuffle(2),
        nn.LeakyReLU(0.2),
        nn.Upsample(scale_factor=2, mode="bilinear"),
        nn.AvgPool2d(3, 2, 1, count_include_pad=False),
        nn.PixelUnshuffle(2),
        nn.Softplus(2),
        nn.Hardswish(),
        nn.MaxPool2d(3, 2, 1),
        nn.ZeroPad2d((0, 1, 1, 0)),
        nn.AdaptiveMaxPool2d(3),
        nn.Flatten(),
        nn.Dropout(0.5),
        nn.Linear(144, 8),
        nn.LayerNorm(8),
        nn.Softsign(),
        nn.Unflatten(1, (2, 4)),
        nn.LogSoftmax(2),
    )


def old():
    return nn.Sequential(
        nn.Conv2d(2, 4, 3, 2, 1), nn.BatchNorm2d(4), nn.GELU(), nn.AvgPool2d(2), nn.AdaptiveAvgPool2d((1, None)), nn.Softmax(None)
    )


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    write("layers_of_images", images(), 2, 3, 12, 12)
    module = old()
    torch.manual_seed(3)
    write("layers_of_an_old_release", module, 2, 2, 8, 8)
    torch.save(aged(module), TARGET / "layers_of_an_old_release.pth", _use_new_zipfile_serialization=False)
    write("lstm", nn.LSTM(3, 5, 2, batch_first=True, bidirectional=True), 2, 4, 3)
    write("gru", nn.GRU(3, 5), 4, 2, 3)
    write("rnn", nn.RNN(3, 5, nonlinearity="relu", bias=False), 4, 2, 3)
    layer = nn.TransformerEncoderLayer(8, 2, 16, activation="gelu", batch_first=True)
    write("transformer", nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(8)), 2, 5, 8)
    small = mobilenetv2.MobileNetV2(4, width_mult=0.1, inverted_residual_setting=[[1, 16, 1, 1], [3, 24, 2, 2]])
    write("mobilenet_in_data_parallel", small, 2, 3, 24, 24, whole=nn.DataParallel(small))
    write("shufflenet", shufflenetv2.ShuffleNetV2([1, 2, 1], [4, 8, 16, 24, 32], 3), 2, 3, 32, 32)
    torch.save(nn.Sequential(torch.nn.utils.weight_norm(nn.Linear(3, 2))), TARGET / "weight_norm.pth")


main()
