"""chainer.variable."""
from chainer._core import Parameter, Variable  # noqa: F401


def as_variable(value):
    return value if isinstance(value, Variable) else Variable(value)


def as_array(value):
    return value
