"""States that source keeps by itself: attributes that a call sets, and that it reads as the call before left them."""
import sys

import _entrepot
from chainer import _core, _labels


class Watch:
    """Sees what one call reads and sets of the objects that source has classes for."""

    def __init__(self, objects):
        objects = [one for one in objects if type(one).__module__.startswith("__source__")]
        self.first = {id(one): dict(one.__dict__) for one in objects}
        self.read = {}  # (object's id, attribute) -> object, what it read, file, line
        self.set = set()
        for kind in {type(one) for one in objects}:
            self._watch(kind)

    def _watch(self, kind):
        get, put = kind.__getattribute__, kind.__setattr__

        def reading(one, name):
            self._reads(one, name)
            return get(one, name)

        def setting(one, name, value):
            self.set.add((id(one), name))
            put(one, name, value)

        kind.__getattribute__, kind.__setattr__ = reading, setting

    def _reads(self, one, name):
        key = (id(one), name)
        if name.startswith("__") or key in self.read or key in self.set or key[0] not in self.first:
            return
        first = self.first[key[0]].get(name, getattr(type(one), name, None))
        self.read[key] = (one, first) + _entrepot.location(sys._getframe(2))

    def tell(self):
        """Warns of every attribute that the next call would find changed."""
        found = list(self.read.items())
        for (_, name), (one, first, file, line) in found:
            left = one.__dict__.get(name, first)
            if left is not first and name not in getattr(type(one), "states", ()) and _differs(first, left):
                _entrepot.warn_at(file, line, type(one).__name__ + "." + name + " is kept from call to call; every call of the model begins with what "
                                  "it is at first")


def _differs(first, left):
    """Whether the next call may compute something else: a variable that is computed of inputs, or another number."""
    if isinstance(left, (bool, int, float)):
        return isinstance(first, (bool, int, float)) and first != left
    if isinstance(left, dict):
        left = list(left.values())
    if isinstance(left, (list, tuple)):
        return any(_differs(None, item) for item in left)
    return isinstance(left, _core.Variable) and not isinstance(left, (_labels.Label, _labels.Loss)) and left.known() is None
