from typing import Any

_size_1_t = _size_2_t = _size_3_t = _size_4_t = _size_any_t = _ratio_2_t = _ratio_3_t = _ratio_any_t = Any
