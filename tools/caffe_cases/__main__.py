"""Writes the case directories of layers that no genuine framework at hand computes.

The numbers come from loops told after each fork's own source, which every function names. Usage:

    python3 tools/caffe_cases [part of a case's path]

Needs NumPy.
"""

import importlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import case  # noqa: E402

for module in sorted(pathlib.Path(__file__).parent.glob("*_cases.py")):
    importlib.import_module(module.stem)
case.write_all(*sys.argv[1:])
