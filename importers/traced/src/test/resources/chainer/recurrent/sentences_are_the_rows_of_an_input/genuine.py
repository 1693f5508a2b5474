from program import Net  # noqa: F401


def reference(net, xs):
    return net(list(xs))
