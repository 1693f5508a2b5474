"""What Java calls: make the network, give it its weights, run it once."""
import _network
from torch import _calls, _core
from torch._core import Parameter, Tensor
from torch.nn.modules.module import Module


def make(file, expression):
    """The network that an expression makes; a class or function is called without arguments."""
    _calls.constructing = True
    try:
        return _made(file, expression)
    finally:
        _calls.constructing = False


def _made(file, expression):
    network = _network.made(file, expression, Module, "a torch.nn.Module")
    network.eval()
    for path, module in network.named_modules():
        module.__dict__["_path"] = path
    return network


def state(network):
    """Of each tensor that a checkpoint holds: name, sizes, element type, whether it must be there, what it begins with."""
    seen, found = set(), []
    for name, holder, key in network._state():
        tensor = holder[key]
        needed = id(tensor) not in seen and key != "num_batches_tracked"
        seen.add(id(tensor))
        first = getattr(tensor, "_first", None) if isinstance(tensor, Tensor) and tensor._promised else None
        if not isinstance(tensor, Tensor):
            continue
        sizes = [size if type(size) is int else -1 for size in tensor.shape]
        found.append([name, sizes, tensor.dtype._number, needed, first, isinstance(tensor, Parameter)])
    return found


def bind(network, name, ref):
    for known, holder, key in network._state():
        if known == name:
            holder[key].__dict__["_r"] = ref
            return


def bind_all(network, names, refs):
    given = dict(zip(names, refs))
    for name, holder, key in network._state():
        if name in given:
            holder[key].__dict__["_r"] = given[name]


def parameters(network):
    """forward's parameters: name, whether it has a default, whether it takes any number."""
    own = "forward" in network.__dict__
    return _network.parameters(network.__dict__["forward"] if own else type(network).forward, own)


def run(network, names, refs, positional):
    tensors = [ref if _network.is_plain(ref) else _core.make_tensor(ref) for ref in refs]
    if positional:
        result = network(*tensors)
    else:
        result = network(**dict(zip(names, tensors)))
    outputs, dropped = _network.collect(
        result, lambda value: isinstance(value, Tensor), lambda: _core.make_tensor(_calls.host["broken"]()))
    return [[name, tensor._ref] for name, tensor in outputs], dropped
