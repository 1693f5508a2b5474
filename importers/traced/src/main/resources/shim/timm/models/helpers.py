"""Fetching and fitting weights, which is done elsewhere."""


def load_pretrained(*_, **__):
    pass


def named_apply(fn, module, name="", depth_first=True, include_root=False):
    return module


def build_model_with_cfg(model_cls, variant, pretrained=False, **kwargs):
    for key in ("default_cfg", "pretrained_cfg", "feature_cfg", "pretrained_filter_fn", "pretrained_strict"):
        kwargs.pop(key, None)
    return model_cls(**kwargs)


def checkpoint_seq(functions, x, *_, **__):
    for function in functions:
        x = function(x)
    return x


checkpoint_filter_fn = adapt_input_conv = resolve_pretrained_cfg = load_pretrained
