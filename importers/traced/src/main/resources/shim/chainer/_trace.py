"""What Java calls: make the network, give it its weights, run it once."""
import _entrepot
import _network
from chainer import _core
from chainer._core import Parameter, Variable
from chainer.link import Chain, Link


def make(file, expression):
    """The network that an expression makes; a class or function is called without arguments."""
    network = _network.made(file, expression, Link, "a chainer.Link", _linked)
    for path, link in network.namedlinks():
        link.__dict__.setdefault("_path", path.strip("/"))
        _in_test_mode(link)
        for name in link._params + link._persistent:
            if isinstance(link.__dict__.get(name), Parameter):
                link.__dict__[name].path = _join(path, name)
    return network


def _in_test_mode(link):
    """Networks of Chainer 1 keep the mode in an attribute, which begins as training."""
    if getattr(link, "train", None) is True:
        object.__setattr__(link, "train", False)
        _entrepot.warn(type(link).__name__ + ".train is taken as False: a model is traced in test mode")


class _Holder(Chain):
    """Stands for a plain object that holds its links, such as the FunctionSet of Chainer 1."""

    def __init__(self, held, links):
        super().__init__()
        self.held = held
        for name, link in links.items():
            self.add_link(name, link)

    def _named_children(self):
        found = super()._named_children()
        # The file of weights is that of the one chain itself.
        return found if len(found) > 1 else found[0][1]._named_children()


def _linked(network):
    if isinstance(network, Link) or isinstance(network, type):
        return network
    links = {name: value for name, value in getattr(network, "__dict__", {}).items() if isinstance(value, Link)}
    if not links or not _method(network):
        return network
    _in_test_mode(network)
    return _Holder(network, links)


def _method(network):
    """What is called of an object that is no link."""
    return next((name for name in ("__call__", "forward", "predict") if hasattr(type(network), name)), None)


def _callable(network):
    """The function that computes the network, and what it is bound to."""
    if isinstance(network, _Holder):
        return getattr(type(network.held), _method(network.held)), network.held
    kind = type(network)
    return (kind.__call__ if kind.__call__ is not Link.__call__ else kind.forward), network


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
        value = link.__dict__.get(name)
        if isinstance(value, Parameter):
            # A parameter whose number of axes is not known takes an array of any.
            sizes = value._sizes
            found.append([path, None if sizes is None else [-1 if size is None else size for size in sizes],
                          value.dtype.name, id(value) not in seen, None if value.known_first else value.first, not value.known_first])
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
                made = _core.make_variable(given[path])
                # A plain number stays one, so that source may branch on it.
                known = made.known() if isinstance(value, (bool, int, float)) else None
                link.__dict__[name] = made if known is None else type(value)(known.reshape(-1)[0])


def parameters(network):
    """The parameters of __call__ or forward: name, whether it may be left out, whether it takes any number."""
    found = _network.parameters(_callable(network)[0], False)
    return [[name, optional or index > 0, kind] for index, (name, optional, kind) in enumerate(found)]


def _modes(network, names):
    """Arguments that choose between training and use."""
    free = {name for name, optional, _ in _network.parameters(_callable(network)[0], False) if optional and name not in names}
    return {name: value for name, value in (("train", False), ("test", True)) if name in free}


def run(network, names, refs, positional):
    variables = [ref if isinstance(ref, (bool, int, float)) else _core.make_variable(ref) for ref in refs]
    function, target = _callable(network)
    arguments = {} if positional else dict(zip(names, variables), **_modes(network, names))
    call = target if isinstance(target, Link) else lambda *args, **kwargs: function(target, *args, **kwargs)
    result = call(*variables) if positional else call(**arguments)
    outputs, dropped = _network.collect(
        result, lambda value: isinstance(value, Variable), lambda: _core.make_variable(_core._host["broken"]()))
    return [[name, variable._ref] for name, variable in outputs], dropped
