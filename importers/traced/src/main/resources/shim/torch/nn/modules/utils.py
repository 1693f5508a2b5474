"""One number for every axis. Source: torch/nn/modules/utils.py."""


def _ntuple(n, name="parse"):
    def parse(x):
        if isinstance(x, (list, tuple)) or hasattr(x, "__next__") or hasattr(x, "tolist"):
            return tuple(x)
        return tuple([x] * n)

    return parse


_single, _pair, _triple, _quadruple = _ntuple(1), _ntuple(2), _ntuple(3), _ntuple(4)


def _reverse_repeat_tuple(t, n):
    return tuple(x for x in reversed(t) for _ in range(n))


def _list_with_default(out_size, defaults):
    if isinstance(out_size, int):
        return out_size
    return [v if v is not None else d for v, d in zip(out_size, defaults[-len(out_size):])]
