"""torchvision: its operators and small modules; whole networks are given as source or recognised by their weights."""
from torch._quiet import getattr_of

__version__ = "0.22.0"
__getattr__ = getattr_of(__name__)
