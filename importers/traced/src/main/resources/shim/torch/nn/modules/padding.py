"""Padding. Source: torch/nn/modules/padding.py."""
import torch.nn.functional as F
from torch.nn.modules.module import Module
from torch.nn.modules.utils import _ntuple


class _PadNd(Module):
    _mode, _axes = "constant", 1

    def __init__(self, padding, value=0.0):
        super().__init__()
        self.padding, self.value = _ntuple(2 * self._axes)(padding), value

    def forward(self, input):
        return F.pad(input, self.padding, self._mode, self.value if self._mode == "constant" else None)


class ConstantPad1d(_PadNd):
    pass


class ConstantPad2d(_PadNd):
    _axes = 2


class ConstantPad3d(_PadNd):
    _axes = 3


for _title, _mode in (("Zero", "constant"), ("Reflection", "reflect"), ("Replication", "replicate"), ("Circular", "circular")):
    for _axes in (1, 2, 3):
        _name = _title + "Pad" + str(_axes) + "d"
        globals()[_name] = type(_name, (_PadNd,), {"_mode": _mode, "_axes": _axes, "__module__": __name__})
