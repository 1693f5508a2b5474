#!/usr/bin/env python3
"""Write what torchvision's small networks give for weights and an image that a formula makes, for the tests of importers.torch.modules.

    tools/torchvision-outputs.py | gzip -9n > zoo/src/test/resources/dev/entrepot/zoo/convert/torch/by_formula.txt.gz

A network begins with `= NAME`; then come `t KEY SIZE...` for each tensor of its state_dict and `o NUMBER...`, its ten outputs. The formula is
in `number` and `scale`, and told again in StateDictsTest. Needs torch, torchvision and numpy.
"""
import math
import sys
import types
import zlib

sys.modules.setdefault("torchvision._meta_registrations", types.ModuleType("none"))
import numpy
import torch
from torchvision import models

NAMES = "squeezenet1_0 squeezenet1_1 mobilenet_v2 mobilenet_v3_small shufflenet_v2_x0_5 mnasnet0_5 regnet_y_400mf resnet18".split()


def number(key, count):
    """Numbers in [-1, 1): the finalizer of MurmurHash3 over the CRC of the key and the index."""
    h = (zlib.crc32(key.encode()) + numpy.arange(count, dtype=numpy.uint64) * 0x9E3779B9) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        h = ((h ^ (h >> shift)) * factor) & 0xFFFFFFFF
    return (h ^ (h >> 16)).astype(numpy.float64) / 2**31 - 1


def scale(key, shape):
    """The middle of a tensor's numbers, and how far they go from it."""
    if len(shape) > 1:
        return 0.0, math.sqrt(4.5 / math.prod(shape[1:]))
    if key.endswith("running_var"):
        return 1.0, 0.4
    return (0.8, 0.2) if key.endswith("weight") else (0.0, 0.1)


def tensor(key, shape):
    middle, reach = scale(key, shape)
    numbers = middle + reach * number(key, math.prod(shape))
    return torch.from_numpy(numbers.astype(numpy.float32).reshape(shape))


def main():
    for name in NAMES:
        model = models.get_model(name, weights=None, num_classes=10).eval()
        state = model.state_dict()
        print("=", name)
        for key, value in state.items():
            if not key.endswith("num_batches_tracked"):
                state[key] = tensor(key, tuple(value.shape))
                print("t", key, *value.shape)
        model.load_state_dict(state)
        image = torch.from_numpy(number("x", 3 * 64 * 64).astype(numpy.float32).reshape(1, 3, 64, 64))
        with torch.no_grad():
            outputs, precise = model(image)[0], model.double()(image.double())[0]
        spread = float(precise.std())
        print(name, spread, float((outputs - precise).abs().max()) / spread, file=sys.stderr)
        print("o", *(repr(float(output)) for output in precise))


main()
