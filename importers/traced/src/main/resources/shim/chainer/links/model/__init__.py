"""Links that hold models. Source: chainer/links/model."""
from chainer._paths import inside
from chainer.links.model.classifier import Classifier  # noqa: F401

__getattr__ = inside("chainer.links")
