"""What links do with their arguments, whose order changed with Chainer 2."""
import numpy
from chainer._core import Variable

_NEW = ("nobias", "initialW", "initial_bias")
_OLD = ("wscale", "bias", "nobias", "use_cudnn", "initialW", "initial_bias", "deterministic")


def parsed(positional, keyword, **names):
    """The arguments after pad: Chainer 1.x has wscale and bias before nobias, and a number stands where later a boolean does."""
    old = positional and not isinstance(positional[0], bool) and positional[0] is not None or "nobias" in keyword and positional
    order = names.get("old", _OLD) if old else names.get("new", _NEW)
    if len(positional) > len(order):
        raise TypeError("takes at most " + str(len(order)) + " arguments of these: " + ", ".join(order))
    found = dict(zip(order, positional))
    for name in keyword:
        if name in found:
            raise TypeError("got multiple values for argument '" + name + "'")
    found.update(keyword)
    found.pop("wscale", None)
    found.setdefault("nobias", False)
    found.setdefault("initialW", None)
    initial = found.get("initial_bias")
    found["initial_bias"] = found.get("bias", 0) if initial is None else initial
    return found


def spread(value, axes):
    """A number for every axis."""
    return tuple(value) if isinstance(value, (tuple, list, numpy.ndarray)) else (value,) * axes


def divided(size, groups):
    """How many channels a group has."""
    if size is None:
        return None
    if size % groups:
        raise ValueError("the number of channels must be divisible by the number of groups")
    return size // groups


def features(x, axes):
    """How many elements follow these axes."""
    product = 1
    for size in x.shape[axes:]:
        product = product * size
    return product


def array_of(value):
    """What from_params takes: an array, a variable or a parameter."""
    return value if value is None or isinstance(value, Variable) else numpy.array(value)
