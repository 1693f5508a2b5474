#!/usr/bin/env python3
"""Makes what the tests of dev.entrepot.onnx.io and dev.entrepot.onnx.text hold our code against, with the onnx package.

    python3 -m venv venv && venv/bin/pip install onnx==1.23.1
    venv/bin/python tools/onnx-fixtures.py onnx/src/test/resources/dev/entrepot/onnx

In io/:
tensor_forms.onnx   every element type in every field that may hold it; tensor_forms.txt has what the onnx package reads from it
canonical.onnx      everything that our records keep, as the onnx package serializes it: our writer must give the same bytes
dropped.onnx        canonical.onnx and everything that our records leave out
external.onnx       two tensors in external.onnx.data

In text/:
canonical.txt       the graph of canonical.onnx as the official printer prints it
numbers.onnx        floats and doubles of all sizes; numbers.txt is the official print
syntax.txt          texts of models, each after a line that has the official parser's verdict
"""

import copy
import sys
from pathlib import Path

import numpy as np
import onnx
import onnx.parser
import onnx.printer
from onnx import TensorProto, external_data_helper, helper, numpy_helper

RAW = "raw"
TYPED = "typed"


def tensor_forms():
  """Initializers named TYPE_FORM of a few elements each, among them the extremes."""
  tensors = []
  for name, code in TensorProto.DataType.items():
    if name in ("UNDEFINED", "STRING"):
      continue
    dtype = helper.tensor_dtype_to_np_dtype(code)
    values = values_of(dtype)
    tensors.append(raw(f"{name}_{RAW}", code, values))
    if not name.startswith("FLOAT6"):  # int32_data holds these one by one; refused, in a test of its own
      tensors.append(typed(f"{name}_{TYPED}", code, values))
    tensors.append(raw(f"{name}_empty", code, values[:0]))
  tensors.append(helper.make_tensor("STRING_typed", TensorProto.STRING, [3], [b"", "\u00e9\u4e2d".encode(), b"plain"]))
  scalar = helper.make_tensor("scalar", TensorProto.FLOAT, [], [2.5])
  tensors.append(scalar)
  graph = helper.make_graph([], "tensor_forms", [], [], initializer=tensors)
  return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)


def values_of(dtype):
  if dtype == np.bool_:
    return np.array([True, False, True])
  if np.issubdtype(dtype, np.complexfloating):
    return np.array([1 + 2j, -3.5 - 0.25j, 1e30 + 0j]).astype(dtype)
  if np.issubdtype(dtype, np.integer):
    info = np.iinfo(dtype)
    return np.array([info.min, 0, info.max], dtype=dtype)
  if dtype in (np.float32, np.float64):
    return np.array([-0.0, 1.5, np.finfo(dtype).max], dtype=dtype)
  # Small floats and integers of ml_dtypes: 0, 1, 1 fit all of them.
  return np.array([0, 1, 1]).astype(dtype)


def raw(name, code, values):
  tensor = numpy_helper.from_array(values, name)
  assert tensor.data_type == code and tensor.HasField("raw_data"), name
  return tensor


def typed(name, code, values):
  """make_tensor puts values in the typed field; the small types go in as their bits."""
  return helper.make_tensor(name, code, values.shape, values)


def describe(model):
  """One line for each tensor: name, element type, shape, bytes as raw_data would have them."""
  lines = []
  for tensor in model.graph.initializer:
    shape = ",".join(map(str, tensor.dims))
    if tensor.data_type == TensorProto.STRING:
      data = "|".join(s.decode() for s in tensor.string_data)
    else:
      array = numpy_helper.to_array(tensor)
      data = numpy_helper.from_array(array).raw_data.hex()
    lines.append(f"{tensor.name} {TensorProto.DataType.Name(tensor.data_type)} [{shape}] {data}")
  return "\n".join(lines) + "\n"


def canonical():
  """Attributes of every kind, subgraphs, a function, metadata, docs, types of every kind."""
  weight = numpy_helper.from_array(np.arange(6, dtype=np.float32).reshape(2, 3), "weight")
  kinds = helper.make_node("Kinds", ["x", "", "weight"], ["kinds", "", "other"], name="kinds", domain="org.example",
                           doc_string="a node")
  kinds.attribute.extend([
      helper.make_attribute("a_float", 0.1),
      helper.make_attribute("b_int", -(2**63)),
      helper.make_attribute("c_string", "\u00e9 \"quoted\" \\ text"),
      helper.make_attribute("d_tensor", numpy_helper.from_array(np.array([1, 2], dtype=np.int64))),
      helper.make_attribute("e_graph", inner_graph("inner", "x")),
      helper.make_attribute("f_floats", [1.0, -2.5, float("inf")]),
      helper.make_attribute("g_ints", [0, 300, -1]),
      helper.make_attribute("h_strings", ["one", ""]),
      helper.make_attribute("i_tensors", [numpy_helper.from_array(np.array([True])),
                                          numpy_helper.from_array(np.array(7, dtype=np.int64))]),
      helper.make_attribute("j_graphs", [inner_graph("first", "x"), inner_graph("second", "weight")]),
      helper.make_attribute("k_type", helper.make_tensor_type_proto(TensorProto.FLOAT, [1])),
      helper.make_attribute("l_types", [helper.make_tensor_type_proto(TensorProto.FLOAT, None),
                                        helper.make_sequence_type_proto(
                                            helper.make_tensor_type_proto(TensorProto.INT64, ["n", 2, None]))]),
      helper.make_attribute("m_no_ints", [], attr_type=onnx.AttributeProto.INTS),
  ])
  entry(kinds.metadata_props, "entrepot.source.layer", "conv1")
  entry(kinds.metadata_props, "note", "")
  condition = helper.make_node("If", ["flag"], ["y"], name="branch",
                               else_branch=inner_graph("else", "x"), then_branch=inner_graph("then", "kinds"))
  call = helper.make_node("Scale", ["y"], ["z"], domain="org.example.functions", factor=3.0)
  call.overload = "slow"
  graph = helper.make_graph(
      [kinds, condition, call],
      "main",
      [
          helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3, None]),
          helper.make_tensor_value_info("flag", TensorProto.BOOL, []),
          helper.make_value_info("sequence", helper.make_sequence_type_proto(
              helper.make_tensor_type_proto(TensorProto.STRING, None))),
          helper.make_value_info("optional", helper.make_optional_type_proto(
              helper.make_tensor_type_proto(TensorProto.FLOAT16, [2]))),
          helper.make_value_info("map", helper.make_map_type_proto(
              TensorProto.INT64, helper.make_tensor_type_proto(TensorProto.DOUBLE, []))),
          helper.make_value_info("sparse", helper.make_sparse_tensor_type_proto(TensorProto.FLOAT, [4, 5])),
          onnx.ValueInfoProto(name="opaque", type=onnx.TypeProto(
              opaque_type=onnx.TypeProto.Opaque(domain="org.example", name="Secret"))),
          onnx.ValueInfoProto(name="untyped"),
      ],
      [helper.make_tensor_value_info("z", TensorProto.FLOAT, None)],
      initializer=[weight, helper.make_tensor("words", TensorProto.STRING, [2], [b"\xc3\xa9", b""])],
      doc_string="a graph",
      value_info=[helper.make_tensor_value_info("kinds", TensorProto.FLOAT, ["batch", 6]),
                  helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
  )
  entry(graph.metadata_props, "graph", "metadata")
  function = helper.make_function(
      "org.example.functions", "Scale", ["input"], ["output"],
      [
          node_with_reference(),
          helper.make_node("Mul", ["input", "constant"], ["output"]),
      ],
      [helper.make_opsetid("", 20)],
      attributes=["mode"],
      attribute_protos=[helper.make_attribute("factor", 2.0)],
      doc_string="a function",
      overload="slow",
      value_info=[helper.make_tensor_value_info("constant", TensorProto.FLOAT, [])],
  )
  entry(function.metadata_props, "function", "metadata")
  model = helper.make_model(
      graph, functions=[function], producer_name="fixture", producer_version="1", domain="org.example", model_version=7,
      doc_string="a model", ir_version=10,
      opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("org.example", 1),
                     helper.make_opsetid("org.example.functions", 1)])
  entry(model.metadata_props, "author", "nobody")
  entry(model.metadata_props, "title", "\u4e2d\u6587")
  return model


def inner_graph(name, seen):
  """A subgraph that uses a value of the graph around it."""
  return helper.make_graph(
      [helper.make_node("Add", [seen, "one"], [name + "_out"])], name, [],
      [helper.make_tensor_value_info(name + "_out", TensorProto.FLOAT, None)],
      initializer=[numpy_helper.from_array(np.array(1, dtype=np.float32), "one")])


def node_with_reference():
  node = helper.make_node("Constant", [], ["constant"])
  attribute = onnx.AttributeProto(name="value_float", type=onnx.AttributeProto.FLOAT, ref_attr_name="factor")
  node.attribute.append(attribute)
  return node


def entry(entries, key, value):
  entries.add(key=key, value=value)


def dropped():
  model = copy.deepcopy(canonical())
  model.training_info.add(initialization=helper.make_graph([], "training", [], []))
  model.configuration.add(name="two devices", num_devices=2)
  graph = model.graph
  annotation = graph.quantization_annotation.add(tensor_name="x")
  entry(annotation.quant_parameter_tensor_names, "SCALE_TENSOR", "weight")
  graph.input[0].doc_string = "an input"
  graph.input[0].type.denotation = "IMAGE"
  graph.input[0].type.tensor_type.shape.dim[0].denotation = "DATA_BATCH"
  entry(graph.input[0].metadata_props, "value", "metadata")
  graph.initializer[0].doc_string = "a tensor"
  entry(graph.initializer[0].metadata_props, "tensor", "metadata")
  graph.node[0].attribute[0].doc_string = "an attribute"
  graph.node[0].device_configurations.add(configuration_id="two devices")
  graph.value_info.append(helper.make_tensor_value_info("nowhere", TensorProto.FLOAT, [1]))
  return model


def numbers():
  """Floats whose shortest decimal is delicate: powers of two and ten, whole numbers, random bits."""
  random = np.random.default_rng(20)
  floats = random.integers(0, 2**32, 300, dtype=np.uint64).astype(np.uint32).view(np.float32)
  doubles = random.integers(0, 2**64, 300, dtype=np.uint64).view(np.float64)
  whole = random.integers(0, 10**9, 100)
  floats = floats[np.isfinite(floats)]
  doubles = doubles[np.isfinite(doubles)]
  floats = np.concatenate([np.ldexp(np.float32(1), np.arange(-149, 128, 3)), 10.0 ** np.arange(-44, 39), whole, floats])
  doubles = np.concatenate([np.ldexp(1.0, np.arange(-1074, 1024, 13)), 10.0 ** np.arange(-320, 309, 7), whole, doubles])
  tensors = [
      numpy_helper.from_array(floats.astype(np.float32), "floats"),
      numpy_helper.from_array(doubles, "doubles"),
      numpy_helper.from_array(np.array([np.inf, -np.inf, np.nan, 0.0, -0.0], dtype=np.float32), "specials"),
  ]
  graph = helper.make_graph([], "numbers", [], [], initializer=tensors)
  return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)


# What may stand in the place of NODE in "g (float[2] x) => (float[2] y) { NODE }".
NODES = [
    "y = Relu (x)", "y=Relu(x)", "[n] y = Relu (x)", '["a b"] y = Relu (x)', "[] y = Relu (x)", "= Print (x)", "y = Zero ()",
    'y, "", z = Op (x, "", x)', "y, , z = Op (x, , x)", "y = Op (,)", "y = Op (,x)", "y = Op (x,)", '"y" = Relu ("x")',
    "y = com.microsoft.Gelu (x)", "y = a.b.c.Op:slow (x)", "y = Relu (x) # comment", "# comment\ny = Relu (x)",
    "y = Relu x", "y = Relu (x", "y Relu (x)", "y = Relu (x))", "y = 5 (x)", "[n y = Relu (x)", "y = Relu. (x)", "y = .Relu (x)", "y = (x)",
    "y = Op <a = 1> (x)", "y = Op (x) <a = 1>", "y = Op <a = 1> (x) <b = 2>", "y = Op <> (x)", "y = Op <a> (x)", "y = Op <a = > (x)",
    "y = Op <a: int = 1> (x)", "y = Op <a: float = 1> (x)", "y = Op <a: int = 1.0> (x)", "y = Op <a: number = 1> (x)",
    "y = Op <a = 1.5e-3> (x)", "y = Op <a = -1> (x)", "y = Op <a = +1> (x)", "y = Op <a = .5> (x)", "y = Op <a = 5.> (x)",
    "y = Op <a = 1e> (x)", "y = Op <a = 1e40> (x)", "y = Op <a = 1e-60> (x)", "y = Op <a = 1.2.3> (x)",
    "y = Op <a = inf> (x)", "y = Op <a = -Infinity> (x)", "y = Op <a = NaN> (x)", "y = Op <a = inf5> (x)", "y = Op <a = -x> (x)",
    "y = Op <a = 9223372036854775807> (x)", "y = Op <a = 9223372036854775808> (x)",
    'y = Op <a = "text"> (x)', 'y = Op <a = "a \\" \\\\ b"> (x)', 'y = Op <a = "open> (x)', 'y = Op <a = "two\nlines"> (x)',
    "y = Op <a = [1, 2]> (x)", "y = Op <a = [1.5, 2]> (x)", "y = Op <a = [1, 2.5]> (x)", 'y = Op <a = ["b", ""]> (x)', "y = Op <a = []> (x)",
    "y = Op <a: ints = []> (x)", "y = Op <a: int = []> (x)", "y = Op <a: ints = [1, 2.5]> (x)", "y = Op <a: floats = [1, 2]> (x)",
    "y = Op <a: ints = 1> (x)", 'y = Op <a = [1, "b"]> (x)', "y = Op <a = [1,]> (x)",
    "y = Op <a = float[2] {1, 2}> (x)", "y = Op <a = float {1}> (x)", "y = Op <a = int64[2] t = {1, 2}> (x)", "y = Op <a: tensor = float[0] {}> (x)",
    'y = Op <a = string[2] {"b", "c"}> (x)', "y = Op <a = float[N] {1}> (x)", "y = Op <a = float[] {1}> (x)", "y = Op <a = int8[1] {1.5}> (x)",
    "y = Op <a = bool[2] {1, 0}> (x)", "y = Op <a = float[2] {1, 2> (x)", "y = Op <a = uint64[1] {18446744073709551615}> (x)",
    "y = Op <a = float[2, 3]> (x)", "y = Op <a: type_proto = seq(float[])> (x)", "y = Op <a = map(int64, optional(string))> (x)",
    "y = Op <a = map(seq(float), float)> (x)", "y = Op <a = sparse_tensor(float[2])> (x)", "y = Op <a = opaque(b.c, d)> (x)", "y = Op <a = seq(float> (x)",
    "y = If (x) <then_branch = t () => (float z) { z = Op (x) }, else_branch = e () => (float z) { z = Op (x) }>",
    "y = If (x) <body: graph = t => (float z) <float w = {1}> { z = Op (w) }>", "y = If (x) <body = t () => { }>", "y = If (x) <body = t () = > () { }>",
    "y = Op <a = @b> (x)", "y = Op <a: int = @b> (x)", "y = Op <a = @> (x)",
]

# Whole texts.
MODELS = [
    "g () => () { }", "g => () { }", '"a graph" () => () { }', "g () => ()", "g () => { }", "", "<", "<> g () => () { }",
    "<ir_version: 10> g () => () { }", '<ir_version: 10, opset_import: ["" : 20, "a" : 1]> g () => () { }', "<opset_import: []> g () => () { }",
    "<opset_import: [a : 1]> g () => () { }", "<ir_version: \"10\"> g () => () { }", "<colour: 1> g () => () { }", "<ir_version 10> g () => () { }",
    '<producer_name: "p", producer_version: "v", domain: "d", model_version: 3, doc_string: "s"> g () => () { }',
    '<metadata_props: ["a" : "b", "c" : ""]> g () => () { }', "<metadata_props: []> g () => () { }", '<metadata_props: ["a"]> g () => () { }',
    "g (float[N, 3, ?, \"a b\"] x) => (float y) { }", "g (x) => (y) { }", "g (float x, ) => () { }", "g (float[3 x) => () { }", "g (float[1.5] x) => () { }",
    "g (float[2] x = {1, 2}) => () { }", "g (float[2] x) => () <float[2] w = {1, 2}, int64[N] v> { }", "g () => () <> { }", "g () => () <w = {1}> { }",
    "g () => () { } <opset_import: [\"\" : 20]> f (a) => (b) { b = Relu (a) }", "g () => () { } f <p, q: int = 2> (a) => (b) { }",
    "g () => () { } f (float a, b) => (int64[] c) <float[2] d> { }", "g () => () { } f () => () { } f2 () => () { }",
    'g () => () { } <domain: "d", overload: "o", doc_string: "s"> "f f" () => () { }', "g () => () { } <ir_version: 3> f () => () { }",
    "g () => () { } f", "g () => () { } }",
]


def syntax():
  lines = []
  for text in MODELS + ["g (float[2] x) => (float[2] y) { " + node + " }" for node in NODES]:
    try:
      onnx.parser.parse_model(text)
      verdict = "accepted"
    except Exception:
      verdict = "refused"
    lines.append(f"--- {verdict}\n{text}\n")
  return "".join(lines)


def write(folder):
  write_io(Path(folder) / "io")
  write_text(Path(folder) / "text")


def write_text(folder):
  folder.mkdir(parents=True, exist_ok=True)
  (folder / "canonical.txt").write_text(onnx.printer.to_text(canonical().graph), encoding="utf-8")
  (folder / "numbers.onnx").write_bytes(serialized(numbers()))
  (folder / "numbers.txt").write_text(onnx.printer.to_text(numbers()), encoding="utf-8")
  (folder / "syntax.txt").write_text(syntax(), encoding="utf-8")


def write_io(folder):
  folder.mkdir(parents=True, exist_ok=True)
  forms = tensor_forms()
  (folder / "tensor_forms.onnx").write_bytes(serialized(forms))
  (folder / "tensor_forms.txt").write_text(describe(forms), encoding="utf-8")
  (folder / "canonical.onnx").write_bytes(serialized(canonical()))
  (folder / "dropped.onnx").write_bytes(serialized(dropped()))
  weights = [numpy_helper.from_array(np.arange(n, dtype=np.float32), f"w{n}") for n in (300, 5, 400)]
  graph = helper.make_graph([], "external", [], [], initializer=weights)
  model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
  external_data_helper.convert_model_to_external_data(model, location="external.onnx.data", size_threshold=1024)
  (folder / "external.onnx.data").unlink(missing_ok=True)  # onnx.save appends
  onnx.save(model, folder / "external.onnx")


def serialized(model):
  return model.SerializeToString(deterministic=True)


if __name__ == "__main__":
  if len(sys.argv) != 2:
    sys.exit(__doc__)
  write(sys.argv[1])
