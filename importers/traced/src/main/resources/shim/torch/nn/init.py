"""First values are never computed: the checkpoint has the weights."""
import math


def calculate_gain(nonlinearity, param=None):
    if nonlinearity == "tanh":
        return 5.0 / 3
    if nonlinearity == "relu":
        return math.sqrt(2.0)
    if nonlinearity == "leaky_relu":
        return math.sqrt(2.0 / (1 + (0.01 if param is None else param) ** 2))
    return 3.0 / 4 if nonlinearity == "selu" else 1


def _calculate_fan_in_and_fan_out(tensor):
    field = 1
    for size in tensor.shape[2:]:
        field *= size
    return tensor.shape[1] * field, tensor.shape[0] * field


def _calculate_correct_fan(tensor, mode):
    fans = _calculate_fan_in_and_fan_out(tensor)
    return fans[0] if mode.lower() == "fan_in" else fans[1]


def _same(tensor=None, *_, **__):
    return tensor


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _same


def constant_(tensor, val):
    _note(tensor, val)
    return tensor


def ones_(tensor):
    return constant_(tensor, 1.0)


def zeros_(tensor):
    return constant_(tensor, 0.0)


def _note(tensor, fill):
    # What --allow-missing fills a parameter with that has no weights.
    if getattr(tensor, "_promised", False):
        tensor._first = fill
