#!/usr/bin/env python3
"""Writes ONNX's operator table as text, and holds that text against ONNX's published documentation.

    python3 -m venv venv && venv/bin/pip install onnx==1.23.1
    venv/bin/python tools/onnx-schemas.py write > onnx/src/main/resources/dev/entrepot/onnx/schema/operators.txt

    git clone --branch v1.22.0 https://github.com/onnx/onnx
    tools/onnx-schemas.py check onnx/docs onnx/src/main/resources/dev/entrepot/onnx/schema/operators.txt

`write` asks the onnx package, because it alone knows the defaults exactly (the documentation rounds them).
`check` needs only Python: it reads docs/Changelog.md and docs/Changelog-ml.md of a checkout, compares every operator
version documented there, prints the differences and how many there were, and fails unless there are none. What a later
release added is counted, but no difference.
"""

import ctypes
import re
import sys
from pathlib import Path

GRAMMAR = """\
# The operators of ONNX {release}, every version of each: {schemas} schemas, default domain up to opset {opset}.
# Made by tools/onnx-schemas.py from the onnx package's own registry; do not edit, run the script again:
#     pip install onnx=={release}
#     python3 tools/onnx-schemas.py write > onnx/src/main/resources/dev/entrepot/onnx/schema/operators.txt
#
# op DOMAIN NAME SINCE_VERSION [deprecated] [experimental] [function]
#  in NAME TYPE       an input; in? may be absent; in+ and in* are variadic, from one and from none;
#                     "mixed" at the end: the values of a variadic may differ in type
#  out NAME TYPE      an output, with the same marks
#  attr NAME KIND     an attribute that may be absent; "required" or "= DEFAULT" may follow
#  type NAME TYPES    a type variable and what it may stand for; a bare name X here means tensor(X)"""


def write():
  import onnx
  from onnx import defs

  schemas = sorted(defs.get_all_schemas_with_history(), key=lambda s: (s.domain, s.name, s.since_version))
  header = GRAMMAR.format(release=onnx.__version__, schemas=len(schemas), opset=defs.onnx_opset_version())
  print(header, *("\n".join(schema_lines(schema)) for schema in schemas), sep="\n\n")


def schema_lines(schema):
  assert_arity_follows_from_parameters(schema)
  yield " ".join(["op", schema.domain or "ai.onnx", schema.name, str(schema.since_version), *traits(schema)])
  for word, parameters in (("in", schema.inputs), ("out", schema.outputs)):
    for parameter in parameters:
      yield f" {word}{parameter_text(parameter)}"
  for _, attribute in sorted(schema.attributes.items()):
    yield f" attr {attribute.name} {attribute.type.name}{default_text(attribute)}"
  for constraint in schema.type_constraints:
    allowed = sorted({short_type(t) for t in constraint.allowed_type_strs})
    yield f" type {constraint.type_param_str} {' '.join(allowed)}"


def traits(schema):
  if schema.deprecated:
    yield "deprecated"
  if schema.support_level.name == "EXPERIMENTAL":
    yield "experimental"
  if schema.has_function or schema.has_context_dependent_function:
    yield "function"


def parameter_text(parameter):
  option = parameter.option.name
  mark = {"Single": "", "Optional": "?", "Variadic": "+" if parameter.min_arity else "*"}[option]
  assert parameter.min_arity in (0, 1), parameter.name
  mixed = "" if parameter.is_homogeneous else " mixed"
  return f"{mark} {parameter.name} {parameter.type_str.replace(' ', '')}{mixed}"


def short_type(name):
  return re.sub(r"^tensor\((\w+)\)$", r"\1", name.replace(" ", ""))


def default_text(attribute):
  if attribute.required:
    return " required"
  value = attribute.default_value
  if not value.name:
    return ""
  kind = attribute.type.name
  if kind == "INT":
    return f" = {value.i}"
  if kind == "FLOAT":
    return f" = {shortest_float(value.f)}"
  if kind == "STRING":
    return f" = {quoted(value.s)}"
  if kind == "INTS":
    return " = " + " ".join(map(str, value.ints))
  if kind == "STRINGS":
    return " = " + " ".join(map(quoted, value.strings))
  raise ValueError(f"{attribute.name}: a default of kind {kind}")


def shortest_float(value):
  for digits in range(1, 10):
    text = f"{value:.{digits}g}"
    if ctypes.c_float(float(text)).value == value:
      return text
  raise ValueError(value)


def quoted(raw):
  text = raw.decode()
  assert not re.search(r'[\s"\\]', text), text
  return f'"{text}"'


def assert_arity_follows_from_parameters(schema):
  """The table does not state the least and greatest counts: they follow from the parameters, as in ONNX's schema.cc."""
  for parameters, least, most in (
    (schema.inputs, schema.min_input, schema.max_input),
    (schema.outputs, schema.min_output, schema.max_output),
  ):
    derived_least = 0
    derived_most = len(parameters)
    for position, parameter in enumerate(parameters):
      if parameter.option.name == "Single":
        derived_least = position + 1
      if parameter.option.name == "Variadic":
        derived_least = position + parameter.min_arity
        derived_most = 2**31 - 1
    assert (derived_least, derived_most) == (least, most), schema.name


def check(docs, table):
  told = {}
  for page in ("Changelog.md", "Changelog-ml.md"):
    told.update(read_changelog(Path(docs, page).read_text(encoding="utf-8")))
  newest = {}
  for domain, _, version in told:
    newest[domain] = max(version, newest.get(domain, 0))
  written = read_table(Path(table).read_text(encoding="utf-8"))
  differences = [f"{key} is documented, but not in the table" for key in sorted(told.keys() - written.keys())]
  for key in sorted(told.keys() & written.keys()):
    differences += schema_differences(key, told[key], written[key])
  for difference in differences:
    print(difference)
  for domain, version in sorted(newest.items()):
    documented = sum(key[0] == domain for key in told)
    later = sum(key[0] == domain for key in written.keys() - told.keys())
    print(f"{domain}: {documented} schemas documented, up to opset {version}; {later} more in the table")
  print(f"{len(differences)} differences")
  return 1 if differences or not told else 0


def schema_differences(key, told, written):
  if told["deprecated"] and written["deprecated"]:
    return  # the documentation says nothing more of a deprecated version
  for field, expected in told.items():
    if not same(expected, written[field]):
      yield f"{key} {field}: documented {expected}, in the table {written[field]}"


def same(expected, found):
  """Equal, but for numbers that the documentation rounds to five places."""
  if isinstance(expected, (tuple, list)) and isinstance(found, (tuple, list)):
    return len(expected) == len(found) and all(map(same, expected, found))
  if isinstance(expected, float) and isinstance(found, float):
    return abs(expected - found) <= max(5.1e-6, 1e-6 * abs(expected))
  return expected == found


HEADING = re.compile(r'^### <a name="(?:(ai\.onnx[\w.]*)\.)?(\w+)-(\d+)"></a>.*$', re.M)
ENTRY = re.compile(r"<dt><tt>([^<]*)</tt>(?: \(([^:]*)\))? : ([^<]*)</dt>")


def read_changelog(text):
  headings = list(HEADING.finditer(text))
  for heading, following in zip(headings, headings[1:] + [None]):
    body = text[heading.end() : following.start() if following else len(text)]
    key = (heading[1] or "ai.onnx", heading[2], int(heading[3]))
    yield key, documented_schema("(deprecated)" in heading[0], body)


def documented_schema(deprecated, body):
  parts = re.split(r"^#### (.*)\n", body, flags=re.M)
  sections = {title.split(" (")[0]: (title, content) for title, content in zip(parts[1::2], parts[2::2])}

  def entries(section):
    return ENTRY.findall(sections.get(section, ("", ""))[1])

  return {
    "deprecated": deprecated,
    "in": [documented_parameter(entry) for entry in entries("Inputs")],
    "out": [documented_parameter(entry) for entry in entries("Outputs")],
    "input counts": documented_counts(sections.get("Inputs", ("", ""))[0], len(entries("Inputs"))),
    "output counts": documented_counts(sections.get("Outputs", ("", ""))[0], len(entries("Outputs"))),
    "attr": sorted(documented_attribute(*entry) for entry in entries("Attributes")),
    "type": [(name, sorted(re.split(r",(?![^(]*\))", types.replace(" ", "")))) for name, _, types in entries("Type Constraints")],
  }


def documented_parameter(entry):
  name, tags, kind = entry
  tags = tags.split(", ")
  option = next((tag for tag in ("optional", "variadic") if tag in tags), "single")
  return name, kind.replace(" ", ""), option, "heterogeneous" in tags


def documented_counts(title, count):
  between = re.search(r"\((\S+) - (\S+)\)", title)
  return (between[1], between[2].replace("&#8734;", "inf")) if between else (str(count), str(count))


def documented_attribute(name, _, kind):
  kind, _, rest = kind.partition(" (")
  kind = kind.removeprefix("list of ").upper()
  rest = rest.removesuffix(")")
  if not rest.startswith("default is "):
    return name, kind, rest, None
  return name, kind, "default", documented_value(kind, rest.removeprefix("default is "))


def documented_value(kind, text):
  if kind in ("INTS", "STRINGS"):
    return [documented_value(kind[:-1], item.strip("'")) for item in text.strip("[]").split(", ")]
  return {"INT": int, "FLOAT": lambda t: float(t.strip("()"))}.get(kind, str)(text)


def read_table(text):
  schemas = {}
  for block in re.split(r"\n\n(?=op )", text)[1:]:
    head, *lines = block.strip().split("\n")
    _, domain, name, version, *marks = head.split(" ")
    schemas[domain, name, int(version)] = written_schema("deprecated" in marks, [line.split() for line in lines])
  return schemas


def written_schema(deprecated, lines):
  inputs = [words for words in lines if words[0].rstrip("?+*") == "in"]
  outputs = [words for words in lines if words[0].rstrip("?+*") == "out"]
  return {
    "deprecated": deprecated,
    "in": [written_parameter(words) for words in inputs],
    "out": [written_parameter(words) for words in outputs],
    "input counts": written_counts(inputs),
    "output counts": written_counts(outputs),
    "attr": sorted(written_attribute(words) for words in lines if words[0] == "attr"),
    "type": [(words[1], sorted(map(long_type, words[2:]))) for words in lines if words[0] == "type"],
  }


def written_parameter(words):
  option = {"?": "optional", "+": "variadic", "*": "variadic"}.get(words[0][-1], "single")
  return words[1], words[2], option, words[-1] == "mixed"


def written_counts(parameters):
  least = 0
  for position, words in enumerate(parameters):
    mark = words[0][-1]
    if mark not in "?*":
      least = position + 1
    elif mark == "*":
      least = position
  variadic = any(words[0][-1] in "+*" for words in parameters)
  return str(least), "inf" if variadic else str(len(parameters))


def written_attribute(words):
  _, name, kind, *rest = words
  if not rest or rest[0] == "required":
    return name, kind, " ".join(rest), None
  convert = {"INT": int, "FLOAT": float, "STRING": lambda t: t.strip('"')}[kind.removesuffix("S")]
  values = [convert(word) for word in rest[1:]]
  return name, kind, "default", values if kind.endswith("S") else values[0]


def long_type(name):
  return name if "(" in name else f"tensor({name})"


if __name__ == "__main__":
  match sys.argv[1:]:
    case ["write"]:
      write()
    case ["check", docs, table]:
      sys.exit(check(docs, table))
    case _:
      sys.exit(__doc__)
