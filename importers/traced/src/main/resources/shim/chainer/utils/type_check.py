"""Checks of types that functions make; Java checks for itself. Source: chainer/utils/type_check.py."""
from chainer._quiet import quiet_attributes


class InvalidType(Exception):
    pass


def expect(*_):
    pass


def same_types(*_):
    return True


__getattr__ = quiet_attributes(__name__)
