"""torch.linalg: operators whose names begin with linalg_."""
import _entrepot
from torch import _core
from torch._core import call  # noqa: F401


def norm(A, ord=None, dim=None, keepdim=False, **_):
    if ord is None or dim is not None and isinstance(dim, int) or len(A.shape) == 1:
        return call("aten::linalg_vector_norm", A, 2 if ord is None else ord, [dim] if isinstance(dim, int) else dim, keepdim)
    return call("aten::linalg_matrix_norm", A, ord, list(dim) if dim is not None else [-2, -1], keepdim)


def vector_norm(x, ord=2, dim=None, keepdim=False, **_):
    return call("aten::linalg_vector_norm", x, ord, [dim] if isinstance(dim, int) else dim, keepdim)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    found = _core.function("linalg_" + name)
    if found is None:
        return _entrepot.Placeholder("torch.linalg." + name)
    globals()[name] = found
    return found
