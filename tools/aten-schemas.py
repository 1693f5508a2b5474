#!/usr/bin/env python3
"""Writes the schemas of PyTorch's operators, and how they were understood in older files, as text.

    python3 -m venv venv && venv/bin/pip install torch==2.13.0 torchvision==0.28.0
    venv/bin/python tools/aten-schemas.py importers/declared/src/main/resources/dev/entrepot/importers/torch/schema

Both files come from PyTorch's own registry: aten-schemas.txt from torch._C._jit_get_all_schemas(), upgraders.txt from
the operator version map (torch/csrc/jit/operator_upgraders/version_map.h). Only the last word of an upgrader's line is
said here, in CHANGES: it names what the upgrader of upgraders_entry.cpp does. An upgrader not known here is an error.
torchvision must find its compiled operators; if it does not, the script says so.
"""

import re
import sys
from itertools import groupby
from pathlib import Path

NAMESPACES = ("aten", "prim", "prims", "quantized", "quantized_decomposed", "torchvision")

SCHEMAS = """\
# The operators of PyTorch {torch} and torchvision {torchvision}: {count} schemas in PyTorch's own notation.
# Made by tools/aten-schemas.py from PyTorch's own registry; do not edit, run the script again.
# Without the variants that write to out=, without derivatives and without what runs asynchronously.
# Sorted by name; the overloads of a name stand in the order in which TorchScript tries them.
"""

UPGRADERS = """\
# What operators meant in TorchScript files of older format versions, from PyTorch {torch}.
# Made by tools/aten-schemas.py from PyTorch's own version map; do not edit, run the script again.
#
# VERSION CHANGE SCHEMA: files of a format version below VERSION mean SCHEMA by this name, and CHANGE tells the difference:
#  truncates_integers   a quotient of integers is truncated and stays an integer
#  fills_with_floats    without a dtype the result is of floating point, whatever the fill value
#  takes_100_steps      steps may be None, and is 100 then
#  same                 nothing but the schema changed
"""

CHANGES = {
  "div_Tensor": "truncates_integers",
  "div_Scalar": "truncates_integers",
  "div__Tensor": "truncates_integers",
  "div__Scalar": "truncates_integers",
  "div_Tensor_mode": "same",
  "div_Scalar_mode": "same",
  "div__Tensor_mode": "same",
  "div__Scalar_mode": "same",
  "full": "fills_with_floats",
  "linspace": "takes_100_steps",
  "logspace": "takes_100_steps",
  "gelu": "same",
}


def write(folder):
  import torch
  import torch.ao.quantization.fx._decomposed
  import torchvision

  if not torchvision.extension._has_ops():
    sys.exit("torchvision does not find its compiled operators")
  lines = list(schema_lines(torch._C))
  header = SCHEMAS.format(torch=release(torch), torchvision=release(torchvision), count=len(lines))
  Path(folder, "aten-schemas.txt").write_text(header + "\n".join(lines) + "\n")
  header = UPGRADERS.format(torch=release(torch))
  Path(folder, "upgraders.txt").write_text(header + "\n".join(upgrader_lines(torch._C)) + "\n")


def release(package):
  return package.__version__.split("+")[0]


def schema_lines(registry):
  names = {schema.name for schema in registry._jit_get_all_schemas()}
  for name in sorted(names):
    if name.split("::")[0] not in NAMESPACES or "backward" in name:
      continue
    for schema in registry._jit_get_schemas_for_operator(name):
      if not writes_out(schema) and not re.search(r"\b(Future|Await|RRef)\(|prim::rpc_", str(schema)):
        yield str(schema)


def writes_out(schema):
  if re.search("(^|_)out$", schema.name.split("::")[1]) or re.search("(^|_)out$", schema.overload_name):
    return True
  return any(argument.kwarg_only and writes(argument) for argument in schema.arguments)


def writes(argument):
  return argument.alias_info is not None and argument.alias_info.is_write


def upgrader_lines(registry):
  for _, entries in sorted(registry._get_operator_version_map().items()):
    for entry in entries:
      schema = registry.parse_schema(entry.old_schema)
      if not writes_out(schema):
        stem = re.fullmatch(r"(\w+)_\d+_\d+", entry.upgrader_name)[1]
        yield f"{entry.bumped_at_version} {CHANGES[stem]} {schema}"


if __name__ == "__main__":
  if len(sys.argv) != 2:
    sys.exit(__doc__)
  write(sys.argv[1])
