"""What a source warns of becomes a warning of the conversion."""
import sys

import _entrepot

filters = []


def warn(message, category=None, stacklevel=1, source=None, **_):
    _entrepot.warn("the source warns: " + str(message), sys._getframe(1))


def warn_explicit(message, *_, **__):
    _entrepot.warn("the source warns: " + str(message), sys._getframe(1))


def _nothing(*_, **__):
    pass


filterwarnings = simplefilter = resetwarnings = showwarning = formatwarning = _filters_mutated = _nothing


class catch_warnings:
    def __init__(self, *, record=False, **_):
        self.record = record

    def __enter__(self):
        return [] if self.record else None

    def __exit__(self, *_):
        return False


def deprecated(*_, **__):
    return lambda decorated: decorated


def _deprecated(*_, **__):
    pass
