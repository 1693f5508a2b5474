from program import Net  # noqa: F401


def reference(net, x):
    return net(x, ['res2', 'head'], 'average', 2, 0.5, None)
