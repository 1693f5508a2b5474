from torch._quiet import getattr_of

__getattr__ = getattr_of(__name__)


def is_available():
    return False


def device_count():
    return 0
