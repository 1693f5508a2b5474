"""x[...] and x[...] = y. Source: torch/csrc/autograd/python_variable_indexing.cpp."""
from _sizes import SymInt
from torch import _calls, _making
from torch._calls import _call
from torch._kinds import bool_, int64
from torch._tensor import Tensor


def _as_tuple(index):
    if isinstance(index, tuple):
        return index
    if isinstance(index, list) and len(index) < 32 and any(
        item is None or item is Ellipsis or isinstance(item, (slice, list, tuple, Tensor)) for item in index
    ):
        return tuple(index)
    return (index,)


def _taken(index):
    """How many axes of the tensor an index takes."""
    if index is None or index is Ellipsis or index is True or index is False:
        return 0
    if isinstance(index, Tensor) and index.dtype._name in ("bool", "uint8"):
        return index.dim()
    return 1


def _sliced(tensor, index, frame):
    """The view that numbers, slices, None and ... make, and the tensors that index it."""
    indices = _as_tuple(index)
    given = sum(_taken(item) for item in indices)
    dim, tensors = 0, []

    def note(item):
        while len(tensors) < dim:
            tensors.append(None)
        tensors.append(item)

    for item in indices:
        if hasattr(item, "__torch_raw__"):
            item = item.__torch_raw__()
        if item is None:
            tensor = _call("aten::unsqueeze", (tensor, dim), {}, frame)
            dim += 1
        elif item is Ellipsis:
            # What the indices before it took lies before dim already.
            dim = tensor.dim() - given
        elif item is True or item is False:
            tensor = _call("aten::unsqueeze", (tensor, dim), {}, frame)
            note(_making.tensor_of([item], bool_))
            dim += 1
        elif isinstance(item, slice):
            tensor = _slice(tensor, dim, item, frame)
            dim += 1
        elif isinstance(item, Tensor):
            number = _number(item)
            if number is not None:
                tensor = _call("aten::select", (tensor, dim, number), {}, frame)
            else:
                note(item)
                dim += 1
        elif isinstance(item, (list, tuple, range)):
            note(_making.tensor_of(list(item)) if len(item) else _making.tensor_of([], int64))
            dim += 1
        else:
            number = item if type(item) is SymInt else item.__index__()
            tensor = _call("aten::select", (tensor, dim, number), {}, frame)
        given -= _taken(item)
    return tensor, tensors


def _number(item):
    """The number of a 0-d index, if it is known."""
    if item.dim() != 0 or item.dtype._name in ("bool", "uint8"):
        return None
    known = _calls.host["contents"](item._ref)
    return known


def _slice(tensor, dim, item, frame):
    start, stop, step = item.start, item.stop, item.step
    if start is None and stop is None and step is None:
        return tensor
    if isinstance(start, Tensor):
        start = start._whole()
    if isinstance(stop, Tensor):
        stop = stop._whole()
    if step is not None and type(step) is not SymInt and step.__index__() < 1:
        raise ValueError("step must be greater than zero")
    return _call("aten::slice", (tensor, dim, start, stop, 1 if step is None else step), {}, frame)


def get(tensor, index, frame):
    view, tensors = _sliced(tensor, index, frame)
    if tensors:
        return _call("aten::index", (view, tensors), {}, frame)
    if view is tensor:
        return _call("aten::alias", (tensor,), {}, frame)
    return view


def put(tensor, index, value, frame):
    if not isinstance(value, Tensor):
        value = _making.tensor_of(value, tensor.dtype)
    view, tensors = _sliced(tensor, index, frame)
    if tensors:
        _call("aten::index_put_", (view, tensors, _trimmed(value.to(tensor.dtype), view, frame)), {}, frame)
    else:
        _call("aten::copy_", (view, _trimmed(value, view, frame)), {}, frame)


def _trimmed(value, view, frame):
    """Leading axes of size 1 that the target does not have fall away. Source: slicePrefix1sSize."""
    while value.dim() > view.dim() and value.size(0) == 1:
        value = _call("aten::squeeze", (value, 0), {}, frame)
    return value
