#!/usr/bin/env python3
"""Makes the cases that shape and type inference is tested with.

    pip install onnx==1.23.1 onnxruntime numpy
    python3 tools/inference-cases.py onnx/src/test/resources/dev/entrepot/onnx/infer

Nothing here is computed by this project. A case is a graph in ONNX's text syntax on one line whose declared outputs are what really came out:

- standard.txt: the ONNX backend's tests, with the types and shapes of the stored outputs (the ONNX reference implementation's, or those of
  the framework that a model was exported from);
- drawn.txt: single operators with drawn attributes and sizes, with the types and shapes that ONNX Runtime computed in opset 20;
- refused.txt: drawn operators that ONNX Runtime refuses, and so does onnx.shape_inference (strict) or ONNX's text.

A size written as _7 was 7 and depends on more than types and constants: inference may leave it open. Small inputs are initializers, so
that their contents are known. Each file ends with what was left out and why.
"""

import collections
import itertools
import os
import pathlib
import random
import re
import sys
import warnings

import numpy as np
import onnx
import onnx.checker
import onnx.printer
import onnx.shape_inference
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases

HOUSE_OPSET = 20
SMALL = 16
MOST_NODES = 25
LONGEST_LINE = 3000

# Outputs whose sizes follow from the values of large inputs, or from how often something happened.
DATA_DEPENDENT = {
    "Compress", "ConcatFromSequence", "ImageDecoder", "If", "Loop", "NonMaxSuppression", "NonZero", "Optional", "OptionalGetElement",
    "SequenceAt", "SequenceConstruct", "SequenceErase", "SequenceInsert", "SequenceMap", "SplitToSequence", "StringNormalizer",
    "StringSplit", "Unique",
}

NOT_COMPARED = {
    "test_loop16_seq_none": "a carried value is optional first and a sequence then",
    "test_scan_sum": "Scan of opset 8 has a batch axis",
}

left_out = collections.defaultdict(list)


def opset(model):
    return next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), 0)


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


def constant(name, array):
    """An initializer, if the input is small enough that inference may look at its contents."""
    if not isinstance(array, np.ndarray) or array.size > SMALL or array.ndim > 2 or array.dtype.name == "object":
        return None
    if array.dtype.name not in ("int64", "int32", "bool", "float32", "float64", "uint8", "int8"):
        return None
    if array.dtype.kind == "f" and not np.all(np.isfinite(array)):
        return None
    return numpy_helper.from_array(array, name)


def tensor_type(array, open_dims=()):
    kind = TensorProto.STRING if array.dtype.kind in "OU" else helper.np_dtype_to_tensor_dtype(array.dtype)
    dims = [f"_{size}" if axis in open_dims else size for axis, size in enumerate(array.shape)]
    return helper.make_tensor_type_proto(kind, dims)


def sequence_type(arrays):
    """The type of a stored sequence: sizes are open, and unknown where the elements differ."""
    kinds = {tensor_type(array).tensor_type.elem_type for array in arrays}
    if len({array.ndim for array in arrays}) != 1:
        return helper.make_sequence_type_proto(helper.make_tensor_type_proto(kinds.pop(), None))
    sizes = [f"_{size[0]}" if len(set(size)) == 1 else None for size in zip(*(array.shape for array in arrays))]
    return helper.make_sequence_type_proto(helper.make_tensor_type_proto(kinds.pop(), sizes))


def open_dims(graph, inferred, array):
    """The axes whose size need not be known: those that onnx.shape_inference leaves open in a graph with data-dependent operators."""
    if not any(node.op_type in DATA_DEPENDENT for node in graph.node):
        return ()
    shape = inferred.type.tensor_type.shape if inferred is not None and inferred.type.HasField("tensor_type") else None
    if shape is None or len(shape.dim) != array.ndim:
        return range(array.ndim)
    return [axis for axis, dim in enumerate(shape.dim) if not dim.HasField("dim_value")]


def one_line(graph):
    """The graph in ONNX's text syntax on one line, without what the syntax lets one leave out."""
    text = re.sub(r"\s*\n\s*", " ", onnx.printer.to_text(graph)).strip()
    text = re.sub(r'\[""\] ', "", text)
    text = re.sub(r"(\w+): (?:int|ints|float|floats|string|strings) = ", r"\1 = ", text)
    text = re.sub(r"\b\w+_function_", "f_", text)
    return re.sub(r"=  \{", "= {", text)


def header(model):
    """Nothing for the house opset."""
    return "" if opset(model) == HOUSE_OPSET else f'<ir_version: 10, opset_import: ["" : {opset(model)}]> '


def clean(graph, name):
    """Only what types depend on: no doc strings, names that the text syntax can say."""
    graph.name = name
    graph.doc_string = ""
    del graph.value_info[:]
    for node in graph.node:
        node.doc_string = ""
        node.name = ""


def case(name, model, inputs, outputs):
    """The line of a case, or None if it cannot be said."""
    graph = onnx.GraphProto()
    graph.CopyFrom(model.graph)
    clean(graph, name)
    if len(graph.node) > MOST_NODES:
        left_out[f"more than {MOST_NODES} nodes"].append(name)
        return None
    known = {tensor.name for tensor in graph.initializer}
    for tensor in list(graph.initializer):
        if numpy_helper.to_array(tensor).size > SMALL:
            graph.initializer.remove(tensor)
            if tensor.name not in {value.name for value in graph.input}:
                graph.input.append(helper.make_tensor_value_info(tensor.name, tensor.data_type, list(tensor.dims)))
    given = [value for value in graph.input if value.name not in known]
    for value, array in zip(given, inputs):
        tensor = constant(value.name, array)
        if tensor is not None:
            graph.initializer.append(tensor)
            graph.input.remove(value)
        elif isinstance(array, np.ndarray):
            value.type.CopyFrom(tensor_type(array))
    small = {tensor.name for tensor in graph.initializer}
    for value in [value for value in graph.input if value.name in small]:
        graph.input.remove(value)
    inferred = {value.name: value for value in onnx_inference(model, graph)}
    for value, array in zip(graph.output, outputs):
        if isinstance(array, np.ndarray):
            value.type.CopyFrom(tensor_type(array, open_dims(graph, inferred.get(value.name), array)))
        elif isinstance(array, list) and array:
            found = sequence_type([np.asarray(element) for element in array])
            value.type.CopyFrom(helper.make_optional_type_proto(found) if value.type.HasField("optional_type") else found)
        elif value.name in inferred:
            value.type.CopyFrom(inferred[value.name].type)
    for value in graph.output:
        if not value.type.WhichOneof("value"):
            value.type.tensor_type.elem_type = TensorProto.FLOAT
    line = header(model) + one_line(graph)
    if len(line) > LONGEST_LINE:
        left_out[f"longer than {LONGEST_LINE} characters"].append(name)
        return None
    return line


def onnx_inference(model, graph):
    """What onnx.shape_inference says of the outputs when it is told nothing of them."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    copy.graph.CopyFrom(graph)
    kinds = {}
    for value in copy.graph.output:
        if value.type.HasField("tensor_type"):
            value.type.tensor_type.ClearField("shape")
    try:
        return onnx.shape_inference.infer_shapes(copy, strict_mode=True, data_prop=True).graph.output
    except Exception:
        return []


# --- the ONNX backend's tests


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


def standard():
    for name, model, inputs, outputs in stored_cases():
        domains = {node.domain for node in model.graph.node} - {"", "ai.onnx"}
        lowered = at_house_opset(model)
        if name in NOT_COMPARED:
            left_out[NOT_COMPARED[name]].append(name)
        elif domains:
            left_out["operators of another domain: " + ", ".join(sorted(domains))].append(name)
        elif lowered is None:
            left_out["operators or attributes that are not in opset 20"].append(name)
        elif disagrees(lowered, inputs, outputs):
            left_out["ONNX Runtime computes another shape than is stored"].append(name)
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


def run(model, inputs):
    """ONNX Runtime's outputs, or None if it does not run the model."""
    try:
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return session.run(None, dict(zip((value.name for value in session.get_inputs()), inputs)))
    except Exception:
        return None


# --- drawn operators


def drawn(random_source):
    """Operator, attributes, inputs (None for one that is left out) and the number of outputs of each draw."""
    draw = random_source.randint
    pick = random_source.choice

    def floats(*shape):
        return np.full(shape, 0.5, np.float32)

    def ints(*values):
        return np.array(values, np.int64)

    def shape(rank, low=1, high=6):
        return [draw(low, high) for _ in range(rank)]

    def windows(spatial, pooling):
        """kernel_shape and what else says where windows are."""
        attributes = {"kernel_shape": shape(spatial, 1, 4), "strides": shape(spatial, 1, 3)}
        if draw(0, 1):
            attributes["dilations"] = shape(spatial, 1, 2)
        if draw(0, 4) == 0:
            attributes["auto_pad"] = pick(["SAME_UPPER", "SAME_LOWER", "VALID"])
        else:
            attributes["pads"] = shape(2 * spatial, 0, 2)
        if pooling and draw(0, 1):
            attributes["ceil_mode"] = 1
        return attributes

    for _ in range(80):
        spatial, group = draw(1, 3), draw(1, 2)
        attributes = windows(spatial, False) | {"group": group}
        weights = [group * draw(1, 3), draw(1, 3)] + attributes["kernel_shape"]
        wrong = draw(0, 9) == 0
        x = [draw(1, 2), group * weights[1] + wrong] + shape(spatial, 2, 9)
        yield "Conv", attributes, [floats(*x), floats(*weights)] + [floats(weights[0])] * draw(0, 1), 1
    for _ in range(80):
        spatial, group = draw(1, 2), draw(1, 2)
        attributes = windows(spatial, False) | {"group": group}
        attributes["strides"] = shape(spatial, 1, 3)
        if draw(0, 1):
            attributes["output_padding"] = [draw(0, stride - 1) for stride in attributes["strides"]]
        x = [draw(1, 2), group * draw(1, 2)] + shape(spatial, 2, 7)
        yield "ConvTranspose", attributes, [floats(*x), floats(x[1] + (draw(0, 9) == 0), draw(1, 3), *attributes["kernel_shape"])], 1
    for _ in range(200):
        spatial = draw(1, 3)
        operator = pick(["MaxPool", "AveragePool", "LpPool"])
        outputs = 2 if operator == "MaxPool" and draw(0, 1) else 1
        yield operator, windows(spatial, True), [floats(draw(1, 2), draw(1, 3), *shape(spatial, 1, 9))], outputs
    for _ in range(35):
        x = shape(draw(1, 4))
        order = random_source.sample(range(len(x)), len(x))
        yield "Transpose", {"perm": order}, [floats(*x)], 1
        target = list(x)
        for axis in range(len(x)):
            target[axis] = pick([0, x[axis], x[axis]])
        if draw(0, 1):
            target[draw(0, len(x) - 1)] = -1
        if draw(0, 1):
            target.append(pick([1, 1, 2]))
        yield "Reshape", {}, [floats(*x), ints(*target)], 1
        yield "Flatten", {"axis": draw(-len(x) - 1, len(x) + 1)}, [floats(*x)], 1
        axes = random_source.sample(range(-len(x), len(x)), draw(1, len(x)))
        for operator in ("ReduceMean", "ReduceSum", "ReduceL2", "ReduceMax"):
            yield operator, {"keepdims": draw(0, 1), "noop_with_empty_axes": draw(0, 1)}, [floats(*x), ints(*axes)][: draw(1, 2)], 1
        yield "Squeeze", {}, [floats(*x), ints(*axes)], 1
        yield "Unsqueeze", {}, [floats(*x), ints(*axes)], 1
    for _ in range(80):
        x = shape(draw(1, 3))
        axes = random_source.sample(range(len(x)), draw(1, len(x)))
        starts, ends = ints(*shape(len(axes), -8, 8)), ints(*(pick([draw(-8, 8), 2**63 - 1, -(2**63)]) for _ in axes))
        steps = ints(*(pick([1, 1, 2, -1, -2, 3]) for _ in axes))
        yield "Slice", {}, [floats(*x), starts, ends, ints(*axes), steps][: draw(4, 5)], 1
        yield "Pad", {"mode": "constant"}, [floats(*x), ints(*shape(2 * len(x), -2, 3))], 1
    for _ in range(35):
        x = shape(draw(1, 3))
        axis = draw(-len(x), len(x) - 1)
        others = [[draw(1, 4) if i == axis % len(x) else size for i, size in enumerate(x)] for _ in range(draw(0, 3))]
        if others and draw(0, 4) == 0:
            others[0] = [size + 1 for size in others[0]]
        yield "Concat", {"axis": axis}, [floats(*x)] + [floats(*other) for other in others], 1
        parts = draw(1, 3)
        yield "Split", {"axis": axis, "num_outputs": parts}, [floats(*x)], parts
        sizes = shape(2, 0, 3)
        yield "Split", {"axis": axis}, [floats(*x), ints(*sizes)], 2
        indices = np.zeros(shape(draw(0, 2), 1, 3), np.int64)
        yield "Gather", {"axis": axis}, [floats(*x), indices], 1
        yield "ArgMax", {"axis": axis, "keepdims": draw(0, 1)}, [floats(*x)], 1
        yield "TopK", {"axis": axis}, [floats(*x), ints(draw(0, 4))], 2
        yield "Tile", {}, [floats(*x), ints(*shape(len(x) + (draw(0, 9) == 0), 0, 3))], 1
        yield "Expand", {}, [floats(*[pick([1, size]) for size in x]), ints(*[pick([1, size]) for size in x][draw(0, 1) :])], 1
        yield "OneHot", {"axis": axis}, [np.zeros(x, np.int64), ints(draw(1, 5)), floats(2)], 1
    for _ in range(35):
        m, k, n = shape(3)
        a, b = pick([[m, k], [k]]), pick([[k, n], [k]])
        batch = shape(2, 1, 3)
        if len(a) == 2 and draw(0, 1):
            a = [pick([1, size]) for size in batch] + a
        if len(b) == 2 and draw(0, 1):
            b = batch[draw(0, 1) :] + b
        if draw(0, 9) == 0:
            b[0] += 1
        yield "MatMul", {}, [floats(*a), floats(*b)], 1
        across, down = draw(0, 1), draw(0, 1)
        bias = pick([[n], [1], [m, n], [m, 1], [], [m, n + 1]])
        first, second = ([k, m] if across else [m, k]), ([n, k] if down else [k, n])
        if draw(0, 9) == 0:
            second[0] += 1
        yield "Gemm", {"transA": across, "transB": down}, [floats(*first), floats(*second), floats(*bias)][: draw(2, 3)], 1
        x = shape(3)
        y = [pick([1, size, size, size + 1 if draw(0, 9) == 0 else size]) for size in x][draw(0, 2) :]
        yield pick(["Add", "Mul", "Div", "Sub", "Max"]), {}, [floats(*x), floats(*y)], 1
        yield "Where", {}, [np.ones(y, bool), floats(*x), floats(*y)], 1
        yield "PRelu", {}, [floats(*x), floats(*y)], 1
    for _ in range(35):
        x = [1, draw(1, 3)] + shape(draw(1, 2), 2, 7)
        scales = np.array([1.0, 1.0] + [pick([0.5, 1.5, 2.0, 3.0, 0.75, 1.2]) for _ in x[2:]], np.float32)
        mode = pick(["nearest", "linear"])
        yield "Resize", {"mode": mode}, [floats(*x), None, scales], 1
        yield "Resize", {"mode": mode}, [floats(*x), None, None, ints(*x[:2], *shape(len(x) - 2, 1, 9))], 1
        axes = list(range(2, len(x)))
        policy = pick(["stretch", "not_larger", "not_smaller"])
        attributes = {"mode": mode, "axes": axes, "keep_aspect_ratio_policy": policy}
        yield "Resize", attributes, [floats(*x), None, None, ints(*shape(len(axes), 1, 9))], 1
    for _ in range(30):
        block = draw(1, 3)
        yield "DepthToSpace", {"blocksize": block}, [floats(1, block * block * draw(1, 2), *shape(2))], 1
        yield "SpaceToDepth", {"blocksize": block}, [floats(1, draw(1, 3), block * draw(1, 3), block * draw(1, 3))], 1
        yield "Range", {}, [np.array(draw(-5, 5)), np.array(draw(-5, 9)), np.array(pick([1, 2, 3, -1, -2]))], 1
        yield "Range", {}, [np.array(value, np.float32) for value in (draw(-5, 5), draw(-5, 9) / 2, pick([1, 0.25, 0.3, -0.5]))], 1
        yield "ConstantOfShape", {}, [ints(*shape(draw(0, 3), 0, 4))], 1
        yield "GlobalAveragePool", {}, [floats(*shape(draw(3, 5)))], 1
        n, c = shape(2, 1, 3)
        out = shape(2, 1, 4)
        yield "GridSample", {}, [floats(n, c, *shape(2, 1, 5)), floats(n, *out, 2)], 1
        x, steps, batch, hidden = shape(4, 1, 3)
        for operator, gates in (("LSTM", 4), ("GRU", 3), ("RNN", 1)):
            direction = pick(["forward", "reverse", "bidirectional"])
            ways = 2 if direction == "bidirectional" else 1
            weights = [floats(ways, gates * hidden, x), floats(ways, gates * hidden, hidden)]
            inputs = [floats(steps, batch, x)] + weights
            yield operator, {"hidden_size": hidden, "direction": direction}, inputs, 3 if operator == "LSTM" else 2
        letters = random_source.sample("ijkl", 3)
        size = dict(zip("ijkl", shape(4)))
        terms = ["".join(random_source.sample(letters, draw(1, 3))) for _ in range(2)]
        output = random_source.sample(sorted(set("".join(terms))), draw(1, len(set("".join(terms)))))
        equation = ",".join(terms) + pick(["", "->" + "".join(output)])
        yield "Einsum", {"equation": equation}, [floats(*(size[letter] for letter in term)) for term in terms], 1
        length = draw(4, 12)
        signal = floats(1, length, 1)
        yield "DFT", {"onesided": draw(0, 1)}, [signal, np.array(draw(3, 9)), np.array(1)][: pick([1, 3])], 1
        yield "STFT", {"onesided": draw(0, 1)}, [floats(1, length * 2, 1), np.array(draw(1, 4)), None, np.array(draw(2, length))], 1


def single(operator, attributes, inputs, outputs, name):
    names = [f"i{index}" if array is not None else "" for index, array in enumerate(inputs)]
    made = [f"o{index}" for index in range(outputs)]
    node = helper.make_node(operator, names, made, **attributes)
    given = [helper.make_value_info(key, tensor_type(array)) for key, array in zip(names, inputs) if array is not None]
    graph = helper.make_graph([node], name, given, [helper.make_value_info(key, onnx.TypeProto()) for key in made])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", HOUSE_OPSET)], ir_version=10)


def draws():
    """The lines of drawn.txt and those of refused.txt."""
    held, refused = [], []
    seen = set()
    for index, (operator, attributes, inputs, outputs) in enumerate(drawn(random.Random(20))):
        name = f"{operator}_{index}"
        model = single(operator, attributes, inputs, outputs, name)
        given = [array for array in inputs if array is not None]
        ran = run(model, given)
        line = case(name, model, given, ran or [])
        if line is None or line.split(" ", 1)[1] in seen:
            continue
        seen.add(line.split(" ", 1)[1])
        accepted = strictly_inferred(model, given)
        if ran is not None and accepted is not None:
            if operator == "ConvTranspose" and leaves_gaps(attributes):
                left_out["ONNX Runtime leaves out what ONNX says SAME pads: " + operator].append(name)
            elif operator != "ConvTranspose" and not fits(attributes, inputs):
                left_out["a window does not fit, and ONNX Runtime makes an empty or a partial one: " + operator].append(name)
            elif contradicts(accepted, ran):
                left_out["onnx.shape_inference and ONNX Runtime disagree: " + operator].append(name)
            else:
                held.append(line)
        elif ran is not None:
            left_out["only onnx.shape_inference refuses: " + operator].append(name)
        elif accepted is None or not within_onnx(operator, attributes):
            refused.append(line)
        else:
            left_out["ONNX Runtime refuses what ONNX allows: " + operator].append(name)
    return held, refused


def within_onnx(operator, attributes):
    """Whether ONNX allows what ONNX Runtime refuses: SAME padding with dilations or small windows, and splitting into empty parts."""
    return attributes.get("auto_pad", "").startswith("SAME") or operator == "Split"


def fits(attributes, inputs):
    """Whether the windows of a convolution or pool fit into its padded input; in ceil mode the last one may be partial."""
    if "strides" not in attributes or attributes.get("auto_pad", "VALID").startswith("SAME"):
        return True
    kernel, strides = attributes["kernel_shape"], attributes["strides"]
    count = len(kernel)
    dilations, pads = attributes.get("dilations", [1] * count), attributes.get("pads", [0] * 2 * count)
    return all(
        inputs[0].shape[axis + 2] + pads[axis] + pads[axis + count] - dilations[axis] * (kernel[axis] - 1) - 1
        > -(strides[axis] if attributes.get("ceil_mode") else 1)
        for axis in range(count)
    )


def leaves_gaps(attributes):
    """Whether a transposed convolution has SAME padding and windows that do not reach from one position to the next."""
    kernel, strides = attributes["kernel_shape"], attributes["strides"]
    dilations, more = (attributes.get(key, [default] * len(kernel)) for key, default in (("dilations", 1), ("output_padding", 0)))
    reaches = (dilation * (size - 1) + 1 + extra for dilation, size, extra in zip(dilations, kernel, more))
    return attributes.get("auto_pad", "").startswith("SAME") and any(reach < stride for reach, stride in zip(reaches, strides))


def contradicts(inferred, ran):
    return any(
        len(value.type.tensor_type.shape.dim) != array.ndim
        or any(dim.HasField("dim_value") and dim.dim_value != size for dim, size in zip(value.type.tensor_type.shape.dim, array.shape))
        for value, array in zip(inferred.graph.output, ran)
        if value.type.tensor_type.HasField("shape")
    )


def strictly_inferred(model, inputs):
    """What onnx.shape_inference says. Only from opset 22 on does it drop the windows that would begin in the padding."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    if model.graph.node[0].op_type in ("AveragePool", "LpPool", "MaxPool"):
        copy.opset_import[0].version = 22
    for value, array in zip(list(copy.graph.input), inputs):
        tensor = constant(value.name, array)
        if tensor is not None:
            copy.graph.initializer.append(tensor)
            copy.graph.input.remove(value)
    try:
        return onnx.shape_inference.infer_shapes(copy, check_type=True, strict_mode=True, data_prop=True)
    except Exception:
        return None


def write(path, lines):
    with path.open("w") as out:
        out.write(f"# Made by tools/inference-cases.py with onnx {onnx.__version__} and onnxruntime {onnxruntime.__version__}; do not edit.\n")
        out.write(f"# {len(lines)} cases.\n")
        out.writelines(line + "\n" for line in lines)
        for reason, names in sorted(left_out.items()):
            out.write(f"# Left out {len(names)}, {reason}: {', '.join(names)}\n")
    print(path.name, len(lines), {reason: len(names) for reason, names in sorted(left_out.items())})
    left_out.clear()


def main(folder):
    warnings.filterwarnings("ignore")
    np.seterr(all="ignore")
    onnxruntime.set_default_logger_severity(4)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "standard.txt", list(standard()))
    held, refused = draws()
    write(folder / "drawn.txt", held)
    write(folder / "refused.txt", refused)


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"
    main(pathlib.Path(sys.argv[1]))
