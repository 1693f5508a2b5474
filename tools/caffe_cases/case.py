"""What a case is: a net of one layer, its inputs and weights, and what an independent telling makes of them."""

import pathlib

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2] / "importers/declared/src/test/resources/caffe"

CASES = {}


def numbers(seed, *shape, scale=1.0):
    """Normal numbers, the same on every machine."""
    return (np.random.default_rng(seed).standard_normal(shape) * scale).astype(np.float32)


def case(path, layer, inputs, outputs, blobs=()):
    """Adds a case.

    path: family/sentence. layer: the body of the layer or layers under test. inputs, outputs: arrays by blob name.
    blobs: learned parameters by "layer/index".
    """
    if path in CASES:
        raise ValueError("two cases are called " + path)
    CASES[path] = (layer, inputs, outputs, dict(blobs))


def refusal(path, layer, message, **inputs):
    """Adds a case that is refused with this message. inputs: shapes by blob name."""
    case(path, layer, {name: np.zeros(shape, np.float32) for name, shape in inputs.items()}, message)


def write_all(only=""):
    for path, (layer, inputs, outputs, blobs) in sorted(CASES.items()):
        if only in path:
            folder = ROOT / path
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "net.prototxt").write_text(net(path, layer, inputs))
            if isinstance(outputs, str):
                (folder / "error.txt").write_text(outputs + "\n")
            else:
                np.savez(folder / "reference.npz", **arrays(inputs, outputs, blobs))


def net(path, layer, inputs):
    text = 'name: "%s"\n' % path.split("/")[-1]
    for name, value in inputs.items():
        dims = " ".join("dim: %d" % size for size in np.shape(value))
        text += 'layer { name: "%s" type: "Input" top: "%s" input_param { shape { %s } } }\n' % (name, name, dims)
    return text + layer.strip("\n") + "\n"


def arrays(inputs, outputs, blobs):
    named = {}
    for kind, values in (("input", inputs), ("output", outputs), ("blob", blobs)):
        for name, value in values.items():
            named[kind + "/" + name] = np.asarray(value, dtype=np.float32)
    return named
