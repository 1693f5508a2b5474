"""Makes weights and reference outputs of the networks in importers/traced/src/test/resources/networks with genuine PyTorch.

    OMP_NUM_THREADS=1 python tools/traced-networks.py [NAME...]

The committed ones were made with torch 2.13.0, torchvision 0.28.0, einops 0.8.2 and timm 1.0.29.
"""
import importlib
import pathlib
import sys

import numpy as np
import torch

ROOT = pathlib.Path(__file__).resolve().parent.parent / "importers/traced/src"
NETWORKS = ROOT / "test/resources/networks"
FLOAT = "float32"

# expression, inputs by name as (dtype, sizes here, sizes as told to the importer)
CASES = {
    "unet": ("nets.py:UNet(3, 2, bilinear=True)", {"x": (FLOAT, [2, 3, 20, 24], "N,3,20,24")}),
    "cifar_resnet": ("nets.py:resnet8()", {"x": (FLOAT, [2, 3, 16, 16], "N,3,16,16")}),
    "vit_einops": (
        "nets.py:ViT(image_size=16, patch_size=8, num_classes=4, dim=12, depth=2, heads=2, mlp_dim=16)",
        {"img": (FLOAT, [2, 3, 16, 16], "N,3,16,16")}),
    "lstm_classifier": ("nets.py:TextClassifier", {"text": ("int64", [3, 7], "N,T")}),
    "detection_head": ("nets.py:Detector()", {"images": (FLOAT, [1, 3, 64, 96], "1,3,64,96")}),
    "mobilenet": ("nets.py:mobilenet_v2(pretrained=False)", {"x": (FLOAT, [2, 3, 32, 32], "N,3,H,W")}),
    "timm_style": ("nets.py:convnext_atto()", {"x": (FLOAT, [2, 3, 32, 32], "N,3,32,32")}),
    "package": ("models/resnet.py:Net(Config())", {"image": (FLOAT, [2, 3, 9, 11], "N,3,H,W")}),
    "weight_norm_tts": ("nets.py:Generator()", {"x": (FLOAT, [2, 10, 9], "N,10,T")}),
    "gpt": ("nets.py:GPT(GPTConfig())", {"idx": ("int64", [2, 9], "N,T")}),
    "swin_block": ("nets.py:SwinBlock()", {"x": (FLOAT, [2, 64, 8], "2,64,8")}),
    "indexing": ("nets.py:Indexing()", {"x": (FLOAT, [2, 3, 5], "2,3,5"), "y": (FLOAT, [2, 5], "2,5")}),
}


def plain_nms(boxes, scores, threshold):
    """Greedy suppression as torchvision documents it, for builds of torchvision without its compiled operators."""
    order, kept = scores.argsort(descending=True, stable=True).tolist(), []
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    for i in order:
        sizes = [(torch.minimum(boxes[i, 2:], boxes[j, 2:]) - torch.maximum(boxes[i, :2], boxes[j, :2])).clamp(min=0) for j in kept]
        if all(s[0] * s[1] / (areas[i] + areas[j] - s[0] * s[1]) <= threshold for j, s in zip(kept, sizes)):
            kept.append(i)
    return torch.tensor(kept)


def torchvision_operators():
    sys.modules.setdefault("torchvision._meta_registrations", type(sys)("nothing"))
    import torchvision

    try:
        torchvision.ops.nms(torch.zeros(1, 4), torch.zeros(1), 0.5)
    except RuntimeError:
        torchvision.ops.nms = plain_nms


def outputs_of(value, name=""):
    if isinstance(value, torch.Tensor):
        yield name, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from outputs_of(item, key)
    elif hasattr(value, "_fields"):
        for key in value._fields:
            yield from outputs_of(getattr(value, key), key)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from outputs_of(item, name)


def make(name):
    expression, inputs = CASES[name]
    folder = NETWORKS / name
    file, _, call = expression.partition(":")
    sys.path.insert(0, str(folder))
    for module in [m for m in sys.modules if m in ("nets", "models") or m.startswith("models.")]:
        del sys.modules[module]
    torch.manual_seed(7)
    module = importlib.import_module(file[:-3].replace("/", "."))
    network = eval(call, module.__dict__)
    network = (network() if isinstance(network, type) else network).eval()
    sys.path.remove(str(folder))
    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():
        state = network.state_dict()
        for key, value in state.items():
            if value.is_floating_point() and not key.endswith("mask") and "anchor" not in key and key != "bias":
                if not (key.endswith(".bias") and value.dim() == 4):
                    spread = torch.rand(value.shape, generator=generator)
                    value.copy_(0.5 + spread if "var" in key or key.endswith("_g") else 0.6 * (spread - 0.5))
        torch.save(state, folder / "weights.pth")
        given, arrays = {}, {}
        for key, (kind, sizes, _) in inputs.items():
            if kind == FLOAT:
                given[key] = torch.randn(sizes, generator=generator)
            else:
                given[key] = torch.randint(0, 20, sizes, generator=generator)
            arrays[key] = given[key].numpy()
        found = network(**{key: value.clone() for key, value in given.items()})
    for index, (key, value) in enumerate(outputs_of(found)):
        arrays[key or f"output_{index}"] = value.numpy()
    np.savez_compressed(folder / "reference.npz", **arrays)
    lines = [expression] + [f"{key}:{kind}[{told}]" for key, (kind, _, told) in inputs.items()]
    (folder / "case.txt").write_text("\n".join(lines) + "\n")
    print(name, {key: list(value.shape) for key, value in arrays.items()})


if __name__ == "__main__":
    torchvision_operators()
    for case in sys.argv[1:] or CASES:
        make(case)
