from program import Net  # noqa: F401


def reference(net, x, **zeros):
    net.gru.reset_state()
    y = net(x)
    return {'output_0': y, 'gru/h_next': y}
