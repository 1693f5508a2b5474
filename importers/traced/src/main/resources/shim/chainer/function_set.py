"""FunctionSet of Chainer 1: functions with parameters as attributes. Source: chainer/function_set.py of version 1.5."""
from chainer.link import Chain, Link
from chainer.links.normalization import _eps


class FunctionSet(Chain):
    """A chain whose links are simply set; what is set before __init__ counts, too."""

    def __setattr__(self, name, value):
        if isinstance(value, Link):
            self.add_link(name, value)
        else:
            super().__setattr__(name, value)

    def add_link(self, name, link):
        _eps.take_as_first(link)
        super().add_link(name, link)

    def collect_parameters(self):
        return self

    def copy_parameters_from(self, params):
        pass

    @property
    def parameters(self):
        return tuple(self.params())

    @property
    def gradients(self):
        return ()
