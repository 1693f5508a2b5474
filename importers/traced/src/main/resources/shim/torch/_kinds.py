"""Element types, devices, layouts and sizes."""


class dtype:
    def __init__(self, name, number, floating, size, complex_=False):
        self._name, self._number, self.is_floating_point, self.itemsize = name, number, floating, size
        self.is_complex = complex_
        self.is_signed = name not in ("bool", "uint8", "uint16", "uint32", "uint64")

    def __repr__(self):
        return "torch." + self._name

    def __reduce__(self):
        return self._name

    def to_real(self):
        return self


_DTYPES = {}
for _name, _number, _floating, _size in (
    ("uint8", 0, False, 1), ("int8", 1, False, 1), ("int16", 2, False, 2), ("int32", 3, False, 4), ("int64", 4, False, 8),
    ("float16", 5, True, 2), ("float32", 6, True, 4), ("float64", 7, True, 8), ("bool", 11, False, 1), ("bfloat16", 15, True, 2),
    ("uint16", 27, False, 2), ("uint32", 28, False, 4), ("uint64", 29, False, 8),
):
    _DTYPES[_number] = dtype(_name, _number, _floating, _size)
for _name, _number, _size in (("complex32", 8, 4), ("complex64", 9, 8), ("complex128", 10, 16)):
    _DTYPES[_number] = dtype(_name, _number, False, _size, True)
_BY_NAME = {d._name: d for d in _DTYPES.values()}
float32, float64, int64, int32, bool_ = (_BY_NAME[n] for n in ("float32", "float64", "int64", "int32", "bool"))
_ALIASES = {
    "half": "float16", "float": "float32", "double": "float64", "short": "int16", "int": "int32", "long": "int64", "char": "int8",
    "byte": "uint8", "cfloat": "complex64", "cdouble": "complex128",
}
_TYPE_NAMES = {
    "float32": "Float", "float64": "Double", "float16": "Half", "bfloat16": "BFloat16", "int64": "Long", "int32": "Int",
    "int16": "Short", "int8": "Char", "uint8": "Byte", "bool": "Bool",
}
# What torch.set_default_dtype says.
default_dtype = float32


class device:
    def __init__(self, type="cpu", index=None):
        text = type.type if isinstance(type, device) else str(type)
        self.type, _, number = text.partition(":")
        self.index = int(number) if number else index

    def __repr__(self):
        return "device(type='" + self.type + "')"

    def __str__(self):
        return self.type

    def __eq__(self, other):
        return isinstance(other, device)

    def __hash__(self):
        return 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


_CPU = device("cpu")


class _Named:
    """A layout, memory format or the like: a number with a name."""

    def __init__(self, name, number):
        self._name, self._number = name, number

    def __repr__(self):
        return "torch." + self._name


strided = _Named("strided", 0)
contiguous_format, preserve_format = _Named("contiguous_format", 0), _Named("preserve_format", 1)
channels_last, channels_last_3d = _Named("channels_last", 2), _Named("channels_last_3d", 3)


class Size(tuple):
    def numel(self):
        product = 1
        for size in self:
            product = product * size
        return product

    def __getitem__(self, index):
        item = tuple.__getitem__(self, index)
        return Size(item) if isinstance(index, slice) else item

    def __add__(self, other):
        return Size(tuple(self) + tuple(other))

    def __repr__(self):
        return "torch.Size(" + repr(list(self)) + ")"
