"""Makes the PyTorch files that the tests of formats.torch and formats.pickle read, and what genuine PyTorch sees in them.

Usage: python tools/torch-fixtures.py formats/src/test/resources/dev/entrepot/formats
Needs torch, numpy and safetensors (made with torch 2.13.0+cpu, numpy 2, safetensors 0.8).

expected.json holds, for every file, the tensors by path: dtype, shape and the elements' bytes in row-major order, little-endian, as hex.
"""

import copy
import inspect
import io
import json
import pickle
import struct
import sys
import tarfile
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

FOLDER = Path(sys.argv[1]) / "torch"
PICKLES = Path(sys.argv[1]) / "pickle"
EXPECTED = {}


def raw(tensor):
    tensor = tensor.detach().contiguous()
    if tensor.is_quantized:
        tensor = tensor.int_repr()
    return tensor.reshape(-1).view(torch.uint8).numpy().tobytes().hex() if tensor.numel() else ""


def expect(name, tensors):
    EXPECTED[name] = {
        path: {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "bytes": raw(tensor)}
        for path, tensor in tensors.items()
    }


def save(name, value, tensors=None, **options):
    torch.save(value, FOLDER / name, **options)
    expect(name, value if tensors is None else tensors)


def numbers(*shape, dtype=torch.float32):
    count = int(np.prod(shape))
    return (torch.arange(count, dtype=torch.float64) * 3 - count).to(dtype).reshape(shape)


DTYPES = ["float32", "float64", "float16", "bfloat16", "uint8", "int8", "int16", "int32", "int64", "bool", "complex64",
          "complex128", "uint16", "uint32", "uint64", "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz"]


def dtypes():
    values = OrderedDict()
    for name in DTYPES:
        dtype = getattr(torch, name)
        values[name] = torch.tensor([[0, 1, 3], [2, 1, 0]], dtype=torch.float32).to(dtype)
    return values


def strided():
    base = numbers(4, 6)
    image = numbers(2, 3, 4, 5)
    return OrderedDict(
        whole=base,
        transposed=base.t(),
        columns=base[:, 1:4],
        steps=base[::2, ::3],
        row=base[2],
        element=base[1, 1],
        repeated=base[1:2].expand(3, 6),
        channels_last=image.to(memory_format=torch.channels_last),
        permuted=image.permute(3, 1, 0, 2),
        middle=image[1, :, 1:3],
        empty=torch.zeros(0, 3),
        scalar=torch.tensor(2.5),
        single=torch.ones(1, 4, 1)[:, 1:2],
    )


def parameters():
    plain = torch.nn.Parameter(numbers(2, 2))
    marked = torch.nn.Parameter(numbers(3), requires_grad=False)
    marked.note = "kept"
    tagged = numbers(2)
    tagged.origin = "a tensor with an attribute"
    return OrderedDict(z=plain, a=marked, m=tagged, buffer=torch.nn.Buffer(numbers(4)))


def quantized():
    per_tensor = torch.quantize_per_tensor(torch.tensor([[-1.0, 0.0], [0.5, 2.0]]), 0.25, 10, torch.quint8)
    per_channel = torch.quantize_per_channel(
        torch.tensor([[-1.0, 0.0], [0.5, 2.0]]), torch.tensor([0.5, 0.25]), torch.tensor([0, 3]), 0, torch.qint8)
    return OrderedDict(per_tensor=per_tensor, per_channel=per_channel, int32=torch.quantize_per_tensor(
        torch.tensor([1.0, -2.0]), 0.5, 0, torch.qint32))


def odd():
    """What is kept in its place, but is no plain tensor."""
    return {
        "sparse": torch.eye(3).to_sparse(),
        "meta": torch.empty(2, 3, device="meta"),
        "conjugate": torch.tensor([1 + 2j]).conj(),
        "dtype": torch.float16,
        "device": torch.device("cuda", 1),
        "size": torch.Size([2, 3]),
        "layout": torch.strided,
        "complex": 1 + 2j,
        "set": {"one"},
        "bytes": b"\x00\xff",
        "range": slice(1, 2),
        "whole": torch.ones(2),
    }


def module():
    inner = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.ReLU())
    net = torch.nn.Sequential(OrderedDict(features=inner, head=torch.nn.Linear(2, 2, bias=False)))
    net.register_buffer("scratch", torch.ones(2), persistent=False)
    net.register_buffer("scale", torch.tensor(0.5))
    return net


class Tiny(torch.nn.Module):
    """Its source text goes into a legacy file."""

    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(2, 3))


class Script(torch.nn.Module):
    sizes: list[int]
    table: dict[str, torch.Tensor]

    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(3, 2)
        self.sizes = [1, 2]
        self.table = {"a": torch.ones(2)}
        self.name = "net"

    def forward(self, x):
        if x.size(0) > 1:
            x = x + torch.tensor([[1.0, 2.0, 3.0]])
        return self.linear(x) * len(self.sizes)


class Exported(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(3, 2)
        self.tied = self.linear.weight
        self.register_buffer("turned", numbers(3, 2).t())
        self.register_buffer("scratch", torch.ones(2), persistent=False)
        self.shift = torch.tensor([1.0, 2.0])

    def forward(self, x):
        return self.linear(x) + self.shift + self.scratch + x @ self.turned.t() + x @ self.tied.t()


def big_endian(name, tensors):
    """A zip archive as PyTorch on a big-endian machine writes it: the same, with the elements' bytes turned."""
    buffer = io.BytesIO()
    torch.save(tensors, buffer)
    units = [t.element_size() // (2 if t.is_complex() else 1) for t in tensors.values()]
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(FOLDER / name, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            folder, _, key = info.filename.rpartition("/")
            if folder.endswith("/data"):
                unit = units[int(key)]
                data = b"".join(data[i:i + unit][::-1] for i in range(0, len(data), unit))
            if key == "byteorder":
                data = b"big"
            target.writestr(info.filename, data)
    expect(name, tensors)


def tar(name):
    """The oldest form, which no PyTorch since 0.1.10 writes but all of them read."""
    storage = numbers(12)
    class Persistent(pickle.Pickler):
        def persistent_id(self, value):
            return value.key if isinstance(value, Key) else None

    def named(key, location_or_storage, type_name):
        """A pickled triple whose last part is a class; written by hand, since the class pickles under another name today."""
        parts = pickle.dumps(key, 2)[2:-1] + pickle.dumps(location_or_storage, 2)[2:-1]
        return b"\x80\x02" + parts + b"ctorch\n" + type_name + b"\n\x87."

    storages = pickle.dumps(1, 2) + named(11, "cpu", b"FloatStorage") + struct.pack("<q", 12) + storage.numpy().tobytes()
    storages += pickle.dumps([(12, 11, 4, 8)], 2)
    tensors = pickle.dumps(2, 2)
    tensors += named(21, 11, b"FloatTensor") + struct.pack("<i4xqqqqq", 2, 3, 4, 4, 1, 0)
    tensors += named(22, 12, b"FloatTensor") + struct.pack("<i4xqqqqq", 2, 2, 3, 1, 2, 1)
    out = io.BytesIO()
    Persistent(out, protocol=2).dump(OrderedDict(whole=Key(21), part=Key(22)))
    with tarfile.open(FOLDER / name, "w:", format=tarfile.PAX_FORMAT) as archive:
        for member, data in (("storages", storages), ("tensors", tensors), ("pickle", out.getvalue())):
            info = tarfile.TarInfo(member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    loaded = torch.load(FOLDER / name, weights_only=False)
    assert torch.equal(loaded["whole"], storage.reshape(3, 4)) and loaded["part"].shape == (2, 3)
    expect(name, loaded)


class Key:
    def __init__(self, key):
        self.key = key


def old_export(name):
    """The layout of torch.export.save in 2.1 to 2.6: a plain zip with nested torch.save files."""
    program = torch.export.export(Exported(), (torch.ones(2, 3),))
    with zipfile.ZipFile(FOLDER / name, "w") as archive:
        archive.writestr("version", "8.2")
        for entry, value in (("state_dict", dict(program.state_dict)), ("constants", dict(program.constants)),
                             ("example_inputs", program.example_inputs)):
            buffer = io.BytesIO()
            torch.save(value, buffer)
            archive.writestr(f"serialized_{entry}.pt", buffer.getvalue())
        archive.writestr("serialized_exported_program.json", '{"graph_module": {}, "schema_version": {"major": 8, "minor": 2}}')
    expect(name, program.state_dict)
    expect(name + "#constants", program.constants)


def without_paths(name):
    """Rewrites an archive without the entries that hold this machine's paths."""
    with zipfile.ZipFile(FOLDER / name) as source:
        kept = [(info.filename, source.read(info)) for info in source.infolist() if not info.filename.endswith(".debug_pkl")]
    with zipfile.ZipFile(FOLDER / name, "w") as target:
        for entry, data in kept:
            target.writestr(entry, data)


def package(name):
    from torch.package import PackageExporter
    with PackageExporter(FOLDER / name) as exporter:
        exporter.save_source_string("net.code", "WIDTH = 3\n")
        exporter.save_pickle("net", "weights.pkl", {"weight": torch.ones(3)})


def pickles():
    shared = ["shared"]
    value = {
        "none": None, "true": True, "false": False, "small": 5, "byte": 200, "short": 60000, "negative": -7,
        "int32": -2_000_000_000, "long": 1 << 40, "huge": -(1 << 200), "float": 0.1, "infinity": float("inf"),
        "text": "größe\n\\u0041 €😀", "bytes": b"\x00\xff'\"", "empty": [(), [], {}, ""],
        "tuples": [(1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)], "shared": [shared, shared], "set": {1}, "frozen": frozenset({2}),
        "ordered": OrderedDict(b=1, a=2), "complex": 1 + 2j, "array": np.arange(6, dtype=">i2").reshape(2, 3),
        "columns": np.asfortranarray(np.arange(6, dtype="<f4").reshape(2, 3)), "scalar": np.float64(2.5),
        "long_list": list(range(40)),
    }
    for protocol in range(6):
        (PICKLES / f"protocol{protocol}.pkl").write_bytes(pickle.dumps(value, protocol=protocol))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    PICKLES.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    save("dtypes.pth", dtypes())
    save("strided.pth", strided())
    save("strided.legacy.pth", strided(), _use_new_zipfile_serialization=False)
    small = OrderedDict(weight=numbers(2, 3), bias=numbers(2))
    for protocol in range(2, 6):
        save(f"protocol{protocol}.pth", small, pickle_protocol=protocol)
        save(f"protocol{protocol}.legacy.pth", small, pickle_protocol=protocol, _use_new_zipfile_serialization=False)
    save("parameters.pth", parameters())
    save("quantized.pth", quantized())
    save("odd.pth", odd(), {"whole": torch.ones(2)})
    net = module()
    save("module.pth", net, net.state_dict())
    tiny = Tiny()
    genuine, inspect.getsourcefile = inspect.getsourcefile, lambda _: "tiny.py"
    save("module.legacy.pth", tiny, tiny.state_dict(), _use_new_zipfile_serialization=False)
    inspect.getsourcefile = genuine
    checkpoint = {"epoch": 3, "accuracy": torch.tensor(0.5), "optimizer": {"state": {0: {"momentum": torch.ones(2)}}},
                  "state_dict": OrderedDict((f"module.{name}", value) for name, value in small.items())}
    save("checkpoint.pth", checkpoint, {"epoch.none": torch.zeros(0)})
    expect("checkpoint.pth", {
        "accuracy": checkpoint["accuracy"], "optimizer.state.0.momentum": torch.ones(2),
        **{f"state_dict.{name}": value for name, value in checkpoint["state_dict"].items()}})
    save("tensor.pth", numbers(2, 2), {"tensor": numbers(2, 2)})
    big_endian("big_endian.pth", {name: value for name, value in dtypes().items() if not name.startswith("float8")})
    tar("genuine.tar")
    scripted = torch.jit.script(Script())
    torch.jit.save(scripted, FOLDER / "script.pt")
    expect("script.pt", {**scripted.state_dict(), "table.a": torch.ones(2)})
    frozen = torch.jit.freeze(copy.deepcopy(scripted).eval())
    torch.jit.save(frozen, FOLDER / "frozen.pt")
    scripted._save_for_lite_interpreter(str(FOLDER / "lite.ptl"))
    expect("lite.ptl", {**scripted.state_dict(), "table.a": torch.ones(2)})
    for name in ("script.pt", "frozen.pt", "lite.ptl"):
        without_paths(name)
    program = torch.export.export(Exported(), (torch.ones(2, 3),))
    for node in program.graph.nodes:
        node.meta.pop("stack_trace", None)
    torch.export.save(program, FOLDER / "exported.pt2")
    expect("exported.pt2", program.state_dict)
    expect("exported.pt2#constants", program.constants)
    old_export("exported_2_6.pt2")
    package("package.pt")
    stored = {name: value for name, value in dtypes().items() if name not in ("complex128",)}
    save_file(stored, FOLDER / "dtypes.safetensors", metadata={"format": "pt"})
    expect("dtypes.safetensors", stored)
    pickles()
    lines = [f'{json.dumps(name)}: {json.dumps(tensors)}' for name, tensors in sorted(EXPECTED.items())]
    (FOLDER / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
