"""copy for what networks copy: modules, containers and plain objects."""

_ATOMS = (int, float, complex, bool, str, bytes, type(None), type, type(Ellipsis), type(NotImplemented), type(lambda: None), type(len), range)


class Error(Exception):
    pass


error = Error


def copy(value):
    if isinstance(value, _ATOMS):
        return value
    own = getattr(type(value), "__copy__", None)
    if own is not None:
        return own(value)
    if isinstance(value, (list, dict, set)) and type(value) in (list, dict, set):
        return value.copy()
    if type(value) is tuple:
        return value
    twin = _blank(value)
    _fill(twin, value, lambda item: item)
    return twin


def deepcopy(value, memo=None, _nil=()):
    if isinstance(value, _ATOMS):
        return value
    memo = {} if memo is None else memo
    if id(value) in memo:
        return memo[id(value)]
    own = getattr(type(value), "__deepcopy__", None)
    if own is not None:
        twin = own(value, memo)
        memo[id(value)] = twin
        return twin
    kind = type(value)
    if kind is list:
        memo[id(value)] = twin = []
        twin.extend(deepcopy(item, memo) for item in value)
        return twin
    if kind is dict:
        memo[id(value)] = twin = {}
        for key, item in value.items():
            twin[deepcopy(key, memo)] = deepcopy(item, memo)
        return twin
    if kind is tuple or kind is frozenset or kind is set:
        return kind([deepcopy(item, memo) for item in value])
    if isinstance(value, tuple):
        items = [deepcopy(item, memo) for item in value]
        return kind(*items) if hasattr(value, "_fields") else kind(items)
    if callable(value) and not hasattr(value, "__dict__"):
        return value
    twin = _blank(value)
    memo[id(value)] = twin
    _fill(twin, value, lambda item: deepcopy(item, memo))
    return twin


def replace(value, /, **changes):
    return type(value).__replace__(value, **changes)


def _blank(value):
    kind = type(value)
    if kind.__name__ == "partial":
        return kind(value.func, *value.args, **value.keywords)
    if kind.__name__ == "method":
        return value
    if kind.__name__ == "defaultdict":
        return kind(value.default_factory)
    if kind.__name__ == "deque":
        return kind(maxlen=value.maxlen)
    return kind.__new__(kind)


def _fill(twin, value, of):
    if twin is value:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            twin[of(key)] = of(item)
    elif isinstance(value, list) or type(value).__name__ == "deque":
        for item in value:
            twin.append(of(item))
    elif isinstance(value, set):
        twin.update(of(item) for item in value)
    for name, item in getattr(value, "__dict__", {}).items():
        try:
            twin.__dict__[name] = of(item)
        except (TypeError, AttributeError):
            pass
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if hasattr(value, name):
                setattr(twin, name, of(getattr(value, name)))
