#!/usr/bin/env python3
"""Write what torchvision's constructors make: every module with its class and attributes, every key of the state_dict with its shape.

    tools/torchvision-trees.py | gzip -9n \\
        > importers/declared/src/test/resources/dev/entrepot/importers/torch/modules/torchvision.txt.gz

Needs torch and torchvision; no weights are made (the meta device) and none are fetched. A network begins with `= NAME`; then come lines
`m PATH CLASS ATTRIBUTE=VALUE...` (the path of the whole network is `.`) and `t KEY SIZE...`, in torchvision's order. Numbers of batches
are left out, and so are modules that only training uses.
"""
import sys
import types
import warnings

sys.modules.setdefault("torchvision._meta_registrations", types.ModuleType("none"))
warnings.filterwarnings("ignore")
import torch
from torchvision import models
from torchvision.models import regnet

# What a forward reads.
ATTRIBUTES = (
    "kernel_size stride padding dilation groups padding_mode ceil_mode count_include_pad eps normalized_shape output_size approximate "
    "start_dim end_dim dims window_size shift_size num_heads batch_first transform_input use_res_connect apply_residual n_heads "
    "max_seq_len partition_type"
).split()
AUXILIARY = ("aux1", "aux2", "AuxLogits")


def text(value):
    if isinstance(value, (tuple, list)):
        return "(" + ",".join(text(item) for item in value) + ")"
    if isinstance(value, (float, bool, int)):
        return repr(value)
    return str(value)


def build(name):
    options = {}
    if name in ("googlenet", "inception_v3"):
        options = {"init_weights": False}
    if name.startswith(("fcn", "deeplab")):
        options = {"weights_backbone": None, "aux_loss": True}
    if name.startswith("lraspp"):
        options = {"weights_backbone": None}
    with torch.device("meta"):
        return models.get_model(name, weights=None, **options)


def main():
    from_init_params = regnet.BlockParams.from_init_params.__func__

    def on_cpu(cls, *args, **kwargs):
        with torch.device("cpu"):
            return from_init_params(cls, *args, **kwargs)

    regnet.BlockParams.from_init_params = classmethod(on_cpu)
    print(f"# torchvision {__import__('torchvision').__version__.split('+')[0]}")
    for name in models.list_models(module=models) + models.list_models(module=models.segmentation):
        model = build(name)
        print("=", name)
        for path, module in model.named_modules():
            if path.split(".")[0] in AUXILIARY:
                continue
            attributes = [
                f"{key}={text(vars(module)[key])}" for key in ATTRIBUTES if vars(module).get(key) is not None and key in vars(module)
            ]
            print("m", path or ".", type(module).__module__ + "." + type(module).__qualname__, *attributes)
        for key, value in model.state_dict().items():
            if not key.endswith("num_batches_tracked"):
                print("t", key, *value.shape)


main()
