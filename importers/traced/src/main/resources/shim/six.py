"""six, as far as networks use it: Python 3 alone is meant."""
import functools
import sys

PY2, PY3 = False, True
string_types, integer_types, class_types, text_type, binary_type, MAXSIZE = (str,), (int,), (type,), str, bytes, sys.maxsize


class moves:
    range = xrange = range
    zip, map, filter, input, reduce = zip, map, filter, None, functools.reduce
    zip_longest = None


def itervalues(mapping): return iter(mapping.values())
def iteritems(mapping): return iter(mapping.items())
def iterkeys(mapping): return iter(mapping.keys())


def with_metaclass(meta, *bases):
    return meta("with_metaclass", bases, {})


def add_metaclass(metaclass):
    return lambda cls: metaclass(cls.__name__, cls.__bases__, {k: v for k, v in cls.__dict__.items() if k not in ("__dict__", "__weakref__")})


def raise_from(value, cause):
    raise value from cause


sys.modules["six.moves"] = moves
