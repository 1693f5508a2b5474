"""Keywords of links that a source writes by itself. Source: chainer/utils/argument.py."""


def parse_kwargs(kwargs, *name_and_values, **unexpected):
    return tuple(kwargs.pop(name, value) for name, value in name_and_values)


def check_unexpected_kwargs(kwargs, **unexpected):
    pass


def assert_kwargs_empty(kwargs):
    pass
