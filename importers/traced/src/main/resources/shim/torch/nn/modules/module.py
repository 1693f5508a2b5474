"""torch.nn.Module. Source: torch/nn/modules/module.py, of which only what running a network needs is told here."""
import _entrepot
from torch import _calls, _core
from torch._core import Parameter, Tensor

_host_enter = None


class _Handle:
    def remove(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def _ignored(self, *_, **__):
    return _Handle()


class Module:
    dump_patches = False
    _version = 1
    training = True
    _path = None
    call_super_init = False

    def __init__(self, *args, **kwargs):
        self._ready()

    def _ready(self):
        attributes = self.__dict__
        if "_modules" not in attributes:
            attributes["training"] = True
            attributes["_parameters"], attributes["_buffers"], attributes["_modules"] = {}, {}, {}
            attributes["_non_persistent_buffers_set"] = set()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)

    # attributes

    def __setattr__(self, name, value):
        attributes = self.__dict__
        if isinstance(value, Parameter):
            self._kept("_parameters", name)[name] = value
            attributes.pop(name, None)
            self._forget(name, "_modules", "_buffers")
        elif isinstance(value, Module):
            self._kept("_modules", name)[name] = value
            attributes.pop(name, None)
            self._forget(name, "_parameters", "_buffers")
        elif isinstance(value, _core.Buffer):
            self.register_buffer(name, value)
        else:
            for kind in ("_parameters", "_modules", "_buffers"):
                members = attributes.get(kind)
                if members is not None and name in members:
                    if kind == "_parameters" and value is not None:
                        # weight_norm and the like put a tensor where a parameter was.
                        del members[name]
                        break
                    members[name] = value
                    return
            object.__setattr__(self, name, value)

    def _kept(self, kind, name):
        members = self.__dict__.get(kind)
        if members is None:
            raise AttributeError("cannot assign " + kind[1:] + " before Module.__init__() call")
        return members

    def _forget(self, name, *kinds):
        for kind in kinds:
            self.__dict__[kind].pop(name, None)

    def __getattr__(self, name):
        attributes = self.__dict__
        for kind in ("_parameters", "_buffers", "_modules"):
            members = attributes.get(kind)
            if members is not None and name in members:
                return members[name]
        raise AttributeError("'" + type(self).__name__ + "' object has no attribute '" + name + "'")

    def __delattr__(self, name):
        for kind in ("_parameters", "_buffers", "_modules"):
            if name in self.__dict__.get(kind, ()):
                del self.__dict__[kind][name]
                return
        object.__delattr__(self, name)

    def __dir__(self):
        return sorted(set(object.__dir__(self)) | set(self._parameters) | set(self._buffers) | set(self._modules))

    # registering

    def register_parameter(self, name, param):
        self._kept("_parameters", name)[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        self.__dict__.pop(name, None)
        self._kept("_buffers", name)[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name, module):
        self._kept("_modules", name)[name] = module

    register_module = add_module

    # looking

    def children(self):
        return (module for _, module in self.named_children())

    def named_children(self):
        seen = set()
        for name, module in list(self._modules.items()):
            if module is not None and id(module) not in seen:
                seen.add(id(module))
                yield name, module

    def modules(self):
        return (module for _, module in self.named_modules())

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        memo = set() if memo is None else memo
        if id(self) in memo:
            return
        if remove_duplicate:
            memo.add(id(self))
        yield prefix, self
        for name, module in list(self._modules.items()):
            if isinstance(module, Module):
                yield from module.named_modules(memo, prefix + ("." if prefix else "") + name, remove_duplicate)

    def _members(self, kind, prefix, recurse, remove_duplicate=True):
        seen = set()
        modules = self.named_modules(prefix=prefix) if recurse else [(prefix, self)]
        for path, module in modules:
            for name, value in list(module.__dict__[kind].items()):
                if value is None or remove_duplicate and id(value) in seen:
                    continue
                seen.add(id(value))
                yield path + ("." if path else "") + name, value

    def parameters(self, recurse=True):
        return (value for _, value in self._members("_parameters", "", recurse))

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        return self._members("_parameters", prefix, recurse, remove_duplicate)

    def buffers(self, recurse=True):
        return (value for _, value in self._members("_buffers", "", recurse))

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        return self._members("_buffers", prefix, recurse, remove_duplicate)

    def get_submodule(self, target):
        module = self
        for name in target.split(".") if target else ():
            module = getattr(module, name)
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        return getattr(self.get_submodule(path), name)

    get_buffer = get_parameter

    def set_submodule(self, target, module, strict=False):
        path, _, name = target.rpartition(".")
        setattr(self.get_submodule(path), name, module)

    def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
        found = {} if destination is None else destination
        for name, holder, key in self._state(prefix):
            found[name] = holder[key]
        return found

    def _state(self, prefix=""):
        """name, dictionary and key of each tensor that a checkpoint holds."""
        for name, value in self._parameters.items():
            if value is not None:
                yield prefix + name, self._parameters, name
        for name, value in self._buffers.items():
            if value is not None and name not in self._non_persistent_buffers_set:
                yield prefix + name, self._buffers, name
        for name, module in self._modules.items():
            if module is not None:
                yield from module._state(prefix + name + ".")

    def load_state_dict(self, state_dict=None, *_, **__):
        """Weights are given beside the source and are loaded by Java."""
        return _IncompatibleKeys()

    # doing

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def train(self, mode=True):
        object.__setattr__(self, "training", mode)
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def _self(self, *_, **__):
        return self

    requires_grad_ = to = cuda = cpu = float = double = half = bfloat16 = type = share_memory = to_empty = _self
    xpu = npu = compile = _self

    def zero_grad(self, *_, **__):
        pass

    register_forward_hook = register_forward_pre_hook = register_backward_hook = register_full_backward_hook = _ignored
    register_full_backward_pre_hook = register_state_dict_pre_hook = register_load_state_dict_post_hook = _ignored
    _register_load_state_dict_pre_hook = _register_state_dict_hook = register_load_state_dict_pre_hook = _ignored

    def _load_from_state_dict(self, *_, **__):
        pass

    def extra_repr(self):
        return ""

    def _get_name(self):
        return type(self).__name__

    def __repr__(self):
        return type(self).__name__ + "(" + ", ".join(self._modules) + ")"

    def __call__(self, *args, **kwargs):
        path = self._path
        if path is None:
            return self.forward(*args, **kwargs)
        enter = _calls.host["enter"]
        before = enter(path)
        try:
            prepare = self.__dict__.get("_entrepot_prepare")
            if prepare:
                for step in prepare:
                    step(self)
            return self.forward(*args, **kwargs)
        finally:
            enter(before)

    _call_impl = __call__

    def forward(self, *_):
        raise NotImplementedError("Module [" + type(self).__name__ + "] is missing the required \"forward\" function")

    def __deepcopy__(self, memo):
        import copy

        twin = type(self).__new__(type(self))
        memo[id(self)] = twin
        for name, value in self.__dict__.items():
            twin.__dict__[name] = copy.deepcopy(value, memo)
        return twin


class _IncompatibleKeys(tuple):
    missing_keys = unexpected_keys = ()

    def __new__(cls):
        return tuple.__new__(cls, ([], []))


_IncompatibleKeys.missing_keys, _IncompatibleKeys.unexpected_keys = [], []


class Identity(Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, input):
        return input


def register_module_forward_hook(*_, **__):
    return _Handle()
