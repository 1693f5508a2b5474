"""A case as one line of ONNX's text syntax."""

import re

import numpy as np
import onnx
import onnx.printer
import onnx.shape_inference
from onnx import TensorProto, helper, numpy_helper

import left_out

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


def opset(model):
    return next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), 0)


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
        left_out.note(f"more than {MOST_NODES} nodes", name)
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
        left_out.note(f"longer than {LONGEST_LINE} characters", name)
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
