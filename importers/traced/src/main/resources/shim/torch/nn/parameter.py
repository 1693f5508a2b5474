from torch._core import Buffer, Parameter  # noqa: F401


class UninitializedParameter(Parameter):
    pass
