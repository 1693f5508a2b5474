"""torchvision.models: its own networks come in by their weights or saved forms; here are the names that other sources import."""
import _entrepot


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _entrepot.Placeholder("torchvision.models." + name)
