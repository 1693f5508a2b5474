from einops import EinopsError, einsum, pack, rearrange, reduce, repeat, unpack  # noqa: F401
