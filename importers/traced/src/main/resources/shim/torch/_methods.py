"""The methods of a tensor that are an operator's, and its casts."""
import sys

from torch._calls import _call
from torch._kinds import _ALIASES, _BY_NAME, bool_

# Methods that take their list of sizes as single arguments too.
_VARIADIC = frozenset("view reshape permute expand repeat tile flip new_zeros new_ones new_empty movedim_ squeeze_ rot90_".split())
_ALONE = frozenset("sum mean prod amax amin var std squeeze flatten".split())
_FILLING = frozenset(
    "normal_ uniform_ zero_ fill_ copy_ trunc_normal_ exponential_ bernoulli_ random_ mul_ div_ add_ sub_ clamp_ erfinv_ log_normal_ cauchy_ neg_ pow_"
    .split()
)


class _Bound:
    """A cast method such as x.float()."""

    def __init__(self, tensor, kind):
        self.tensor, self.kind = tensor, kind

    def __call__(self, *_, **__):
        return self.tensor._cast(self.kind, sys._getframe(1))


_METHODS = {name: _BY_NAME[target] for name, target in _ALIASES.items()}
_METHODS.update({"bool": bool_, "bfloat16": _BY_NAME["bfloat16"]})


def _sizes(args):
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return list(args[0])
    return list(args)


def _method(self, name):
    op = "aten::" + name

    def method(*args, **kwargs):
        if name[-1] == "_" and self._promised and name[-2] != "_":
            # Filling what the checkpoint, or nothing, will need: never computed unless something asks for it.
            if name in _FILLING and not any(isinstance(arg, _tensor.Tensor) and not arg._promised for arg in args):
                if not isinstance(self, _making.Parameter):
                    self._make_then(op, args, kwargs, sys._getframe(1))
                return self
        if args and name in _VARIADIC:
            args = (_sizes(args),)
        elif len(args) > 1 and name in _ALONE and all(type(arg) is int for arg in args) and name not in ("flatten",):
            args = (list(args),)
        result = _call(op, (self,) + args, kwargs, sys._getframe(1))
        return self if name[-1] == "_" and name[-2:] != "__" else result

    return method


from torch import _making, _tensor  # noqa: E402
