import _entrepot


def __getattr__(name):
    return _entrepot.Placeholder("numpy.linalg." + name)
