"""The configuration. A model is traced in test mode, whatever the source says of train. Source: chainer/configuration.py."""
import sys

import _entrepot

_TEST = {"train": False, "enable_backprop": False}


class _Config:
    cudnn_deterministic = debug = keep_graph_on_report = False
    type_check, use_cudnn, use_ideep, autotune = True, "auto", "never", False
    dtype = "float32"
    in_recomputing = _will_recompute = False

    def __getattr__(self, name):
        if name in _TEST:
            return _TEST[name]
        if name.startswith("__"):
            raise AttributeError(name)
        return None

    def __setattr__(self, name, value):
        if name not in _TEST:
            object.__setattr__(self, name, value)
        elif name == "train" and value:
            _entrepot.warn("config.train stays False: a model is traced in test mode", sys._getframe(1))

    def show(self, file=None):
        pass


config = global_config = _Config()


class using_config:
    """Sets a value while a block is run."""

    def __init__(self, name, value, config=config):
        self.name, self.value, self.config = name, value, config
        if name == "train" and value:
            _entrepot.warn("using_config('train', True) is not followed: a model is traced in test mode", sys._getframe(1))

    def __enter__(self):
        if self.name not in _TEST:
            self.before = getattr(self.config, self.name)
            setattr(self.config, self.name, self.value)

    def __exit__(self, *_):
        if self.name not in _TEST:
            setattr(self.config, self.name, self.before)
        return False

    def __call__(self, function):
        return function
