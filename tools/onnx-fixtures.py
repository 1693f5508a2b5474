#!/usr/bin/env python3
"""Makes the ONNX files that the tests of dev.entrepot.onnx.io read, with the onnx package.

    python3 -m venv venv && venv/bin/pip install onnx==1.23.1
    venv/bin/python tools/onnx-fixtures.py onnx/src/test/resources/dev/entrepot/onnx/io

tensor_forms.onnx   every element type in every field that may hold it; tensor_forms.txt has what the onnx package reads from it
canonical.onnx      everything that our records keep, as the onnx package serializes it: our writer must give the same bytes
dropped.onnx        canonical.onnx and everything that our records leave out
external.onnx       two tensors in external.onnx.data
"""

import copy
import sys
from pathlib import Path

import numpy as np
import onnx
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


def write(folder):
  folder = Path(folder)
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
  onnx.save(model, folder / "external.onnx")


def serialized(model):
  return model.SerializeToString(deterministic=True)


if __name__ == "__main__":
  if len(sys.argv) != 2:
    sys.exit(__doc__)
  write(sys.argv[1])
