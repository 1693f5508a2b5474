"""Parametrizations, whose tensors a checkpoint names parametrizations.NAME.originalN. Source: torch/nn/utils/parametrizations.py."""
import _entrepot
from torch.nn.modules.container import ModuleDict
from torch.nn.modules.module import Module
from torch.nn.utils import _weight_norm


def _holder(module, name):
    if "parametrizations" not in module._modules:
        module.add_module("parametrizations", ModuleDict())
    held = Module()
    module.parametrizations[name] = held
    return held


def weight_norm(module, name="weight", dim=0):
    held = []

    def own(key):
        def register(parameter):
            if not held:
                held.append(_holder(module, name))
            held[0].register_parameter(key, parameter)
            return held[0], key

        return register

    return _weight_norm(module, name, dim, own("original0"), own("original1"))


def spectral_norm(module, name="weight", *_, **__):
    raise _entrepot.SourceError("unsupported", "parametrizations.spectral_norm", "is not known here; torch.nn.utils.spectral_norm is")


def orthogonal(module, name="weight", *_, **__):
    raise _entrepot.SourceError("unsupported", "parametrizations.orthogonal", "is not known here")
