"""Paths as text; no files, no environment, no processes."""
import sys

import _entrepot
import posixpath as path

sys.modules.setdefault("os.path", path)
name, sep, linesep, pathsep, curdir, pardir, altsep, extsep, devnull = "posix", "/", "\n", ":", ".", "..", None, ".", "/dev/null"
error = OSError


def fspath(path):
    return path if isinstance(path, (str, bytes)) else path.__fspath__()


fsencode = fsdecode = fspath


class PathLike:
    pass


class _Environment:
    def _refuse(self, *_, **__):
        raise _entrepot.Refused("os.environ: source may not see the environment")

    __getitem__ = __setitem__ = __delitem__ = __contains__ = __iter__ = __len__ = _refuse
    get = setdefault = pop = keys = values = items = update = copy = _refuse


environ = _Environment()


def getenv(*_, **__):
    environ._refuse()


putenv = unsetenv = getenv


def cpu_count():
    return 1


def getcwd():
    return "."


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name.isupper():
        return 0

    def refused(*_, **__):
        raise _entrepot.Refused("os." + name + ": source may not use files or processes")

    return refused
