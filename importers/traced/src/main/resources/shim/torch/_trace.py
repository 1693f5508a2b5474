"""What Java calls: make the network, give it its weights, run it once."""
import sys

import _entrepot
from torch import _core
from torch._core import Parameter, Tensor
from torch.nn.modules.module import Module


def make(file, expression):
    """The network that an expression makes; a class or function is called without arguments."""
    _core.constructing = True
    try:
        return _made(file, expression)
    finally:
        _core.constructing = False


def _made(file, expression):
    made = _entrepot.evaluate(file, expression, None)
    if not isinstance(made, Module) and (isinstance(made, type) or hasattr(made, "__code__")):
        made = made()
    if isinstance(made, (tuple, list)):
        found = [item for item in made if isinstance(item, Module)]
        made = found[0] if found else made
    if isinstance(made, _entrepot.Placeholder):
        made._use()
    if not isinstance(made, Module):
        raise _entrepot.SourceError("error", "expression " + expression, "gives a " + type(made).__name__ + ", expected a torch.nn.Module")
    made.eval()
    for path, module in made.named_modules():
        module.__dict__["_path"] = path
    return made


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
    import inspect

    forward = type(network).forward if "forward" not in network.__dict__ else network.__dict__["forward"]
    found = list(inspect.signature(forward).parameters.values())
    if "forward" not in network.__dict__ and found:
        found = found[1:]
    return [[p.name, p.default is not inspect.Parameter.empty, p.kind] for p in found if p.kind != 4]


def run(network, names, refs, positional):
    tensors = [ref if isinstance(ref, (bool, int, float)) else _core.make_tensor(ref) for ref in refs]
    if positional:
        result = network(*tensors)
    else:
        result = network(**dict(zip(names, tensors)))
    outputs, dropped = [], []
    _collect(result, "", outputs, dropped)
    if not outputs:
        raise _entrepot.SourceError("error", "forward", "returns " + type(result).__name__ + ", expected tensors")
    return [[name, tensor._ref] for name, tensor in outputs], dropped


def _collect(value, name, outputs, dropped):
    if isinstance(value, Tensor):
        outputs.append((name, value))
    elif isinstance(value, dict):
        for key, item in value.items():
            _collect(item, name + ("_" if name else "") + str(key), outputs, dropped)
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        for key in value._fields:
            _collect(getattr(value, key), name + ("_" if name else "") + key, outputs, dropped)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            # Without a name all are numbered through, within a name each anew.
            _collect(item, name + "_" + str(index) if name else "", outputs, dropped)
    elif hasattr(value, "__dataclass_fields__"):
        for key in value.__dataclass_fields__:
            _collect(getattr(value, key), name + ("_" if name else "") + key, outputs, dropped)
    elif isinstance(value, _entrepot.Placeholder):
        value._use()
        outputs.append((name, _core.make_tensor(_core._host["broken"]())))
    elif value is not None:
        dropped.append((name or "an output") + ": is a " + type(value).__name__ + ", which is no tensor")
