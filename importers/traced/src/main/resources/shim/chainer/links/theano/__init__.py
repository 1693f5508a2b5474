"""A function of Theano's, which nobody can run without Theano."""
import _entrepot
from chainer.link import Link


class TheanoFunction(Link):
    def __init__(self, inputs, outputs):
        super().__init__()
        raise _entrepot.SourceError("unsupported", "TheanoFunction", "computes with Theano, whose graph is no part of Chainer's source")
