"""A network that a caffemodel describes. Source: chainer/links/caffe/caffe_function.py."""
import _entrepot
from chainer.link import Chain


class CaffeFunction(Chain):
    """Its layers stand in the caffemodel, which the importer of Caffe reads; an npz of it fits source that names the layers."""

    def __init__(self, model_path):
        super().__init__()
        raise _entrepot.SourceError(
            "unsupported", "CaffeFunction", "takes its layers from " + repr(model_path) + "; convert that file and its prototxt by themselves")
