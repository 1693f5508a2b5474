"""torch.fft: operators whose names begin with fft_."""
import _entrepot
from torch import _core
from torch._core import call  # noqa: F401

def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    found = _core.function("fft_" + name)
    if found is None:
        return _entrepot.Placeholder("torch.fft." + name)
    globals()[name] = found
    return found
