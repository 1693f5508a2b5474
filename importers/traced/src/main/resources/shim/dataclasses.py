"""dataclasses without the compiler: the methods are closures. Python's own takes most of a second to load."""


class _Missing:
    pass


MISSING = _Missing()
KW_ONLY = object()


class FrozenInstanceError(AttributeError):
    pass


class InitVar:
    def __class_getitem__(cls, kind):
        return cls


class Field:
    def __init__(self, default, default_factory, init, repr, compare, kw_only, metadata):
        self.name = self.type = None
        self.default, self.default_factory, self.init, self.repr = default, default_factory, init, repr
        self.compare, self.kw_only, self.metadata = compare, kw_only, metadata or {}


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=False):
    return Field(default, default_factory, init, repr, compare, kw_only, metadata)


def _is_class_variable(annotation):
    return getattr(annotation, "_name", "") == "ClassVar" or isinstance(annotation, str) and "ClassVar" in annotation


def _fields_of(cls):
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(getattr(base, "__dataclass_fields__", {}))
    only_keywords = False
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY:
            only_keywords = True
            continue
        if _is_class_variable(annotation):
            continue
        default = cls.__dict__.get(name, MISSING)
        if isinstance(default, Field):
            made = default
            if made.default is MISSING:
                if name in cls.__dict__:
                    delattr(cls, name)
            else:
                setattr(cls, name, made.default)
        else:
            if isinstance(default, (list, dict, set)):
                raise ValueError("mutable default " + repr(type(default)) + " for field " + name + " is not allowed: use default_factory")
            made = field(default=default)
        made.name, made.type = name, annotation
        made.kw_only = made.kw_only or only_keywords
        found[name] = made
    return found


def dataclass(cls=None, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False,
              slots=False, weakref_slot=False):
    def decorate(cls):
        found = _fields_of(cls)
        cls.__dataclass_fields__ = found
        if init:
            cls.__init__ = _initializer(cls, found, kw_only)
        if repr and "__repr__" not in cls.__dict__:
            cls.__repr__ = _shown
        if eq and "__eq__" not in cls.__dict__:
            cls.__eq__ = _equal
            if not frozen and "__hash__" not in cls.__dict__:
                cls.__hash__ = None
        if frozen:
            cls.__setattr__ = _frozen
            cls.__hash__ = lambda self: hash(astuple(self))
        if order:
            cls.__lt__ = lambda self, other: astuple(self) < astuple(other)
            cls.__le__ = lambda self, other: astuple(self) <= astuple(other)
            cls.__gt__ = lambda self, other: astuple(self) > astuple(other)
            cls.__ge__ = lambda self, other: astuple(self) >= astuple(other)
        return cls

    return decorate if cls is None else decorate(cls)


def _initializer(cls, found, kw_only):
    positional = [f for f in found.values() if f.init and not (f.kw_only or kw_only)]

    def __init__(self, *args, **kwargs):
        if len(args) > len(positional):
            raise TypeError("%s() takes %d positional arguments but %d were given" % (cls.__name__, len(positional) + 1, len(args) + 1))
        given = {f.name: value for f, value in zip(positional, args)}
        for name, value in kwargs.items():
            if name in given or name not in found or not found[name].init:
                raise TypeError("%s() got an unexpected keyword argument %r" % (cls.__name__, name))
            given[name] = value
        for name, f in found.items():
            if name in given:
                value = given[name]
            elif f.default is not MISSING:
                value = f.default
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.init:
                raise TypeError("%s() misses the argument %r" % (cls.__name__, name))
            else:
                continue
            object.__setattr__(self, name, value)
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    return __init__


def _shown(self):
    parts = [f.name + "=" + repr(getattr(self, f.name)) for f in fields(self) if f.repr]
    return type(self).__qualname__ + "(" + ", ".join(parts) + ")"


def _equal(self, other):
    return type(self) is type(other) and all(getattr(self, f.name) == getattr(other, f.name) for f in fields(self) if f.compare)


def _frozen(self, name, value):
    raise FrozenInstanceError("cannot assign to field " + repr(name))


def fields(value):
    return tuple(value.__dataclass_fields__.values())


def is_dataclass(value):
    return hasattr(value, "__dataclass_fields__")


def _plain(value, of):
    if is_dataclass(value) and not isinstance(value, type):
        return of(value)
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return type(value)(_plain(item, of) for item in value)
    if isinstance(value, dict):
        return {key: _plain(item, of) for key, item in value.items()}
    return value


def asdict(value, *, dict_factory=dict):
    return dict_factory([(f.name, _plain(getattr(value, f.name), asdict)) for f in fields(value)])


def astuple(value, *, tuple_factory=tuple):
    return tuple_factory([_plain(getattr(value, f.name), astuple) for f in fields(value)])


def replace(value, /, **changes):
    given = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
    given.update(changes)
    return type(value)(**given)


def make_dataclass(name, specification, **_):
    annotations, members = {}, {}
    for item in specification:
        item = (item, object) if isinstance(item, str) else item
        annotations[item[0]] = item[1]
        if len(item) > 2:
            members[item[0]] = item[2]
    members["__annotations__"] = annotations
    return dataclass(type(name, (), members))
