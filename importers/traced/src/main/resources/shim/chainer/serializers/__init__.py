"""Weights come from the file given with the source; loading and saving inside it is passed over."""
import sys

import _entrepot
from chainer._quiet import quiet_attributes


def load_npz(file, obj, path="", strict=True, ignore_names=None):
    _entrepot.warn("weights are not loaded from " + repr(file) + ": those of the file that was given are used", sys._getframe(1))


def load_hdf5(filename, obj):
    load_npz(filename, obj)


def save_npz(file, obj, compression=True):
    pass


def save_hdf5(filename, obj, compression=4):
    pass


__getattr__ = quiet_attributes(__name__)
