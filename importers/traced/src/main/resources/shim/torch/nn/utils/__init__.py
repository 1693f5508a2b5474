"""torch.nn.utils: what changes weights before they are used, and what only training needs."""
import sys

import _entrepot
from torch._core import Parameter, call


def _prepared(module, step):
    module.__dict__.setdefault("_entrepot_prepare", []).append(step)


def _weight_norm(module, name, dim, magnitude, direction):
    weight = getattr(module, name)
    axes = len(weight.shape)
    if dim is None:
        shape = ()
    else:
        dim %= axes
        shape = tuple(size if i == dim else 1 for i, size in enumerate(weight.shape))
    delattr(module, name)
    holder, first = magnitude(Parameter.of(shape, 1.0))
    other, second = direction(Parameter.of(weight.shape))

    def compute(module):
        g, v = getattr(holder, first), getattr(other, second)
        if dim is None:
            made = v * (g / call("aten::linalg_vector_norm", v))
        else:
            made = call("aten::_weight_norm", v, g, dim)
        module.__dict__[name] = made

    _prepared(module, compute)
    return module


def weight_norm(module, name="weight", dim=0):
    def own(suffix):
        def register(parameter):
            module.register_parameter(name + suffix, parameter)
            return module, name + suffix

        return register

    return _weight_norm(module, name, dim, own("_g"), own("_v"))


def remove_weight_norm(module, name="weight"):
    return module


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    from torch.nn.modules.conv import _ConvTransposeNd

    weight = getattr(module, name)
    dim = dim if dim is not None else 1 if isinstance(module, _ConvTransposeNd) else 0
    delattr(module, name)
    module.register_parameter(name + "_orig", Parameter.of(weight.shape))
    rows, columns = weight.shape[dim], 1
    for i, size in enumerate(weight.shape):
        columns *= size if i != dim else 1
    module.register_buffer(name + "_u", Parameter.of((rows,)))
    module.register_buffer(name + "_v", Parameter.of((columns,)))

    def compute(module):
        original = getattr(module, name + "_orig")
        matrix = original.transpose(0, dim) if dim else original
        matrix = matrix.reshape(rows, columns)
        sigma = getattr(module, name + "_u").dot(matrix.mv(getattr(module, name + "_v")))
        module.__dict__[name] = original / sigma

    _prepared(module, compute)
    return module


def remove_spectral_norm(module, name="weight"):
    return module


def fuse_conv_bn_eval(conv, bn, transpose=False):
    raise _entrepot.SourceError("unsupported", "fuse_conv_bn_eval", "computes with weights; give the network before it is fused")


def _nothing(*_, **__):
    return None


clip_grad_norm_ = clip_grad_value_ = clip_grad_norm = clip_grads_with_norm_ = _nothing


def parameters_to_vector(parameters):
    return call("aten::cat", [p.reshape(-1) for p in parameters], 0)


def __getattr__(name):
    if name in ("rnn", "parametrizations", "parametrize", "prune", "fusion", "stateless"):
        path = "torch.nn.utils." + name
        __import__(path)
        return sys.modules[path]
    if name.startswith("__"):
        raise AttributeError(name)
    return _entrepot.Placeholder("torch.nn.utils." + name)
