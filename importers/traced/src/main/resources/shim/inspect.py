"""What sources ask of functions and classes. Python's own takes most of a second to load."""
import types as _types


class _Empty:
    pass


class Parameter:
    empty = _Empty
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = range(5)

    def __init__(self, name, kind=1, default=_Empty, annotation=_Empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation


class Signature:
    empty = _Empty

    def __init__(self, parameters=()):
        self.parameters = {parameter.name: parameter for parameter in parameters}
        self.return_annotation = _Empty

    def bind(self, *args, **kwargs):
        bound = dict(zip(self.parameters, args))
        bound.update(kwargs)
        return _Bound(bound, self)

    bind_partial = bind


class _Bound:
    def __init__(self, arguments, signature):
        self.arguments, self.signature = arguments, signature

    def apply_defaults(self):
        for name, parameter in self.signature.parameters.items():
            if name not in self.arguments and parameter.default is not _Empty:
                self.arguments[name] = parameter.default


def signature(function, **_):
    function = getattr(function, "__wrapped__", function)
    skip = 0
    if isinstance(function, type):
        function, skip = function.__init__, 1
    elif isinstance(function, _types.MethodType):
        function, skip = function.__func__, 1
    elif hasattr(function, "func"):
        return signature(function.func)
    elif not hasattr(function, "__code__") and hasattr(function, "__call__"):
        function, skip = type(function).__call__, 1
    code = getattr(function, "__code__", None)
    if code is None:
        return Signature()
    names = code.co_varnames
    count, only = code.co_argcount, code.co_kwonlyargcount
    defaults, keywords = function.__defaults__ or (), function.__kwdefaults__ or {}
    annotations = getattr(function, "__annotations__", {})
    found = []
    for i, name in enumerate(names[:count]):
        default = defaults[i - count + len(defaults)] if i >= count - len(defaults) else _Empty
        found.append(Parameter(name, 1, default, annotations.get(name, _Empty)))
    after = count + only
    if code.co_flags & 4:
        found.append(Parameter(names[after], 2))
        after += 1
    for name in names[count : count + only]:
        found.append(Parameter(name, 3, keywords.get(name, _Empty), annotations.get(name, _Empty)))
    if code.co_flags & 8:
        found.append(Parameter(names[after], 4))
    return Signature(found[skip:])


def getfullargspec(function):
    return _Spec(signature(function).parameters.values())


class _Spec:
    def __init__(self, parameters):
        plain = [p for p in parameters if p.kind < 2]
        self.args = [p.name for p in plain]
        self.defaults = tuple(p.default for p in plain if p.default is not _Empty)
        self.kwonlyargs = [p.name for p in parameters if p.kind == 3]
        self.varargs = next((p.name for p in parameters if p.kind == 2), None)
        self.varkw = next((p.name for p in parameters if p.kind == 4), None)


getargspec = getfullargspec


def isclass(value):
    return isinstance(value, type)


def isfunction(value):
    return isinstance(value, _types.FunctionType)


def ismethod(value):
    return isinstance(value, _types.MethodType)


def isroutine(value):
    return isfunction(value) or ismethod(value) or isinstance(value, _types.BuiltinFunctionType)


def ismodule(value):
    return isinstance(value, _types.ModuleType)


def isgenerator(value):
    return isinstance(value, _types.GeneratorType)


def isabstract(value):
    return False


isgeneratorfunction = iscoroutinefunction = isabstract


def getmembers(value, predicate=None):
    found = [(name, getattr(value, name, None)) for name in dir(value)]
    return [(name, member) for name, member in found if predicate is None or predicate(member)]


def getmro(cls):
    return cls.__mro__


def getdoc(value):
    return value.__doc__


def getmodule(value):
    import sys

    return sys.modules.get(getattr(value, "__module__", ""))


def currentframe():
    import sys

    return sys._getframe(1)


def unwrap(function, **_):
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function


def getsource(value):
    raise OSError("source may not read source")


getfile = getsourcefile = getsourcelines = getsource


def stack():
    return []
