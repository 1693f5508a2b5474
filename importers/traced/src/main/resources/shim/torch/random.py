from torch._quiet import getattr_of

__getattr__ = getattr_of(__name__)
