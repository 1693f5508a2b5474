"""States that links keep from call to call. A state that a traced call finds unset is an input of the model, and what it is afterwards an output."""
import _entrepot
from chainer import _core
from chainer.link import Chain

_running = False
_given = {}  # name of a state -> a variable, or the number 0 for none
_begun = {}  # link -> the names of its states that are inputs


class Stateful(Chain):
    """Keeps the states that it names; None before the first call and after reset_state."""

    states = ()

    def __init__(self):
        super().__init__()
        self.reset_state()

    def reset_state(self):
        for name in self.states:
            object.__setattr__(self, name, None)
        if _running:
            _begun.setdefault(self, [])

    def set_state(self, *values):
        for name, value in zip(self.states, values):
            object.__setattr__(self, name, value)

    def begin(self, x):
        """Takes the states of the call before, as inputs of the model; whether it does so now."""
        if not _running or self in _begun or "_path" not in self.__dict__ or any(getattr(self, name) is not None for name in self.states):
            return False
        _begun[self] = []
        for name in self.states:
            full = full_name(self, name)
            state = _given.get(full)
            if state is None:
                state = _core.make_variable(_core._host["input"](full, _core.raw([x.shape[0], self.state_size]), x.dtype.name))
            if isinstance(state, _core.Variable):
                object.__setattr__(self, name, state)
                _begun[self].append(name)
        return bool(_begun[self])


def full_name(link, name):
    path = link.__dict__.get("_path", "")
    return path + "/" + name if path else name


def names(network):
    """The states that a network's links keep, for which a user may give a shape, or 0 for none."""
    return [full_name(link, name) for link in network.links() if isinstance(link, Stateful) for name in link.states]


def start(given):
    global _running
    _given.update(given)
    for name, state in given.items():
        if not isinstance(state, _core.Variable) and state != 0:
            _core.problem("error", "input \"" + name + "\"", "is the number " + str(state) + ", expected a shape, or 0 for no state")
    _running = True


def ended():
    """The states after the call: name and variable."""
    found = []
    for link, kept in _begun.items():
        for name in kept:
            state = getattr(link, name)
            if state is not None:
                full = full_name(link, name)
                found.append((full + "_next", state))
                _entrepot.warn("link \"" + link.__dict__["_path"] + "\" keeps a state: feed the output \"" + full + "_next\" back as the input \""
                               + full + "\", zeros at first; --input " + full + "=0 makes every call the first")
    return found
