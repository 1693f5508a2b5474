"""The eps that BatchNormalization adds to variances where source does not say it: 1e-5 until Chainer 1.13, 2e-5 since.

Source: chainer/links/normalization/batch_normalization.py of versions 1.13 and 1.14.
"""
import _entrepot

_told = set()


def take_as_first(link):
    """Source of the oldest kind has the first eps."""
    for _, inner in link.namedlinks():
        if inner.__dict__.get("eps_is_said") is False:
            inner.eps, inner.eps_is_said = 1e-5, True
            _tell("1e-5, as before Chainer 1.14, since the source writes it as the first versions did; 2e-5 if it is for a later one")


def taken_as_later():
    """Source of Chainer 1 that may be of either age keeps the later eps."""
    _tell("2e-5, as since Chainer 1.14; 1e-5 if the source is for an earlier one")


def _tell(what):
    if what not in _told:
        _told.add(what)
        _entrepot.warn("the eps of BatchNormalization is not said and taken as " + what)
