"""What ONNX Runtime and onnx.shape_inference say of a model, and where they are known to differ."""

import onnx
import onnx.shape_inference
import onnxruntime

from lines import constant


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
