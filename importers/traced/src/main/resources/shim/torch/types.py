from typing import Any

_int = int
_size = Device = Number = Any
_dtype = Any
