"""Labels, and losses that end a network: it is exported up to what its losses are given.

A label is a parameter of the network that has no --input, or one that has and reaches a loss or a measure as its label.
"""
import sys

import _entrepot
from chainer import _core
from chainer._core import Variable
from _sizes import at, problem

# Of each loss and measure: its parameters, those that are predictions, those that are labels, and what makes probabilities of a prediction.
_LOSSES = {
    "absolute_error": ("x0 x1", "x0", "x1", None),
    "bernoulli_nll": ("x y", "y", "x", "sigmoid"),
    "black_out": ("x t", "x", "t", None),
    "connectionist_temporal_classification": ("x t", "x", "t", None),
    "contrastive": ("x0 x1 y", "x0 x1", "y", None),
    "crf1d": ("cost xs ys", "xs", "ys", None),
    "discriminative_margin_based_clustering_loss": ("embeddings labels", "embeddings", "labels", None),
    "gaussian_nll": ("x mean ln_var", "mean ln_var", "x", None),
    "hinge": ("x t", "x", "t", None),
    "huber_loss": ("x t", "x", "t", None),
    "mean_absolute_error": ("x0 x1", "x0", "x1", None),
    "mean_squared_error": ("x0 x1", "x0", "x1", None),
    "negative_sampling": ("x t", "x", "t", None),
    "sigmoid_cross_entropy": ("x t", "x", "t", "sigmoid"),
    "softmax_cross_entropy": ("x t", "x", "t", "softmax"),
    "squared_difference": ("x1 x2", "x1", "x2", None),
    "squared_error": ("x0 x1", "x0", "x1", None),
}
_MEASURES = {
    "accuracy": ("y t", "y", "t", "softmax"),
    "binary_accuracy": ("y t", "y", "t", "sigmoid"),
    "classification_summary": ("y t", "y", "t", "softmax"),
    "f1_score": ("y t", "y", "t", "softmax"),
    "precision": ("y t", "y", "t", "softmax"),
    "r2_score": ("pred true", "pred", "true", None),
    "recall": ("y t", "y", "t", "softmax"),
}
# Losses whose two sides may change places.
_EITHER = frozenset("absolute_error mean_absolute_error mean_squared_error squared_difference squared_error".split())
# What leaves a label a label.
_SHAPING = frozenset("""
    cast concat copy expand_dims flatten get_item hstack moveaxis reshape rollaxis separate split_axis squeeze stack swapaxes transpose vstack
""".split())

_records = []
_used = {}  # the names of labels that reached a loss -> the variable, or None where there is none


class Absorbed(Exception):
    """Raised where a function is given what is no part of the exported network."""

    def __init__(self, stand):
        self.stand = stand


class _Stand(Variable):
    def __init__(self, *_, **__):
        pass

    @property
    def _ref(self):
        raise Absorbed(self)

    def known(self):
        return None

    def astype(self, *_, **__):
        return self

    data = array = property(lambda self: self)


class Label(_Stand):
    """A parameter without an input."""

    def __new__(cls, name, *_, **__):
        return object.__new__(cls)

    def __init__(self, name, *_, **__):
        if isinstance(name, str):
            self.__dict__["label"] = name

    def after(self, function):
        if function in _SHAPING:
            return self
        self._misused("is given to " + function)

    def _misused(self, how):
        problem("error", "parameter \"" + self.label + "\" of forward", "has no --input and so can only be the label of a loss, but " + how
                + "; --input " + self.label + ":float32[N] or the like makes it an input, --input " + self.label + "=VALUE a plain value")

    def _number(self, what):
        at(sys._getframe(2))
        self._misused("its value is asked for")

    @property
    def shape(self):
        at()
        self._misused("its shape is asked for")

    @property
    def dtype(self):
        at()
        self._misused("its type is asked for")

    def __len__(self):
        at()
        self._misused("its length is asked for")

    def __iter__(self):
        at()
        self._misused("its items are asked for")

    def _shaped(self, *_, **__):
        return self

    __getitem__ = reshape = transpose = ravel = flatten = squeeze = swapaxes = _shaped
    T = property(_shaped)

    def _compared(self, other):
        if other is None:
            return False
        at()
        self._misused("is compared with something")

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = _compared
    __hash__ = Variable.__hash__

    def __ne__(self, other):
        return not self._compared(other)


class Loss(_Stand):
    """What a loss or a measure gives, and whatever is computed of it."""

    shape = property(lambda self: ())
    dtype = property(lambda self: __import__("numpy").dtype("float32"))

    def after(self, function):
        return self


class _Record:
    def __init__(self, scores, probability, measure):
        self.scores, self.probability, self.measure = scores, probability, measure


def _label(value):
    """The names of the labels that a value is made of: a label, an input in its first shape or another, or a list of such."""
    if isinstance(value, (list, tuple)):
        found = [_label(item) for item in value]
        return set().union(*found) if found and all(found) else set()
    if isinstance(value, Label):
        return {value.label}
    return value.__dict__.get("_given", set()) if isinstance(value, Variable) else set()


def _flat(values):
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _flat(value)
        elif isinstance(value, Variable) and not isinstance(value, _Stand):
            yield value


def watched(function, args, kwargs):
    """A loss or measure of a label ends the network: what it gives is no part of it. None if this is none."""
    told = _LOSSES.get(function) or _MEASURES[function]
    names, scores, labels, probability = told
    given = dict(zip(names.split(), args), **kwargs)
    scores, labels = scores.split(), labels.split()
    if function in _EITHER and not _label(given.get(labels[0])):
        scores, labels = labels, scores
    found = set().union(*(_label(given.get(name)) for name in labels))
    return _ended([given.get(name) for name in scores], found, probability, function in _MEASURES) if found else None


def _ended(scores, labels, probability, measure):
    for name in labels:
        _used.setdefault(name, None)
    _records.append(_Record(list(_flat(scores)), probability, measure))
    return Loss()


def loss_only(link, x, t):
    """A loss that has no form in ONNX, of which all that comes before it is exported."""
    if not _label(t):
        at(sys._getframe(1))
        problem("unsupported", link, "is a loss of training; give its label no --input to export what comes before it")
    return _ended([x], _label(t), None, False)


def shaped(function, args, result):
    """An input in another shape is still that input."""
    if function in _SHAPING and args:
        labels = _label(args[0])
        if labels:
            for value in result if isinstance(result, tuple) else (result,):
                if isinstance(value, Variable):
                    value.__dict__["_given"] = labels
    return result


def given(name, variable):
    """Marks a variable as an input of this name."""
    variable.__dict__["_given"] = {name}
    return variable


def _holds(value, kind):
    if isinstance(value, dict):
        value = list(value.values())
    return any(_holds(item, kind) for item in value) if isinstance(value, (list, tuple)) else isinstance(value, kind)


def ends(result):
    """Whether a network that gives this gives a loss, or nothing where a loss was computed."""
    return bool(_records) and (_holds(result, Loss) or not _holds(result, Variable))


def without(value, key=""):
    """The variables among losses: name and variable, as pairs."""
    if isinstance(value, dict):
        return [pair for name, item in value.items() for pair in without(item, str(name))]
    if isinstance(value, (list, tuple)):
        return [pair for item in value for pair in without(item, key)]
    if isinstance(value, Label):
        value._misused("is returned")
    return [(key, value)] if isinstance(value, Variable) and not isinstance(value, Loss) else []


def is_output(value):
    """Whether something that a network gives is an output of the model; a label is an error."""
    if isinstance(value, Label):
        value._misused("is returned")
    return isinstance(value, Variable) and not isinstance(value, Loss)


def outputs(result):
    """The predictions that a measure was given, or else the last loss, what they come to as probabilities, then the other losses' predictions."""
    losses = [record for record in _records if not record.measure]
    measures = [record for record in _records if record.measure]
    main = (measures or losses)[-1]
    found = [("", score) for score in main.scores]
    kind = next((loss.probability for loss in reversed(losses) if _same(loss.scores, main.scores)), main.probability)
    if kind and len(main.scores) == 1:
        found.append(("prob", _core.call(kind, main.scores[0])))
    for name, score in [("", score) for loss in losses for score in loss.scores] + without(result):
        if not any(_same([score], [other]) for _, other in found):
            found.append((name, score))
    return found


def _same(some, others):
    return len(some) == len(others) and all(_core._host["same"](a._ref, b._ref) for a, b in zip(some, others))


def leave_out(inputs):
    """Tells which labels the model does not have, and gives those among the inputs."""
    for name in _used:
        _entrepot.warn("the label \"" + name + "\" is left out: the network is exported up to what its losses are given")
    return [name for name in inputs if name in _used]


_core.watched.update(dict.fromkeys(list(_LOSSES) + list(_MEASURES), watched))
_core.shaped = shaped
_core.Absorbed = Absorbed
