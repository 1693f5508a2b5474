"""Helpers of torchvision's networks; this project's own code."""
from torch import nn


def _make_divisible(v, divisor, min_value=None):
    least = divisor if min_value is None else min_value
    rounded = max(least, int(v + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * v else rounded


class IntermediateLayerGetter(nn.ModuleDict):
    """Runs children in order up to the last one that is wanted, and returns what the wanted ones gave."""

    def __init__(self, model, return_layers):
        wanted, layers = dict(return_layers), {}
        left = set(wanted)
        for name, module in model.named_children():
            layers[name] = module
            left.discard(name)
            if not left:
                break
        super().__init__(layers)
        self.return_layers = wanted

    def forward(self, x):
        found = {}
        for name, module in self.items():
            x = module(x)
            if name in self.return_layers:
                found[self.return_layers[name]] = x
        return found


def _ovewrite_named_param(kwargs, param, new_value):
    kwargs[param] = new_value


def handle_legacy_interface(**_):
    return lambda function: function
