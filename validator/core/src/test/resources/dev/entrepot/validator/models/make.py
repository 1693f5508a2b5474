"""Makes the models and data that the validator's tests run: python3 make.py (onnx 1.23.1 and numpy 2.4.6 made the committed ones)."""

import os

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper


def save(name, nodes, inputs, outputs, initializers=(), functions=(), opsets=(("", 20),)):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    model = helper.make_model(
        graph,
        ir_version=10,
        opset_imports=[helper.make_opsetid(*opset) for opset in opsets],
        functions=list(functions),
        producer_name="",
        producer_version="",
    )
    with open(f"{name}.onnx", "wb") as file:
        file.write(model.SerializeToString(deterministic=True))
    return model


def value(name, dtype=T.FLOAT, shape=("N", 3)):
    return helper.make_tensor_value_info(name, dtype, shape)


random = np.random.default_rng(1)
weight = random.standard_normal((3, 4)).astype("f4")
bias = random.standard_normal(4).astype("f4")

# prob = softmax(relu(data weight + bias))
nodes = [
    helper.make_node("Gemm", ["data", "weight", "bias"], ["fc"], "fc"),
    helper.make_node("Relu", ["fc"], ["act"], "act"),
    helper.make_node("Softmax", ["act"], ["prob"], "prob", axis=-1),
]
weights = [numpy_helper.from_array(weight, "weight"), numpy_helper.from_array(bias, "bias")]
classifier = save("classifier", nodes, [value("data")], [value("prob", shape=("N", 4))], weights)

data = random.standard_normal((5, 3)).astype("f4")


def run(data):
    act = np.maximum(data.astype("f8") @ weight.astype("f8") + bias, 0)
    exp = np.exp(act - act.max(-1, keepdims=True))
    return (exp / exp.sum(-1, keepdims=True)).astype("f4")


np.savez("classifier.npz", data=data, prob=run(data))
np.savez("classifier_by_position.npz", input_0=data, output_0=run(data))
wrong = run(data)
wrong[2] = wrong[2, ::-1]
np.savez("classifier_wrong.npz", data=data, prob=wrong)

for index, rows in enumerate((2, 3)):
    folder = f"classifier_sets/test_data_set_{index}"
    os.makedirs(folder, exist_ok=True)
    for file, array, name in (("input_0", data[:rows], "data"), ("output_0", run(data[:rows]), "")):
        with open(f"{folder}/{file}.pb", "wb") as out:
            out.write(numpy_helper.from_array(array, name).SerializeToString(deterministic=True))

# the same weights beside the model, and a model that asks for a file elsewhere
for name, location in (("outside", "outside.bin"), ("hostile", "../secret.bin"), ("missing", "nowhere.bin")):
    model = onnx.ModelProto()
    model.CopyFrom(classifier)
    for tensor, offset in zip(model.graph.initializer, (0, 48)):
        length = len(tensor.raw_data)
        tensor.ClearField("raw_data")
        tensor.data_location = T.EXTERNAL
        for key, text in (("location", location), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=key, value=str(text))
    with open(f"{name}.onnx", "wb") as file:
        file.write(model.SerializeToString(deterministic=True))
with open("outside.bin", "wb") as file:
    file.write(weight.tobytes() + bias.tobytes())

# a Constant whose tensor lies outside: no initializer, so it cannot be handed over
tensor = numpy_helper.from_array(bias, "")
tensor.ClearField("raw_data")
tensor.data_location = T.EXTERNAL
tensor.external_data.add(key="location", value="outside.bin")
tensor.external_data.add(key="offset", value="48")
tensor.external_data.add(key="length", value="16")
save("outside_constant", [helper.make_node("Constant", [], ["bias"], value=tensor)], [], [value("bias", shape=(4,))])

types = "FLOAT DOUBLE FLOAT16 BFLOAT16 INT8 INT16 INT32 INT64 UINT8 BOOL STRING".split()
save(
    "types",
    [helper.make_node("Identity", ["in_" + t], ["out_" + t]) for t in types],
    [value("in_" + t, getattr(T, t), ("N",)) for t in types],
    [value("out_" + t, getattr(T, t), ("N",)) for t in types],
)
save("unsigned", [helper.make_node("Identity", ["x"], ["y"])], [value("x", T.UINT32)], [value("y", T.UINT32)])
save(
    "unsigned_output",
    [helper.make_node("Cast", ["x"], ["y"], to=T.UINT32)],
    [value("x")],
    [value("y", T.UINT32)],
)
save("log", [helper.make_node("Log", ["x"], ["y"])], [value("x")], [value("y")])
save("find", [helper.make_node("NonZero", ["x"], ["y"])], [value("x")], [value("y", T.INT64, (2, None))])
save(
    "sequence",
    [helper.make_node("SplitToSequence", ["x"], ["y"], axis=0)],
    [value("x")],
    [helper.make_tensor_sequence_value_info("y", T.FLOAT, None)],
)
save("unknown", [helper.make_node("NoSuchOperator", ["x"], ["y"])], [value("x")], [value("y")])
save(
    "reshape",
    [helper.make_node("Reshape", ["x", "shape"], ["y"])],
    [value("x")],
    [value("y", shape=(7,))],
    [numpy_helper.from_array(np.array([7], "i8"), "shape")],
)

# every class gets the same probability, as in ONNX's own light_* tests
flat = [numpy_helper.from_array(np.zeros((3, 4), "f4"), "weight"), numpy_helper.from_array(np.zeros(4, "f4"), "bias")]
save("flat", nodes, [value("data")], [value("prob", shape=("N", 4))], flat)
np.savez("flat.npz", data=data, prob=np.full((5, 4), 0.25, "f4"))

# functions f0 to f7, each calling the next ten times: 10^8 nodes when inlined
functions = []
for depth in range(8):
    op, domain = ("Neg", "") if depth == 7 else (f"f{depth + 1}", "local")
    body = [helper.make_node(op, [f"v{i}"], [f"v{i + 1}"], domain=domain) for i in range(10)]
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("local", 1)]
    functions.append(helper.make_function("local", f"f{depth}", ["v0"], ["v10"], body, opsets))
save(
    "bomb",
    [helper.make_node("f0", ["x"], ["y"], domain="local")],
    [value("x")],
    [value("y")],
    functions=functions,
    opsets=(("", 20), ("local", 1)),
)
