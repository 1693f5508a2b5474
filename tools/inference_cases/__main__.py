#!/usr/bin/env python3
"""Makes the cases that shape and type inference is tested with.

    pip install onnx==1.23.1 onnxruntime numpy
    python3 tools/inference_cases onnx/src/test/resources/dev/entrepot/onnx/infer

Nothing here is computed by this project. A case is a graph in ONNX's text syntax on one line whose declared outputs are what really came out:

- standard.txt: the ONNX backend's tests, with the types and shapes of the stored outputs (the ONNX reference implementation's, or those of
  the framework that a model was exported from);
- drawn.txt: single operators with drawn attributes and sizes, with the types and shapes that ONNX Runtime computed in opset 20;
- refused.txt: drawn operators that ONNX Runtime refuses, and so does onnx.shape_inference (strict) or ONNX's text.

A size written as _7 was 7 and depends on more than types and constants: inference may leave it open. Small inputs are initializers, so
that their contents are known. Each file ends with what was left out and why.
"""

import os
import pathlib
import sys
import warnings

import numpy as np
import onnx
import onnxruntime

import drawn
import left_out
import standard


def write(path, lines):
    with path.open("w") as out:
        out.write(f"# Made by tools/inference_cases with onnx {onnx.__version__} and onnxruntime {onnxruntime.__version__}; do not edit.\n")
        out.write(f"# {len(lines)} cases.\n")
        out.writelines(line + "\n" for line in lines)
        for reason, names in sorted(left_out.names.items()):
            out.write(f"# Left out {len(names)}, {reason}: {', '.join(names)}\n")
    print(path.name, len(lines), {reason: len(names) for reason, names in sorted(left_out.names.items())})
    left_out.names.clear()


def main(folder):
    warnings.filterwarnings("ignore")
    np.seterr(all="ignore")
    onnxruntime.set_default_logger_severity(4)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "standard.txt", list(standard.cases()))
    held, refused = drawn.cases()
    write(folder / "drawn.txt", held)
    write(folder / "refused.txt", refused)


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"
    main(pathlib.Path(sys.argv[1]))
