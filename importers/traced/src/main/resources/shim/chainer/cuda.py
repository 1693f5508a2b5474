"""chainer.cuda, as chainer.backends.cuda."""
from chainer.backends.cuda import *  # noqa: F401,F403
from chainer.backends.cuda import __getattr__, _get_device, cupy, cudnn  # noqa: F401
