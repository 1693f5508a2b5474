"""Gradients are not computed; a function of one's own is run forwards."""
from torch._core import Tensor
from torch._functions import enable_grad, no_grad, set_grad_enabled  # noqa: F401
from torch._quiet import getattr_of

_quiet = getattr_of(__name__)


def __getattr__(name):
    return _quiet(name)


def Variable(data=None, requires_grad=False, volatile=False):
    return data


class _Context:
    needs_input_grad = (False,) * 32
    saved_tensors = ()

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def mark_dirty(self, *_):
        pass

    mark_non_differentiable = set_materialize_grads = mark_dirty


class Function:
    @classmethod
    def apply(cls, *args, **kwargs):
        if "setup_context" in cls.__dict__:
            return cls.forward(*args, **kwargs)
        return cls.forward(_Context(), *args, **kwargs)


def grad(*_, **__):
    import _entrepot

    raise _entrepot.SourceError("unsupported", "torch.autograd.grad", "gradients are not computed")


backward = grad
