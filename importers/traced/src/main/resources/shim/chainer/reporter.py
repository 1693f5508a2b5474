"""What a network reports while it is trained goes nowhere."""
from chainer._quiet import quiet_attributes, Quiet


def report(values, observer=None):
    pass


def get_current_reporter():
    return Quiet()


def report_scope(observation):
    return Quiet()


__getattr__ = quiet_attributes(__name__)
