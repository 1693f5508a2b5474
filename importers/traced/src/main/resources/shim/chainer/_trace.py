"""What Java calls: make the network, give it its weights, run it once."""
import re

import _entrepot
import _network
from chainer import _core, _kept, _labels, _states
from chainer._core import Parameter, Variable
from chainer.link import Chain, Link
from chainer.links import Classifier


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
    """The link that an object stands for; a method of one, such as Net().predict, is what is called of it then."""
    if hasattr(network, "__func__"):
        linked = _linked(network.__self__)
        if isinstance(linked, Link):
            linked.__dict__["_chosen"] = network
        return linked
    if isinstance(network, Link) or isinstance(network, type):
        return network
    links = {name: value for name, value in getattr(network, "__dict__", {}).items() if isinstance(value, Link)}
    if not links or not _method(network):
        return network
    _in_test_mode(network)
    return _Holder(network, links)


def _method(network):
    """What is called of an object that is no link."""
    # A class itself can always be called, so hasattr would find __call__ everywhere.
    own = {name for kind in type(network).__mro__ for name in kind.__dict__}
    return next((name for name in ("__call__", "forward", "predict") if name in own), None)


def _callable(network):
    """The function that computes the network, and what it is bound to."""
    chosen = network.__dict__.get("_chosen")
    if chosen is not None:
        return chosen.__func__, chosen.__self__
    if isinstance(network, _Holder):
        return getattr(type(network.held), _method(network.held)), network.held
    kind = type(network)
    return (kind.__call__ if kind.__call__ is not Link.__call__ else kind.forward), network


def _join(path, name):
    return (path.strip("/") + "/" + name).lstrip("/")


def _entries(network):
    """Each parameter and persistent value: its path, the link that holds it, its name there."""
    found = [(_join(path, name), link, name) for path, link in network.namedlinks() for name in link._params + link._persistent]
    # As from a file of weights, what a classifier puts before its network's paths is taken off.
    inside = found and all(path.startswith("predictor/") for path, _, _ in found)
    return [(path[len("predictor/"):], link, name) for path, link, name in found] if inside else found


def state(network):
    """Of each array that a file of weights holds: path, sizes, element type, whether it must be there, what it begins with."""
    seen, found = set(), []
    for path, link, name in _entries(network):
        value = link.__dict__.get(name)
        if isinstance(value, Parameter):
            # A parameter whose number of axes is not known takes an array of any.
            sizes = value._sizes
            found.append([path, None if sizes is None else [-1 if size is None else size for size in sizes],
                          value.dtype.name, id(value) not in seen, value.first, not value.known_first])
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


def _is_classifier(network):
    return "_chosen" not in network.__dict__ and getattr(type(network), "forward", None) is Classifier.forward


def _label_of(classifier):
    """What the label of a classifier is called."""
    return classifier.label_key if isinstance(classifier.label_key, str) else "t"


def _own_parameters(network):
    if _is_classifier(network):
        return _own_parameters(network.predictor) + [[_label_of(network), True, 3]]
    return _network.parameters(_callable(network)[0], False)


def parameters(network):
    """The parameters of __call__ or forward, and the states that links keep: name, whether it may be left out, whether it takes any number.

    What follows the first may be left out: it is a label then.
    """
    found = [[name, optional or index > 0, kind, index == 0 and _is_dictionary(network, name)]
             for index, (name, optional, kind) in enumerate(_own_parameters(network))]
    return found + [[name, True, 3] for name in _states.names(network)]


def _is_dictionary(network, name):
    """Whether a call has its inputs by name, as that of CaffeFunction: forward(inputs, outputs) with {"data": x}."""
    if _is_classifier(network):
        return False
    used = r"\b%s\s*\[\s*[\"']|\bdict\(\s*%s\b|\b%s\.(items|keys|values|get)\(" % (name, name, name)
    return name == "inputs" or re.search(used, _entrepot.text(_callable(network)[0])) is not None


def _modes(network, names):
    """Arguments that choose between training and use."""
    free = {name for name, optional, _ in _own_parameters(network) if optional and name not in names}
    return {name: value for name, value in (("train", False), ("test", True)) if name in free}


def _grouped(network, given):
    """The arguments of the call: inputs that are no parameters are a dictionary, the first."""
    own = [name for name, _, _ in _own_parameters(network)]
    others = {name: value for name, value in given.items() if name not in own}
    return {own[0]: others, **{name: value for name, value in given.items() if name in own}} if others else given


def _asked(network, given, result):
    """A call that is asked for layers, outputs=["fc7", "fc8"], and gives them in this order, gives them under their names."""
    if not isinstance(result, (list, tuple)) or isinstance(network, Classifier):
        return result
    from inspect import signature

    for name in ("outputs", "layers"):
        parameter = signature(_callable(network)[0]).parameters.get(name)
        asked = given.get(name, parameter and parameter.default)
        if isinstance(asked, (list, tuple)) and len(asked) == len(result) and all(isinstance(item, str) for item in asked):
            return dict(zip(asked, result))
    return result


def _called(network, given, positional):
    """What the network gives for these arguments; a parameter without a default that is not among them is a label."""
    if _is_classifier(network):
        label = given.pop(_label_of(network), None) or _labels.Label(_label_of(network))
        if isinstance(network.label_key, str):
            return network(**given, **{network.label_key: label})
        values = list(given.values())
        values.insert(network.label_key if network.label_key >= 0 else len(values) + 1 + network.label_key, label)
        return network(*values)
    function, target = _callable(network)
    whole = isinstance(target, Link) and "_chosen" not in network.__dict__
    call = target if whole else lambda *args, **kwargs: function(target, *args, **kwargs)
    if positional:
        return call(*given.values())
    labels = {name: _labels.Label(name) for name, optional, kind in _own_parameters(network) if not optional and name not in given and kind != 2}
    return call(**given, **labels, **_modes(network, given))


def run(network, names, refs, positional):
    given = {name: ref if _network.is_plain(ref) else _labels.given(name, _core.make_variable(ref)) for name, ref in zip(names, refs)}
    inputs = dict(given)
    _states.start({name: given.pop(name) for name in _states.names(network) if name in given})
    given = given if positional else _grouped(network, given)
    watch = _kept.Watch(list(network.links()) + ([network.held] if isinstance(network, _Holder) else []))
    result = _asked(network, given, _called(network, given, positional))
    watch.tell()
    dropped = []
    if _labels.ends(result):
        outputs = _labels.outputs(result)
    else:
        outputs, dropped = _network.collect(
            result, _labels.is_output, lambda: _core.make_variable(_core._host["broken"]()))
    for name in _labels.leave_out(inputs):
        _core._host["leave_out"](inputs[name]._ref)
    return [[name, variable._ref] for name, variable in outputs + _states.ended()], dropped
