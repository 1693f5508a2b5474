"""What the shims of all frameworks do with a network: make it, read its parameters, name its outputs."""
import _entrepot


def made(file, expression, base, kind, adapted=lambda network: network):
    """The network that an expression makes; a class or function is called without arguments, of several the first is taken."""
    network = _entrepot.evaluate(file, expression, None)
    bound = getattr(network, "__self__", None) is not None
    if not isinstance(network, base) and not bound and (isinstance(network, type) or hasattr(network, "__code__")):
        network = network()
    if isinstance(network, (tuple, list)):
        found = [item for item in network if isinstance(item, base)]
        network = found[0] if found else network
    if isinstance(network, _entrepot.Placeholder):
        network._use()
    network = adapted(network)
    if not isinstance(network, base):
        raise _entrepot.SourceError("error", "expression " + expression, "gives a " + type(network).__name__ + ", expected " + kind)
    return network


def parameters(function, bound):
    """A function's parameters: name, whether it has a default, whether it takes any number."""
    import inspect

    found = list(inspect.signature(function).parameters.values())[0 if bound else 1 :]
    return [[p.name, p.default is not inspect.Parameter.empty, p.kind] for p in found if p.kind != 4]


def literal(name, text):
    """A plain value that is given for a parameter, as Python writes it."""
    try:
        value = eval(compile(text, "<" + name + ">", "eval"), {"__builtins__": {}})
    except Exception as error:
        raise _entrepot.SourceError("error", "input \"" + name + "\"", "is given as " + text + ", which Python cannot read: " + str(error))
    if not _plain(value):
        raise _entrepot.SourceError("error", "input \"" + name + "\"", "is given as " + text + ", expected numbers, texts, None or lists of such")
    return value


def _plain(value):
    if isinstance(value, (list, tuple)):
        return all(_plain(item) for item in value)
    return value is None or isinstance(value, (bool, int, float, str))


def is_plain(value):
    """Whether a value that is given for a parameter is none of the graph's."""
    return value is None or isinstance(value, (bool, int, float, str, list, tuple))


def collect(value, is_tensor, broken):
    """The tensors that a network returns, each with its name, and a line for everything that is none."""
    outputs, dropped = [], []

    def visit(value, name):
        prefix = name + ("_" if name else "")
        if is_tensor(value):
            outputs.append((name, value))
        elif isinstance(value, dict):
            for key, item in value.items():
                visit(item, prefix + str(key))
        elif isinstance(value, tuple) and hasattr(value, "_fields"):
            for key in value._fields:
                visit(getattr(value, key), prefix + key)
        elif isinstance(value, (list, tuple)):
            for index, item in enumerate(value):
                # Without a name all are numbered through, within a name each anew.
                visit(item, name + "_" + str(index) if name else "")
        elif hasattr(value, "__dataclass_fields__"):
            for key in value.__dataclass_fields__:
                visit(getattr(value, key), prefix + key)
        elif isinstance(value, _entrepot.Placeholder):
            value._use()
            outputs.append((name, broken()))
        elif value is not None:
            dropped.append((name or "an output") + ": is a " + type(value).__name__ + ", which is no tensor")

    visit(value, "")
    if not outputs:
        raise _entrepot.SourceError("error", "forward", "returns " + type(value).__name__ + ", expected tensors")
    return outputs, dropped
