"""Parts of Chainer that mean nothing for a graph: training, data, reports. What is asked of them does nothing."""
import sys


class Quiet:
    """A function, class, decorator or context that does nothing."""

    def __init__(self, *_, **__):
        pass

    def __call__(self, *args, **_):
        return args[0] if len(args) == 1 and callable(args[0]) else Quiet()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Quiet()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __bool__(self):
        return False

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __getitem__(self, _):
        return Quiet()

    def __setitem__(self, *_):
        pass


class Base:
    """A class of such a part that a source may derive from."""

    def __init__(self, *_, **__):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Quiet()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __call__(self, *_, **__):
        return Quiet()


def quiet_attributes(module):
    """__getattr__ of a module all of which is quiet: classes for names that begin with a capital."""

    def get(name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Base,), {"__module__": module}) if name[0].isupper() else Quiet()

    return get


class _Package(type(sys)):
    """A quiet package; every module below it is quiet, too."""

    def __init__(self, name):
        super().__init__(name)
        self.__path__ = []
        self.__getattr__ = quiet_attributes(name)


class _Finder:
    roots = frozenset()

    @staticmethod
    def find_spec(name, path=None, target=None):
        parts = name.split(".")
        if not any(".".join(parts[:depth]) in _Finder.roots for depth in range(1, len(parts) + 1)):
            return None
        return type(sys.__spec__)(name, _Finder, is_package=True)

    @staticmethod
    def create_module(spec):
        return _Package(spec.name)

    @staticmethod
    def exec_module(module):
        pass

    @staticmethod
    def invalidate_caches():
        pass


def packages(*names):
    """Makes these packages quiet."""
    _Finder.roots = _Finder.roots | set(names)
    if _Finder not in sys.meta_path:
        sys.meta_path.append(_Finder)
