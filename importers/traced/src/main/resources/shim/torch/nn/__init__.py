"""torch.nn."""
import sys

import _entrepot
from torch._core import Buffer, Parameter  # noqa: F401
from torch.nn import modules

__all__ = modules.__all__ + ["Parameter", "functional", "init", "utils", "modules", "parameter"]


class DataParallel(modules.Module):
    """Also DistributedDataParallel: holds the network as its child module."""

    def __init__(self, module, *_, **__):
        super().__init__()
        self.module = module

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name in modules._WHERE:
        found = getattr(modules, name)
    elif name in ("functional", "init", "utils", "parameter", "parallel", "intrinsic", "quantized", "qat", "attention", "common_types"):
        path = "torch.nn." + name
        __import__(path)
        found = sys.modules[path]
    else:
        return _entrepot.Placeholder("torch.nn." + name)
    globals()[name] = found
    return found
