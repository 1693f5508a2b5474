"""typing for running code: annotations mean nothing, so most names stand for themselves. Python's own takes most of a second to load."""
import _collections_abc as _abc

TYPE_CHECKING = False


class _Form:
    """A name that can be subscripted, joined, called and subclassed."""

    def __init__(self, name, kind=None, base=None):
        self._name, self._kind, self._base = name, kind, base

    def __getitem__(self, arguments):
        made = _Form(self._name, self._kind, self._base)
        made.__origin__ = self._kind or self
        made.__args__ = arguments if isinstance(arguments, tuple) else (arguments,)
        return made

    def __call__(self, *args, **kwargs):
        if self._kind is None:
            return args[-1] if args else None
        return self._kind(*args, **kwargs)

    def __or__(self, other):
        return Union[self, other]

    __ror__ = __or__

    def __mro_entries__(self, bases):
        return (self._base or self._kind or object,) if self._name != "Generic" or len(bases) == 1 else (_Generic,)

    def __instancecheck__(self, value):
        if self._kind is None:
            raise TypeError(self._name + " cannot be used with isinstance()")
        return isinstance(value, self._kind)

    def __subclasscheck__(self, kind):
        return self._kind is not None and issubclass(kind, self._kind)

    def __repr__(self):
        return "typing." + self._name


class _Generic:
    def __class_getitem__(cls, arguments):
        return cls


class TypeVar:
    def __init__(self, name, *constraints, **_):
        self.__name__, self.__constraints__ = name, constraints

    def __or__(self, other):
        return Union[self, other]

    __ror__ = __or__


class ParamSpec(TypeVar):
    args = kwargs = None


TypeVarTuple = NewType = lambda name, *_, **__: TypeVar(name)

for _name in """Any Optional Union Literal Final ClassVar Annotated NoReturn Never Self LiteralString TypeAlias Concatenate TypeGuard
        TypeIs Required NotRequired Unpack ReadOnly IO TextIO BinaryIO AnyStr""".split():
    globals()[_name] = _Form(_name)
Generic, Protocol = _Form("Generic", None, _Generic), _Form("Protocol", None, _Generic)
for _name, _kind in {
    "List": list, "Dict": dict, "Set": set, "FrozenSet": frozenset, "Tuple": tuple, "Type": type, "Text": str,
    "Callable": _abc.Callable, "Iterable": _abc.Iterable, "Iterator": _abc.Iterator, "Sequence": _abc.Sequence,
    "MutableSequence": _abc.MutableSequence, "Mapping": _abc.Mapping, "MutableMapping": _abc.MutableMapping,
    "Collection": _abc.Collection, "Container": _abc.Container, "Hashable": _abc.Hashable, "Sized": _abc.Sized,
    "Generator": _abc.Generator, "AbstractSet": _abc.Set, "MutableSet": _abc.MutableSet, "KeysView": _abc.KeysView,
    "ValuesView": _abc.ValuesView, "ItemsView": _abc.ItemsView, "Reversible": _abc.Reversible, "Awaitable": _abc.Awaitable,
    "Coroutine": _abc.Coroutine, "AsyncIterator": _abc.AsyncIterator, "AsyncIterable": _abc.AsyncIterable,
    "AsyncGenerator": _abc.AsyncGenerator, "ByteString": _abc.ByteString,
}.items():
    globals()[_name] = _Form(_name, _kind)
Text = str
SupportsFloat = SupportsInt = SupportsIndex = SupportsAbs = SupportsRound = SupportsBytes = _Form("SupportsFloat", None, _Generic)
Pattern, Match = _Form("Pattern"), _Form("Match")




def __getattr__(name):
    if name in ("OrderedDict", "DefaultDict", "Counter", "Deque", "ChainMap"):
        import collections

        return _Form(name, getattr(collections, {"DefaultDict": "defaultdict", "Deque": "deque"}.get(name, name)))
    raise AttributeError("module 'typing' has no attribute " + repr(name))


def cast(kind, value):
    return value


def overload(function):
    return function


final = no_type_check = runtime_checkable = override = no_type_check_decorator = overload


def dataclass_transform(*_, **__):
    return lambda decorated: decorated


def deprecated(*_, **__):
    return lambda decorated: decorated


def get_type_hints(value, *_, **__):
    return dict(getattr(value, "__annotations__", {}))


def get_origin(kind):
    return getattr(kind, "__origin__", None)


def get_args(kind):
    return getattr(kind, "__args__", ())


def assert_never(value):
    raise AssertionError(value)


def assert_type(value, kind):
    return value


reveal_type = lambda value: value  # noqa: E731


class ForwardRef:
    def __init__(self, text, *_, **__):
        self.__forward_arg__ = text


class _NamedTupleType(type):
    def __new__(mcs, name, bases, members):
        if not bases:
            return type.__new__(mcs, name, bases, members)
        from collections import namedtuple

        fields = list(members.get("__annotations__", {}))
        made = namedtuple(name, fields, defaults=[members[field] for field in fields if field in members])
        made.__annotations__ = members.get("__annotations__", {})
        for key, value in members.items():
            if key not in fields and key not in ("__module__", "__qualname__", "__annotations__", "__dict__", "__classcell__"):
                setattr(made, key, value)
        return made


_NamedTupleBase = type.__new__(_NamedTupleType, "NamedTuple", (), {})


class _NamedTuple:
    def __call__(self, name, fields=(), **kwargs):
        from collections import namedtuple

        return namedtuple(name, [field for field, _ in fields] or list(kwargs))

    def __mro_entries__(self, bases):
        return (_NamedTupleBase,)


class _TypedDict:
    def __call__(self, name, fields=(), **_):
        return dict

    def __mro_entries__(self, bases):
        return (dict,)


NamedTuple, TypedDict = _NamedTuple(), _TypedDict()
