"""chainer: links, chains and variables; functions are Java's."""
import sys

import _entrepot
import numpy
from chainer import _arrays, _core, _quiet

_quiet.packages(*("chainer." + name for name in """
    computational_graph dataset datasets device device_resident exporters function_hooks graph_optimizations gradient_check iterators optimizer
    optimizer_hooks optimizers serializer testing training types warnings distributions
""".split()))

from chainer import functions, initializers, links, reporter, serializers  # noqa: E402, F401
from chainer._core import Parameter, Variable  # noqa: E402, F401
from chainer.configuration import config, global_config, using_config  # noqa: E402, F401
from chainer.function_set import FunctionSet  # noqa: E402, F401
from chainer.initializers import Initializer  # noqa: E402, F401
from chainer.link import Chain, ChainList, Link  # noqa: E402, F401
from chainer.reporter import report, report_scope, get_current_reporter  # noqa: E402, F401
from chainer.sequential import Sequential  # noqa: E402, F401
from chainer.variable import as_array, as_variable  # noqa: E402, F401

__version__ = "7.8.1"
initializer = initializers
ON, OFF, AUTO = "on", "off", "auto"


def no_backprop_mode():
    return using_config("enable_backprop", False)


def force_backprop_mode():
    return using_config("enable_backprop", True)


def is_debug():
    return False


def set_debug(debug):
    pass


def get_dtype(dtype=None, map_mixed16=None):
    return numpy.dtype(dtype or config.dtype)


def should_use_cudnn(*_):
    return False


def get_array_types():
    return (numpy.ndarray, Variable)


get_cpu_array_types = get_array_types


class Function:
    """The base of functions that a source writes by itself; only those that compute with variables can be followed."""

    def __call__(self, *inputs):
        outputs = self.forward(tuple(inputs))
        return outputs[0] if len(outputs) == 1 else outputs

    def apply(self, inputs):
        return self.forward(tuple(inputs))

    def forward(self, inputs):
        return self.forward_cpu(inputs)

    def retain_inputs(self, _): pass
    def retain_outputs(self, _): pass


FunctionNode = Function


def _placed(name):
    path = "chainer." + name
    if path not in sys.modules:
        if not _entrepot.host["source"](path) and path not in _quiet._Finder.roots:
            return None
        __import__(path)
    return sys.modules[path]


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    found = _placed(name)
    if found is not None:
        return found
    if name in ("Optimizer", "GradientMethod", "UpdateRule", "Reporter", "Summary", "DictSummary", "Serializer", "Deserializer",
                "AbstractSerializer", "LinkHook", "FunctionHook", "DeviceResident"):
        return type(name, (_quiet.Base,), {})
    if name in ("get_device", "using_device", "grad", "disable_experimental_feature_warning", "print_runtime_info", "backward"):
        return _quiet.Quiet()
    return _entrepot.Placeholder("chainer." + name)
