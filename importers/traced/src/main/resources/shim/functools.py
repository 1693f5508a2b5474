"""functools; Python's own loads collections, reprlib and more."""
from _functools import cmp_to_key, partial, reduce  # noqa: F401

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


class _CacheInfo(tuple):
    hits = misses = currsize = 0
    maxsize = None


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize)
    return _cached


def _cached(function):
    known = {}

    def cached(*args, **kwargs):
        key = (args, tuple(sorted(kwargs.items()))) if kwargs else args
        try:
            if key in known:
                return known[key]
        except TypeError:
            return function(*args, **kwargs)
        known[key] = result = function(*args, **kwargs)
        return result

    cached.cache_clear = known.clear
    cached.cache_info = _CacheInfo
    return update_wrapper(cached, function)


def cache(function):
    return _cached(function)


class cached_property:
    def __init__(self, function):
        self.function, self.name, self.__doc__ = function, function.__name__, function.__doc__

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        instance.__dict__[self.name] = value = self.function(instance)
        return value

    def __class_getitem__(cls, kind):
        return cls


class partialmethod:
    def __init__(self, function, /, *args, **kwargs):
        self.function, self.args, self.kwargs = function, args, kwargs

    def __get__(self, instance, owner=None):
        bound = self.function.__get__(instance, owner)
        return partial(bound, *self.args, **self.kwargs)


def total_ordering(cls):
    own = cls.__dict__
    if "__lt__" in own:
        cls.__gt__ = lambda a, b: not (a < b or a == b)
        cls.__le__ = lambda a, b: a < b or a == b
        cls.__ge__ = lambda a, b: not a < b
    elif "__gt__" in own:
        cls.__lt__ = lambda a, b: not (a > b or a == b)
        cls.__ge__ = lambda a, b: a > b or a == b
        cls.__le__ = lambda a, b: not a > b
    elif "__le__" in own:
        cls.__gt__ = lambda a, b: not a <= b
        cls.__lt__ = lambda a, b: a <= b and not a == b
        cls.__ge__ = lambda a, b: not a <= b or a == b
    elif "__ge__" in own:
        cls.__lt__ = lambda a, b: not a >= b
        cls.__gt__ = lambda a, b: a >= b and not a == b
        cls.__le__ = lambda a, b: not a >= b or a == b
    return cls


def singledispatch(function):
    registered = {object: function}

    def find(kind):
        return next(registered[base] for base in kind.__mro__ if base in registered)

    def dispatch(*args, **kwargs):
        return find(type(args[0]))(*args, **kwargs)

    def register(kind, implementation=None):
        if implementation is None:
            if isinstance(kind, type):
                return lambda f: register(kind, f)
            implementation = kind
            kind = next(iter(implementation.__annotations__.values()))
        registered[kind] = implementation
        return implementation

    dispatch.register, dispatch.dispatch, dispatch.registry = register, find, registered
    return update_wrapper(dispatch, function)


class singledispatchmethod:
    def __init__(self, function):
        self.dispatcher, self.function = singledispatch(function), function

    def register(self, kind, method=None):
        return self.dispatcher.register(kind, method)

    def __get__(self, instance, owner=None):
        return lambda *args, **kwargs: self.dispatcher.dispatch(type(args[0])).__get__(instance, owner)(*args, **kwargs)


class _Placeholder:
    pass


def recursive_repr(fillvalue="..."):
    return lambda function: function
