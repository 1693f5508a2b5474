"""chainer.links.caffe.caffe_function."""
from chainer.links.caffe import CaffeFunction  # noqa: F401
