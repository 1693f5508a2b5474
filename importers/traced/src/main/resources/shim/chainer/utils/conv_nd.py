"""Numbers for every axis. Source: chainer/utils/conv_nd.py."""


def as_tuple(x, n):
    if hasattr(x, "__getitem__"):
        assert len(x) == n
        return tuple(x)
    return (x,) * n
