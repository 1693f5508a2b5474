"""What Java calls: make the network, give it its weights, run it once."""
import _network
from chainer import _core
from chainer._core import Parameter, Variable
from chainer.link import Link


def make(file, expression):
    """The network that an expression makes; a class or function is called without arguments."""
    network = _network.made(file, expression, Link, "a chainer.Link")
    for path, link in network.namedlinks():
        link.__dict__.setdefault("_path", path.strip("/"))
        for name in link._params:
            link.__dict__[name].path = _join(path, name)
    return network


def _join(path, name):
    return (path.strip("/") + "/" + name).lstrip("/")


def _entries(network):
    """Each parameter and persistent value: its path, the link that holds it, its name there."""
    for path, link in network.namedlinks():
        for name in link._params + link._persistent:
            yield _join(path, name), link, name


def state(network):
    """Of each array that a file of weights holds: path, sizes, element type, whether it must be there, what it begins with."""
    seen, found = set(), []
    for path, link, name in _entries(network):
        value = link.__dict__[name]
        if isinstance(value, Parameter):
            # A parameter whose number of axes is not known takes an array of any.
            sizes = value._sizes
            found.append([path, None if sizes is None else [-1 if size is None else size for size in sizes],
                          value.dtype.name, id(value) not in seen, value.first, True])
            seen.add(id(value))
        elif value is not None:
            sizes = list(value.shape) if hasattr(value, "shape") else []
            kind = value.dtype.name if hasattr(value, "dtype") else "float32"
            found.append([path, sizes, kind, name != "N", None, False])
    return found


def bind_all(network, paths, refs):
    given = dict(zip(paths, refs))
    for path, link, name in _entries(network):
        if path in given:
            value = link.__dict__[name]
            if isinstance(value, Parameter):
                value.__dict__["_r"] = given[path]
            else:
                link.__dict__[name] = _core.make_variable(given[path])


def parameters(network):
    """The parameters of __call__ or forward: name, whether it may be left out, whether it takes any number."""
    kind = type(network)
    own = "__call__" in kind.__dict__ or not hasattr(kind, "forward")
    found = _network.parameters(kind.__call__ if own else kind.forward, False)
    return [[name, optional or index > 0, kind] for index, (name, optional, kind) in enumerate(found)]


def run(network, names, refs, positional):
    variables = [ref if isinstance(ref, (bool, int, float)) else _core.make_variable(ref) for ref in refs]
    result = network(*variables) if positional else network(**dict(zip(names, variables)))
    outputs, dropped = _network.collect(
        result, lambda value: isinstance(value, Variable), lambda: _core.make_variable(_core._host["broken"]()))
    return [[name, variable._ref] for name, variable in outputs], dropped
