"""einops by reshape, permute, expand and reductions. The notation is that of the einops package; the code is this project's own."""
from torch._core import Tensor, call


class EinopsError(RuntimeError):
    pass


def _side(text):
    """"b (h p) ..." as a list of groups of names; "1" is an empty group."""
    groups, group, depth = [], None, 0
    for word in text.replace("(", " ( ").replace(")", " ) ").split():
        if word == "(":
            if group is not None:
                raise EinopsError("brackets within brackets: " + text)
            group = []
        elif word == ")":
            groups.append(group)
            group = None
        elif group is not None:
            group.append(word)
        else:
            groups.append([] if word == "1" else [word])
    return groups


def _expanded(groups, rank, count_others):
    """Puts names in place of an ellipsis."""
    dots = ["...%d" % i for i in range(rank - count_others)]
    result = []
    for group in groups:
        if group == ["..."]:
            result.extend([dot] for dot in dots)
        else:
            result.append([name for item in group for name in (dots if item == "..." else [item])])
    return result


def _named(groups):
    return [name for group in groups for name in group]


def _number(name):
    return int(name) if name.isdigit() else None


def _parts(pattern):
    left, arrow, right = pattern.partition("->")
    if not arrow:
        raise EinopsError("the pattern has no ->: " + pattern)
    return _side(left), _side(right)


def _atoms(x, groups, lengths, pattern):
    """The tensor with an axis for each name of the left side, and the sizes of these."""
    shape = x.shape
    if len(groups) != len(shape):
        raise EinopsError("%r has %d axes, the tensor %d" % (pattern, len(groups), len(shape)))
    sizes, flat = dict(lengths), []
    for group, size in zip(groups, shape):
        known, open_ = 1, None
        for name in group:
            if _number(name) is not None:
                sizes[name] = _number(name)
            if name in sizes:
                known = known * sizes[name]
            elif open_ is None:
                open_ = name
            else:
                raise EinopsError("the sizes of %s and %s are not known: %r" % (open_, name, pattern))
        if open_ is not None:
            sizes[open_] = size // known if len(group) > 1 else size
        flat.extend(sizes[name] for name in group)
    names = _named(groups)
    if any(len(group) != 1 for group in groups):
        x = x.reshape(flat)
    return x, names, sizes


def _composed(x, names, sizes, groups):
    """Axes in the order of the right side, joined as its brackets say."""
    order = _named(groups)
    positions = [names.index(name) for name in order]
    if positions != list(range(len(positions))):
        x = x.permute(positions)
    if any(len(group) != 1 for group in groups):
        shape = []
        for group in groups:
            product = 1
            for name in group:
                product = product * sizes[name]
            shape.append(product)
        x = x.reshape(shape)
    return x


def _prepared(tensor, pattern):
    if isinstance(tensor, (list, tuple)):
        tensor = call("aten::stack", list(tensor), 0)
    left, right = _parts(pattern)
    rank = len(tensor.shape)
    if ["..."] in left:
        others = sum(1 for group in left if group != ["..."])
        left, right = _expanded(left, rank, others), _expanded(right, rank, others)
    return tensor, left, right


def rearrange(tensor, pattern, **axes_lengths):
    tensor, left, right = _prepared(tensor, pattern)
    x, names, sizes = _atoms(tensor, left, axes_lengths, pattern)
    if sorted(names) != sorted(_named(right)):
        raise EinopsError("the sides do not have the same names: " + repr(pattern))
    return _composed(x, names, sizes, right)


def reduce(tensor, pattern, reduction, **axes_lengths):
    tensor, left, right = _prepared(tensor, pattern)
    x, names, sizes = _atoms(tensor, left, axes_lengths, pattern)
    kept = set(_named(right))
    gone = [i for i, name in enumerate(names) if name not in kept]
    if gone:
        if callable(reduction):
            x = reduction(x, tuple(gone))
        elif reduction == "prod":
            for axis in reversed(gone):
                x = call("aten::prod", x, axis)
        else:
            x = call("aten::" + {"max": "amax", "min": "amin"}.get(reduction, reduction), x, gone)
    return _composed(x, [name for name in names if name in kept], sizes, right)


def repeat(tensor, pattern, **axes_lengths):
    tensor, left, right = _prepared(tensor, pattern)
    x, names, sizes = _atoms(tensor, left, axes_lengths, pattern)
    for name in _named(right):
        if name not in names:
            sizes[name] = _number(name) if _number(name) is not None else axes_lengths[name]
            x = x.unsqueeze(-1).expand([-1] * len(names) + [sizes[name]])
            names = names + [name]
    return _composed(x, names, sizes, right)


def einsum(*args):
    *tensors, pattern = args
    inputs, _, output = pattern.partition("->")
    letters = {}

    def short(text):
        words = []
        for word in text.split():
            words.append("..." if word == "..." else letters.setdefault(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(letters)]))
        return "".join(words)

    equation = ",".join(short(part) for part in inputs.split(",")) + "->" + short(output)
    return call("aten::einsum", equation, tensors)


def pack(tensors, pattern):
    names = pattern.split()
    at = names.index("*")
    after = len(names) - at - 1
    shapes, flat = [], []
    for tensor in tensors:
        shape = list(tensor.shape)
        shapes.append(tuple(shape[at : len(shape) - after]))
        flat.append(tensor.reshape(shape[:at] + [-1] + shape[len(shape) - after :]))
    return call("aten::cat", flat, at), shapes


def unpack(tensor, packed_shapes, pattern):
    names = pattern.split()
    at, result = names.index("*"), []
    lengths = []
    for shape in packed_shapes:
        product = 1
        for size in shape:
            product = product * size
        lengths.append(product)
    for part, shape in zip(call("aten::split_with_sizes", tensor, lengths, at), packed_shapes):
        sizes = list(part.shape)
        result.append(part.reshape(sizes[:at] + list(shape) + sizes[at + 1 :]))
    return result


def parse_shape(x, pattern):
    return {name: size for name, size in zip(pattern.split(), x.shape) if name != "_"}


def asnumpy(tensor):
    return tensor
