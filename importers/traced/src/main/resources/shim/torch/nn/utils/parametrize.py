"""Parametrizations of a user's own are run before the module."""


def is_parametrized(module, name=None):
    return "parametrizations" in module._modules


def remove_parametrizations(module, *_, **__):
    return module
