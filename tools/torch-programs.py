"""Makes the exported programs (.pt2) that tests read, and what genuine PyTorch computes with them.

Usage: python tools/torch-programs.py formats/src/test/resources/dev/entrepot/formats/torch/exported
Needs torch and numpy (made with torch 2.13.0+cpu, numpy 2).

NAME.pt2 is the program, NAME.npz holds the arrays by the names of inputs and outputs. Example inputs, stack traces and other entries that
hold this machine's paths are taken out.
"""

import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.export import Dim, export

FOLDER = Path(sys.argv[1])
PROGRAMS = {}


def drop_metadata(graph):
    for node in graph["nodes"]:
        node["metadata"] = {key: value for key, value in node["metadata"].items() if key == "nn_module_stack"}
        for argument in node["inputs"]:
            if "as_graph" in argument["arg"]:
                drop_metadata(argument["arg"]["as_graph"]["graph"])


def leaves(value, name):
    if isinstance(value, torch.Tensor):
        return {name: value.detach()}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {name: torch.tensor(value)}
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, (tuple, list)):
        items = enumerate(value)
    else:
        return {}
    found = {}
    for key, item in items:
        found.update(leaves(item, f"{name}_{key}"))
    return found


def outputs(value):
    if isinstance(value, torch.Tensor):
        return leaves(value, "output_0")
    if isinstance(value, dict):
        found = {}
        for key, item in value.items():
            found.update(leaves(item, str(key)))
        return found
    return leaves(value, "output")


def array(tensor):
    return tensor.float().numpy() if tensor.dtype == torch.bfloat16 else tensor.numpy()


def reference(name, net, arguments, keywords):
    names = list(net.forward.__code__.co_varnames[1:])
    arrays = {}
    for parameter, value in [*zip(names, arguments), *keywords.items()]:
        for key, tensor in leaves(value, parameter).items() if not isinstance(value, int) else ():
            arrays[key] = array(tensor.clone())
    with torch.no_grad():
        for key, tensor in outputs(net(*arguments, **keywords)).items():
            arrays[key] = array(tensor)
    np.savez_compressed(FOLDER / f"{name}.npz", **arrays)


def rewrite(name, change=lambda program: program, entries=lambda entries: entries):
    path = FOLDER / f"{name}.pt2"
    with zipfile.ZipFile(path) as source:
        kept = {info.filename: source.read(info) for info in source.infolist() if "sample_inputs" not in info.filename}
    for entry, data in kept.items():
        if entry.endswith("models/model.json"):
            program = json.loads(data)
            drop_metadata(program["graph_module"]["graph"])
            kept[entry] = json.dumps(change(program)).encode()
    with zipfile.ZipFile(path, "w") as target:
        for entry, data in entries(kept).items():
            info = zipfile.ZipInfo(entry, (1980, 1, 1, 0, 0, 0))
            # PyTorch stores everything; the document is deflated here to keep the repository small.
            deflated = entry.endswith(".json")
            target.writestr(info, data, zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED)


def save(name, net, arguments=(), keywords=None, decompose=False, strict=False, check=None, **options):
    """check: what to run for the reference, where it is not the example that the program was exported with."""
    torch.manual_seed(1)
    net.eval()
    program = export(net, arguments, keywords, strict=strict, **options)
    if decompose:
        program = program.run_decompositions()
    torch.export.save(program, FOLDER / f"{name}.pt2")
    PROGRAMS[name] = program
    rewrite(name)
    given, named = check or (arguments, keywords or {})
    reference(name, net, given, named)


def old_layout(name, of):
    """The layout of 2.1 to 2.6 around the same program: torch/export/__init__.py, save, at v2.6.0."""
    path = FOLDER / f"{of}.pt2"
    program = PROGRAMS[of]
    parts = {}
    with zipfile.ZipFile(path) as source:
        document = next(entry for entry in source.namelist() if entry.endswith("models/model.json"))
        parts["serialized_exported_program.json"] = json.dumps(old_schema(json.loads(source.read(document)))).encode()
    for entry, value in (("state_dict", dict(program.state_dict)), ("constants", dict(program.constants))):
        buffer = io.BytesIO()
        torch.save(value, buffer)
        parts[f"serialized_{entry}.pt"] = buffer.getvalue()
    parts["serialized_example_inputs.pt"] = b""
    with zipfile.ZipFile(FOLDER / f"{name}.pt2", "w") as archive:
        for entry, data in {"version": b"8.2", **parts}.items():
            archive.writestr(zipfile.ZipInfo(entry, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    (FOLDER / f"{name}.npz").write_bytes((FOLDER / f"{of}.npz").read_bytes())


def old_schema(value):
    """Schema 8.2 had no kinds of arguments, node names and guards; symbols were SymPy's plain text."""
    if isinstance(value, list):
        return [old_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    gone = {"kind", "is_hop_single_tensor_return", "guards_code", "treespec_namedtuple_fields", "forward_arg_names"}
    if "target" in value and "outputs" in value:
        gone = gone | {"name"}
    kept = {key: old_schema(item) for key, item in value.items() if key not in gone}
    if "expr_str" in kept:
        kept["expr_str"] = kept["expr_str"].split("'")[1] if kept["expr_str"].startswith("Symbol(") else kept["expr_str"]
    if "schema_version" in kept:
        kept.update(schema_version={"major": 8, "minor": 2}, torch_version="2.6.0")
    return kept


class Net(nn.Module):
    """A module whose forward is given, with children and buffers."""

    def __init__(self, forward, buffers=None, **children):
        super().__init__()
        for name, child in children.items():
            setattr(self, name, child)
        for name, tensor in (buffers or {}).items():
            self.register_buffer(name, tensor)
        self.forward = forward.__get__(self)


def randomised(batch_norm):
    with torch.no_grad():
        for tensor in (batch_norm.weight, batch_norm.bias, batch_norm.running_mean):
            tensor.normal_()
        batch_norm.running_var.uniform_(0.5, 2)
    return batch_norm


def conv_bn():
    features = nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1, bias=False), randomised(nn.BatchNorm2d(4)), nn.ReLU(inplace=True), nn.MaxPool2d(2))
    def forward(self, image):
        return self.head(self.features(image).mean((2, 3)))
    return Net(forward, features=features, head=nn.Linear(4, 2))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    batch, length = Dim("batch"), Dim("length", min=3, max=64)
    image = torch.randn(2, 3, 6, 6)
    larger = ((torch.randn(5, 3, 6, 6),), {})
    save("conv_bn", conv_bn(), (image,), dynamic_shapes=({0: batch},), check=larger)
    save("conv_bn_decomposed", conv_bn(), (image,), dynamic_shapes=({0: batch},), decompose=True, check=larger)
    save("conv_bn_strict", conv_bn(), (image,), dynamic_shapes=({0: batch},), strict=True, check=larger)
    save("static", conv_bn(), (image,))
    old_layout("old_layout", "conv_bn")

    def two_dims(self, query, key):
        scores = query @ key.transpose(1, 2)
        return scores.softmax(-1).view(query.shape[0] * query.shape[1], key.shape[1]), scores.shape[2] * 2
    save("two_dims", Net(two_dims), (torch.randn(2, 4, 3), torch.randn(2, 5, 3)),
         dynamic_shapes=({0: batch, 1: length}, {0: batch, 1: Dim("keys")}),
         check=((torch.randn(3, 7, 3), torch.randn(3, 6, 3)), {}))

    def derived(self, x, y):
        return x[1:] + y[::2]
    half = Dim("half", min=2)
    save("derived_dims", Net(derived), (torch.randn(5), torch.randn(8)), dynamic_shapes=({0: half + 1}, {0: 2 * half}),
         check=((torch.randn(4), torch.randn(6)), {}))

    def out_dict(self, x):
        return {"out": x + 1, "aux": (x * 2, [x - 1, x.sum()])}
    save("outputs_dict", Net(out_dict), (torch.randn(2, 3),))
    def out_tuple(self, x):
        return x + 1, x, [x * 2, None]
    save("outputs_tuple", Net(out_tuple), (torch.randn(2, 3),))
    def nested(self, pair, table, *, scale, shift=None):
        total = pair[0] + pair[1] * table["b"] - table["a"]
        return total * scale
    save("nested_inputs", Net(nested), ((torch.randn(2), torch.randn(2)), {"a": torch.randn(2), "b": torch.randn(2)}),
         {"scale": torch.tensor([2.0, 3.0])})
    def number(self, x, times, mode):
        return x * times if mode == "mul" else x
    save("constant_inputs", Net(number), (torch.randn(3), 3, "mul"))

    def counted(self, x):
        self.total.add_(x.sum(0))
        self.calls += 1
        return x + self.total
    state = {"total": torch.ones(3), "calls": torch.zeros((), dtype=torch.long)}
    save("buffer_mutation", Net(counted, buffers={key: value.clone() for key, value in state.items()}), (torch.randn(2, 3),))
    save("buffer_mutation_decomposed", Net(counted, buffers=state), (torch.randn(2, 3),), decompose=True)
    def calls(self, x):
        self.calls += 1
        return x * 2
    save("unread_mutation", Net(calls, buffers={"calls": torch.zeros((), dtype=torch.long)}), (torch.randn(2, 3),))
    def written(self, x):
        x.add_(1)
        return x * 2
    save("input_mutation", Net(written), (torch.randn(2, 3),))

    half_linear = nn.Linear(3, 2).to(torch.bfloat16)
    def cast(self, x):
        return self.linear(x.to(torch.bfloat16)).float()
    save("bfloat16_weights", Net(cast, linear=half_linear), (torch.randn(2, 3),))
    tied = nn.Linear(3, 3)
    def twice(self, x):
        return self.first(x) + self.second(x)
    save("shared_weights", Net(twice, first=tied, second=tied), (torch.randn(2, 3),))
    def constants(self, x):
        return x * torch.tensor([1.0, 2.0, 3.0]) + torch.tensor(0.5) + self.scratch
    scratch = Net(constants)
    scratch.register_buffer("scratch", torch.tensor([4.0, 5.0, 6.0]), persistent=False)
    save("constants", scratch, (torch.randn(2, 3),))

    def branches(self, x, y):
        return torch.cond(x.sum() > 0, lambda x, y: self.linear(x) + y, lambda x, y: x - y, (x, y))
    save("cond", Net(branches, linear=nn.Linear(3, 3)), (torch.ones(2, 3), torch.randn(2, 3)),
         check=((-torch.ones(2, 3), torch.randn(2, 3)), {}))
    from torch._higher_order_ops.while_loop import while_loop
    def loop(self, n, x):
        return while_loop(lambda i, y: i < 5, lambda i, y: (i + 1, self.linear(y).tanh()), (n, x))
    save("while_loop", Net(loop, linear=nn.Linear(3, 3)), (torch.tensor(2), torch.randn(2, 3)),
         check=((torch.tensor(1), torch.randn(2, 3)), {}))
    def no_grad(self, x):
        y = x + 1
        with torch.no_grad():
            z = self.linear(y)
            w = z * 2
        return w + y
    save("no_grad", Net(no_grad, linear=nn.Linear(3, 3)), (torch.randn(2, 3),))
    def autocast(self, x):
        with torch.autocast("cpu", enabled=False):
            y = self.linear(x) * 2
        return y + x
    save("autocast", Net(autocast, linear=nn.Linear(3, 3)), (torch.randn(2, 3),))
    def checked(self, x, count):
        n = count.item()
        torch._check(n >= 0)
        torch._check(n <= x.shape[0])
        return x[:n] * 2
    save("item", Net(checked), (torch.randn(4, 3), torch.tensor(2)), check=((torch.randn(4, 3), torch.tensor(3)), {}))
    def pieces(self, x):
        first, second = x.split([1, 2], 1)
        values, indices = second.max(1)
        return first + values[:, None], indices
    save("pieces", Net(pieces), (torch.randn(2, 3),))


if __name__ == "__main__":
    main()
