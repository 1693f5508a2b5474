import chainer
import program
from chainer.links.caffe.caffe_function import CaffeFunction


class Net(program.Net):
    """The same layers, walked by Chainer's own CaffeFunction."""

    __call__ = chainer.Link.__call__
    forward = CaffeFunction.forward


def reference(net, **inputs):
    outputs = ['prob', 'pool1']
    return dict(zip(outputs, net(inputs=inputs, outputs=outputs)))
