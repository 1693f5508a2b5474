"""chainer.functions: every function is found by its name in Java's table."""
import re
import sys

import _entrepot
from chainer import _core

# What old Chainer has here of chainer.links. Source: chainer/functions/__init__.py of version 1.5.
_LINKS = frozenset("""
    BatchNormalization Bilinear BinaryHierarchicalSoftmax Convolution2D EmbedID Inception InceptionBN Linear NegativeSampling PReLU Parameter
""".split())

# Functions of old Chainer with a last argument by position that chose between training and use, and the place of it.
_TRAIN = {"dropout": 2, "gaussian": 2, "zoneout": 3}

# Functions of a list of arrays, for which an array is a list of its rows.
_OF_LISTS = frozenset("concat dstack hstack pad_sequence stack transpose_sequence vstack".split())

_WORDS = {"ReLU": "Relu", "ELU": "Elu", "ROI": "Roi", "MatMul": "Matmul", "LSTM": "Lstm", "RNN": "Rnn", "GRU": "Gru"}


def _function(name):
    places = _TRAIN.get(name)
    rows = name in _OF_LISTS

    def function(*args, **kwargs):
        # Labels and losses have no rows.
        if rows and args and isinstance(args[0], _core.Variable) and "_r" in args[0].__dict__:
            args = (list(args[0]),) + args[1:]
        return _core.called(name, args[:places], kwargs, sys._getframe(1))

    function.__name__ = name
    return function


def forget(func, *xs):
    """What is computed again when gradients are asked for is computed once here. Source: chainer/functions/util/forget.py."""
    return func(*xs)


def get_item(x, slices):
    return _core.called("get_item", (x, _core.indices(slices)), {}, sys._getframe(1))


def scatter_add(a, slices, b):
    return _core.called("scatter_add", (a, _core.indices(slices), b), {}, sys._getframe(1))


def _class(name, function):
    """A function as old Chainer writes it: F.MaxPooling2D(3, stride=2)(x)."""
    joins = function in ("concat", "stack", "hstack", "vstack", "dstack")

    class Function:
        def __init__(self, *args, **kwargs):
            self.args, self.kwargs = args, kwargs

        def __call__(self, *xs):
            xs = (xs,) if joins else xs
            return _core.called(function, xs + self.args, self.kwargs, sys._getframe(1))

        def apply(self, xs):
            """As functions are called since Chainer 3: a tuple in, a tuple out."""
            result = self(*xs)
            return result if isinstance(result, tuple) else (result,)

    Function.__name__ = name
    return Function


def _oldest(kind):
    """A link of batch normalizations as the first versions have it among the functions."""

    class Oldest(kind):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            _eps.take_as_first(self)

    from chainer.links.normalization import _eps

    Oldest.__name__ = kind.__name__
    return Oldest


def _snake(name):
    for word, plain in _WORDS.items():
        name = name.replace(word, plain)
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[a-zA-Z])(?=[0-9]D)", "_", name).lower()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if _core._host is None or _core._host["knows"](name):
        # The shim's own links name functions before Java is there.
        found = _function(name)
    elif name in _LINKS:
        from chainer import links

        found = getattr(links, name)
        if "BN" in name or "BatchNormalization" in name:
            found = _oldest(found)
    elif name[0].isupper() and _core._host["knows"](_snake(name)):
        found = _class(name, _snake(name))
    elif name in ("activation", "array", "connection", "evaluation", "loss", "math", "noise", "normalization", "pooling", "rnn", "util", "caffe"):
        __import__("chainer.functions." + name)
        found = sys.modules["chainer.functions." + name]
    else:
        return _entrepot.Placeholder("chainer.functions." + name)
    globals()[name] = found
    return found
