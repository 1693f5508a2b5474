"""The networks that Chainer brings with it. Source: chainer/links/model/vision."""
from chainer.links.model.vision.googlenet import GoogLeNet  # noqa: F401
from chainer.links.model.vision.resnet import ResNet50Layers, ResNet101Layers, ResNet152Layers, ResNetLayers  # noqa: F401
from chainer.links.model.vision.vgg import VGG16Layers, VGG19Layers, VGGLayers  # noqa: F401
