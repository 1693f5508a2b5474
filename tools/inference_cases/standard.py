"""The cases of standard.txt: the tests that the onnx package brings or makes."""

import itertools
import pathlib

import numpy as np
import onnx
import onnx.checker
from onnx import TensorProto, numpy_helper
from onnx.backend.test.case.node import collect_testcases

import left_out
from lines import HOUSE_OPSET, case, opset
from opinions import run

NOT_COMPARED = {
    "test_loop16_seq_none": "a carried value is optional first and a sequence then",
    "test_scan_sum": "Scan of opset 8 has a batch axis",
}


def at_house_opset(model):
    """The same model in the house opset, or None if its operators are not in it."""
    if opset(model) <= HOUSE_OPSET:
        return model
    lowered = onnx.ModelProto()
    lowered.CopyFrom(model)
    lowered.ir_version = 10
    for entry in lowered.opset_import:
        if entry.domain in ("", "ai.onnx"):
            entry.version = HOUSE_OPSET
    try:
        onnx.checker.check_model(lowered, full_check=True)
    except Exception:
        return None
    return lowered


def stored_cases():
    """Name, model, inputs and outputs of every test that the onnx package brings or makes."""
    for test in collect_testcases(None):
        if test.data_sets:
            inputs, outputs = ([plain(value) for value in values] for values in test.data_sets[0])
            yield test.name, test.model, inputs, outputs
    data = pathlib.Path(onnx.__file__).parent / "backend/test/data"
    for folder in sorted(itertools.chain(*(data.glob(f"{kind}/test_*") for kind in ("simple", "pytorch-operator", "pytorch-converted")))):
        model = onnx.load(folder / "model.onnx")
        sets = sorted(folder.glob("test_data_set_0"))
        if sets:
            yield folder.name, model, stored_arrays(sets[0], "input"), stored_arrays(sets[0], "output")


def plain(value):
    return np.asarray(value) if isinstance(value, np.generic) else value


def stored_arrays(folder, role):
    arrays = []
    for index in range(len(list(folder.glob(f"{role}_*.pb")))):
        tensor = TensorProto()
        tensor.ParseFromString((folder / f"{role}_{index}.pb").read_bytes())
        arrays.append(numpy_helper.to_array(tensor))
    return arrays


def cases():
    for name, model, inputs, outputs in stored_cases():
        domains = {node.domain for node in model.graph.node} - {"", "ai.onnx"}
        lowered = at_house_opset(model)
        if name in NOT_COMPARED:
            left_out.note(NOT_COMPARED[name], name)
        elif domains:
            left_out.note("operators of another domain: " + ", ".join(sorted(domains)), name)
        elif lowered is None:
            left_out.note("operators or attributes that are not in opset 20", name)
        elif disagrees(lowered, inputs, outputs):
            left_out.note("ONNX Runtime computes another shape than is stored", name)
        else:
            line = case(name, lowered, inputs, outputs)
            if line is not None:
                yield line


def disagrees(model, inputs, outputs):
    ran = run(model, inputs)
    return ran is not None and any(
        isinstance(stored, np.ndarray) and isinstance(array, np.ndarray) and stored.shape != array.shape
        for stored, array in zip(outputs, ran)
    )
