"""Random numbers are for training; a network that needs one while it runs cannot be converted faithfully."""
import _entrepot


def seed(*_, **__):
    pass


def setstate(*_):
    pass


def getstate():
    return ()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def refused(*_, **__):
        raise _entrepot.SourceError("unsupported", "random." + name, "a network that draws random numbers gives other outputs each time")

    return refused


class Random:
    def __init__(self, *_):
        pass

    seed = seed

    def __getattr__(self, name):
        return __getattr__(name)
