"""Chainer's module paths: chainer.functions.activation.relu and the like lead to what chainer.functions and chainer.links have."""
import sys

_Module = type(sys)
_FOLDERS = ("chainer.functions.", "chainer.links.", "chainer.initializers.")


class _Callable:
    """A name that is a function and the module it lies in, such as relu of chainer.functions.activation."""

    def __init__(self, name, package):
        self.__name__ = name
        self._package = package

    def __call__(self, *args, **kwargs):
        return getattr(self._package, self.__name__)(*args, **kwargs)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._package, name)


def inside(root):
    """__getattr__ of a folder or a file below chainer.functions or chainer.links."""

    def get(name):
        if name.startswith("__"):
            raise AttributeError(name)
        package = sys.modules[root]
        return _Callable(name, package) if name.islower() or "_" in name else getattr(package, name)

    return get


class _Path(_Module):
    def __init__(self, name):
        super().__init__(name)
        self.__path__ = []
        self.__getattr__ = inside(".".join(name.split(".")[:2]))


class _Finder:
    """Finds below those folders what has no file of its own."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if not name.startswith(_FOLDERS):
            return None
        spec = type(sys.__spec__)(name, _Finder, is_package=True) if getattr(sys, "__spec__", None) else None
        return spec

    @staticmethod
    def create_module(spec):
        return _Path(spec.name)

    @staticmethod
    def exec_module(module):
        pass

    @staticmethod
    def invalidate_caches():
        pass


sys.meta_path.append(_Finder)
