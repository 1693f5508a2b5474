"""Links, chains and lists of them. Source: chainer/link.py, chainer/sequential.py."""
import copy as _copy
import functools

import numpy
from chainer import _core
from chainer._core import Parameter, Variable


def _within(function):
    """Calls a link's forward; the nodes that come of it belong to the link."""

    @functools.wraps(function)
    def within(self, *args, **kwargs):
        before = _core._host["enter"](self.__dict__.get("_path", ""))
        try:
            return function(self, *args, **kwargs)
        finally:
            _core._host["enter"](before)

    return within


class _InitScope:
    def __init__(self, link):
        self.link = link

    def __enter__(self):
        self.before = self.link.__dict__.get("_within_init_scope", False)
        self.link.__dict__["_within_init_scope"] = True

    def __exit__(self, *_):
        self.link.__dict__["_within_init_scope"] = self.before
        return False


class Link:
    """Parameters and persistent values under names."""

    name = None
    xp = numpy

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "__call__" in cls.__dict__:
            cls.__call__ = _within(cls.__dict__["__call__"])

    def __init__(self, **params):
        self._begin()
        for name, value in params.items():
            shape, dtype = value if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], tuple) else (value, None)
            self.add_param(name, shape, dtype=dtype)

    def _begin(self):
        own = self.__dict__
        own.setdefault("_params", [])
        own.setdefault("_persistent", [])
        own.setdefault("_within_init_scope", False)

    def __call__(self, *args, **kwargs):
        forward = getattr(self, "forward", None)
        if forward is None:
            raise TypeError(type(self).__name__ + " has neither __call__ nor forward")
        hooks = self.__dict__.get("_hooks", ())
        before = _core._host["enter"](self.__dict__.get("_path", ""))
        try:
            for hook in hooks:
                hook.before(self, args)
            result = forward(*args, **kwargs)
            for hook in hooks:
                hook.after(self)
            return result
        finally:
            _core._host["enter"](before)

    def init_scope(self):
        self._begin()
        return _InitScope(self)

    @property
    def within_init_scope(self):
        return self.__dict__.get("_within_init_scope", False)

    def __setattr__(self, name, value):
        self._begin()
        if self.within_init_scope and isinstance(value, Parameter):
            value.name = name
            if name not in self._params:
                self._params.append(name)
        object.__setattr__(self, name, value)

    def add_param(self, name, shape=None, dtype=None, initializer=None):
        self._begin()
        held = self.__dict__.get(name)
        if isinstance(held, Parameter):
            # Chainer 1.x makes a parameter whose sizes follow from the input at the first call.
            held.initialize(shape)
            return
        if name not in self._params:
            self._params.append(name)
        object.__setattr__(self, name, Parameter(initializer, shape, name, dtype=dtype))

    def add_uninitialized_param(self, name):
        self.add_param(name)

    @property
    def has_uninitialized_params(self):
        return any(not self.__dict__[name].is_initialized for name in self._params)

    def add_persistent(self, name, value):
        self._begin()
        self._persistent.append(name)
        object.__setattr__(self, name, value)

    def register_persistent(self, name):
        self._begin()
        if name not in self._persistent:
            self._persistent.append(name)

    def children(self):
        return iter(())

    def _named_children(self):
        return []

    def namedlinks(self, skipself=False):
        if not skipself:
            yield "/", self
        for name, child in self._named_children():
            yield "/" + name, child
            for path, link in child.namedlinks(True):
                yield "/" + name + path, link

    def links(self, skipself=False):
        for _, link in self.namedlinks(skipself):
            yield link

    def namedparams(self, include_uninit=True):
        for path, link in self.namedlinks():
            for name in link._params:
                yield path.rstrip("/") + "/" + name, link.__dict__[name]

    def params(self, include_uninit=True):
        for _, param in self.namedparams():
            yield param

    def copy(self, mode="share"):
        made = _copy.copy(self)
        made.__dict__["_params"] = list(self._params)
        made.__dict__["_persistent"] = list(self._persistent)
        if mode != "share":
            for name in made._params:
                parameter = _copy.copy(made.__dict__[name])
                parameter.__dict__ = dict(parameter.__dict__)
                made.__dict__[name] = parameter
        return made

    def repeat(self, n_repeat, mode="init"):
        from chainer.sequential import Sequential

        return Sequential(*[self.copy(mode) for _ in range(n_repeat)])

    def count_params(self):
        return sum(param.size for param in self.params())

    def add_hook(self, hook, name=None):
        """Hooks that change weights have before and after; all others only watch."""
        if hasattr(hook, "before"):
            self.__dict__.setdefault("_hooks", []).append(hook)
            hook.added(self)
        return self

    def delete_hook(self, name): pass

    @classmethod
    def from_params(cls, *args, **kwargs):
        raise NotImplementedError(cls.__name__ + ".from_params")

    def __delattr__(self, name):
        for names in (self._params, self._persistent, self.__dict__.get("_children", [])):
            if name in names:
                names.remove(name)
        object.__delattr__(self, name)

    def copyparams(self, link, copy_persistent=True): pass
    def addgrads(self, link): pass
    def to_gpu(self, *_, **__): return self
    def to_cpu(self): return self
    def to_device(self, _): return self
    def to_intel64(self): return self
    def cleargrads(self): pass
    def zerograds(self): pass
    def enable_update(self): pass
    def disable_update(self): pass
    def serialize(self, serializer): pass


class Chain(Link):
    """Links under names."""

    def __init__(self, **links):
        super().__init__()
        for name, link in links.items():
            self.add_link(name, link)

    def _begin(self):
        super()._begin()
        self.__dict__.setdefault("_children", [])

    def __setattr__(self, name, value):
        self._begin()
        if self.within_init_scope and isinstance(value, Link):
            value.__dict__["name"] = name
            if name not in self._children:
                self._children.append(name)
        super().__setattr__(name, value)

    def __getitem__(self, name):
        return self.__dict__[name]

    def add_link(self, name, link):
        self._begin()
        link.__dict__["name"] = name
        if name not in self._children:
            self._children.append(name)
        object.__setattr__(self, name, link)

    def children(self):
        return iter([child for _, child in self._named_children()])

    def _named_children(self):
        return [(name, self.__dict__[name]) for name in sorted(self._children)]

    def copy(self, mode="share"):
        made = super().copy(mode)
        made.__dict__["_children"] = list(self._children)
        for name in made._children:
            made.__dict__[name] = made.__dict__[name].copy(mode)
        return made


class ChainList(Link):
    """Links under numbers."""

    def __init__(self, *links):
        super().__init__()
        for link in links:
            self.add_link(link)

    def _begin(self):
        super()._begin()
        self.__dict__.setdefault("_list", [])

    def add_link(self, link):
        self.append(link)

    def append(self, link):
        self._begin()
        if isinstance(link, Link):
            link.__dict__["name"] = str(len(self._list))
        self._list.append(link)

    def extend(self, links):
        for link in links:
            self.append(link)

    def insert(self, index, link):
        self._list.insert(index, link)

    def __getitem__(self, index):
        return self._list[index]

    def __setitem__(self, index, link):
        self._list[index] = link

    def __delitem__(self, index):
        del self._list[index]

    def __len__(self):
        return len(self._list)

    def __iter__(self):
        return iter(self._list)

    def children(self):
        return iter([child for _, child in self._named_children()])

    def _named_children(self):
        return [(str(index), link) for index, link in enumerate(self._list) if isinstance(link, Link)]

    def copy(self, mode="share"):
        made = super().copy(mode)
        made.__dict__["_list"] = [link.copy(mode) if isinstance(link, Link) else link for link in self._list]
        return made
