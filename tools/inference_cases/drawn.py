"""The cases of drawn.txt and refused.txt: single operators with drawn attributes and sizes."""

import random

import numpy as np
import onnx
from onnx import helper

import left_out
from lines import HOUSE_OPSET, case, tensor_type
from opinions import contradicts, fits, leaves_gaps, run, strictly_inferred, within_onnx


def operators(random_source):
    """Operator, attributes, inputs (None for one that is left out) and the number of outputs of each draw."""
    draw = random_source.randint
    pick = random_source.choice

    def floats(*shape):
        return np.full(shape, 0.5, np.float32)

    def ints(*values):
        return np.array(values, np.int64)

    def shape(rank, low=1, high=6):
        return [draw(low, high) for _ in range(rank)]

    def windows(spatial, pooling):
        """kernel_shape and what else says where windows are."""
        attributes = {"kernel_shape": shape(spatial, 1, 4), "strides": shape(spatial, 1, 3)}
        if draw(0, 1):
            attributes["dilations"] = shape(spatial, 1, 2)
        if draw(0, 4) == 0:
            attributes["auto_pad"] = pick(["SAME_UPPER", "SAME_LOWER", "VALID"])
        else:
            attributes["pads"] = shape(2 * spatial, 0, 2)
        if pooling and draw(0, 1):
            attributes["ceil_mode"] = 1
        return attributes

    for _ in range(80):
        spatial, group = draw(1, 3), draw(1, 2)
        attributes = windows(spatial, False) | {"group": group}
        weights = [group * draw(1, 3), draw(1, 3)] + attributes["kernel_shape"]
        wrong = draw(0, 9) == 0
        x = [draw(1, 2), group * weights[1] + wrong] + shape(spatial, 2, 9)
        yield "Conv", attributes, [floats(*x), floats(*weights)] + [floats(weights[0])] * draw(0, 1), 1
    for _ in range(80):
        spatial, group = draw(1, 2), draw(1, 2)
        attributes = windows(spatial, False) | {"group": group}
        attributes["strides"] = shape(spatial, 1, 3)
        if draw(0, 1):
            attributes["output_padding"] = [draw(0, stride - 1) for stride in attributes["strides"]]
        x = [draw(1, 2), group * draw(1, 2)] + shape(spatial, 2, 7)
        yield "ConvTranspose", attributes, [floats(*x), floats(x[1] + (draw(0, 9) == 0), draw(1, 3), *attributes["kernel_shape"])], 1
    for _ in range(200):
        spatial = draw(1, 3)
        operator = pick(["MaxPool", "AveragePool", "LpPool"])
        outputs = 2 if operator == "MaxPool" and draw(0, 1) else 1
        yield operator, windows(spatial, True), [floats(draw(1, 2), draw(1, 3), *shape(spatial, 1, 9))], outputs
    for _ in range(35):
        x = shape(draw(1, 4))
        order = random_source.sample(range(len(x)), len(x))
        yield "Transpose", {"perm": order}, [floats(*x)], 1
        target = list(x)
        for axis in range(len(x)):
            target[axis] = pick([0, x[axis], x[axis]])
        if draw(0, 1):
            target[draw(0, len(x) - 1)] = -1
        if draw(0, 1):
            target.append(pick([1, 1, 2]))
        yield "Reshape", {}, [floats(*x), ints(*target)], 1
        yield "Flatten", {"axis": draw(-len(x) - 1, len(x) + 1)}, [floats(*x)], 1
        axes = random_source.sample(range(-len(x), len(x)), draw(1, len(x)))
        for operator in ("ReduceMean", "ReduceSum", "ReduceL2", "ReduceMax"):
            yield operator, {"keepdims": draw(0, 1), "noop_with_empty_axes": draw(0, 1)}, [floats(*x), ints(*axes)][: draw(1, 2)], 1
        yield "Squeeze", {}, [floats(*x), ints(*axes)], 1
        yield "Unsqueeze", {}, [floats(*x), ints(*axes)], 1
    for _ in range(80):
        x = shape(draw(1, 3))
        axes = random_source.sample(range(len(x)), draw(1, len(x)))
        starts, ends = ints(*shape(len(axes), -8, 8)), ints(*(pick([draw(-8, 8), 2**63 - 1, -(2**63)]) for _ in axes))
        steps = ints(*(pick([1, 1, 2, -1, -2, 3]) for _ in axes))
        yield "Slice", {}, [floats(*x), starts, ends, ints(*axes), steps][: draw(4, 5)], 1
        yield "Pad", {"mode": "constant"}, [floats(*x), ints(*shape(2 * len(x), -2, 3))], 1
    for _ in range(35):
        x = shape(draw(1, 3))
        axis = draw(-len(x), len(x) - 1)
        others = [[draw(1, 4) if i == axis % len(x) else size for i, size in enumerate(x)] for _ in range(draw(0, 3))]
        if others and draw(0, 4) == 0:
            others[0] = [size + 1 for size in others[0]]
        yield "Concat", {"axis": axis}, [floats(*x)] + [floats(*other) for other in others], 1
        parts = draw(1, 3)
        yield "Split", {"axis": axis, "num_outputs": parts}, [floats(*x)], parts
        sizes = shape(2, 0, 3)
        yield "Split", {"axis": axis}, [floats(*x), ints(*sizes)], 2
        indices = np.zeros(shape(draw(0, 2), 1, 3), np.int64)
        yield "Gather", {"axis": axis}, [floats(*x), indices], 1
        yield "ArgMax", {"axis": axis, "keepdims": draw(0, 1)}, [floats(*x)], 1
        yield "TopK", {"axis": axis}, [floats(*x), ints(draw(0, 4))], 2
        yield "Tile", {}, [floats(*x), ints(*shape(len(x) + (draw(0, 9) == 0), 0, 3))], 1
        yield "Expand", {}, [floats(*[pick([1, size]) for size in x]), ints(*[pick([1, size]) for size in x][draw(0, 1) :])], 1
        yield "OneHot", {"axis": axis}, [np.zeros(x, np.int64), ints(draw(1, 5)), floats(2)], 1
    for _ in range(35):
        m, k, n = shape(3)
        a, b = pick([[m, k], [k]]), pick([[k, n], [k]])
        batch = shape(2, 1, 3)
        if len(a) == 2 and draw(0, 1):
            a = [pick([1, size]) for size in batch] + a
        if len(b) == 2 and draw(0, 1):
            b = batch[draw(0, 1) :] + b
        if draw(0, 9) == 0:
            b[0] += 1
        yield "MatMul", {}, [floats(*a), floats(*b)], 1
        across, down = draw(0, 1), draw(0, 1)
        bias = pick([[n], [1], [m, n], [m, 1], [], [m, n + 1]])
        first, second = ([k, m] if across else [m, k]), ([n, k] if down else [k, n])
        if draw(0, 9) == 0:
            second[0] += 1
        yield "Gemm", {"transA": across, "transB": down}, [floats(*first), floats(*second), floats(*bias)][: draw(2, 3)], 1
        x = shape(3)
        y = [pick([1, size, size, size + 1 if draw(0, 9) == 0 else size]) for size in x][draw(0, 2) :]
        yield pick(["Add", "Mul", "Div", "Sub", "Max"]), {}, [floats(*x), floats(*y)], 1
        yield "Where", {}, [np.ones(y, bool), floats(*x), floats(*y)], 1
        yield "PRelu", {}, [floats(*x), floats(*y)], 1
    for _ in range(35):
        x = [1, draw(1, 3)] + shape(draw(1, 2), 2, 7)
        scales = np.array([1.0, 1.0] + [pick([0.5, 1.5, 2.0, 3.0, 0.75, 1.2]) for _ in x[2:]], np.float32)
        mode = pick(["nearest", "linear"])
        yield "Resize", {"mode": mode}, [floats(*x), None, scales], 1
        yield "Resize", {"mode": mode}, [floats(*x), None, None, ints(*x[:2], *shape(len(x) - 2, 1, 9))], 1
        axes = list(range(2, len(x)))
        policy = pick(["stretch", "not_larger", "not_smaller"])
        attributes = {"mode": mode, "axes": axes, "keep_aspect_ratio_policy": policy}
        yield "Resize", attributes, [floats(*x), None, None, ints(*shape(len(axes), 1, 9))], 1
    for _ in range(30):
        block = draw(1, 3)
        yield "DepthToSpace", {"blocksize": block}, [floats(1, block * block * draw(1, 2), *shape(2))], 1
        yield "SpaceToDepth", {"blocksize": block}, [floats(1, draw(1, 3), block * draw(1, 3), block * draw(1, 3))], 1
        yield "Range", {}, [np.array(draw(-5, 5)), np.array(draw(-5, 9)), np.array(pick([1, 2, 3, -1, -2]))], 1
        yield "Range", {}, [np.array(value, np.float32) for value in (draw(-5, 5), draw(-5, 9) / 2, pick([1, 0.25, 0.3, -0.5]))], 1
        yield "ConstantOfShape", {}, [ints(*shape(draw(0, 3), 0, 4))], 1
        yield "GlobalAveragePool", {}, [floats(*shape(draw(3, 5)))], 1
        n, c = shape(2, 1, 3)
        out = shape(2, 1, 4)
        yield "GridSample", {}, [floats(n, c, *shape(2, 1, 5)), floats(n, *out, 2)], 1
        x, steps, batch, hidden = shape(4, 1, 3)
        for operator, gates in (("LSTM", 4), ("GRU", 3), ("RNN", 1)):
            direction = pick(["forward", "reverse", "bidirectional"])
            ways = 2 if direction == "bidirectional" else 1
            weights = [floats(ways, gates * hidden, x), floats(ways, gates * hidden, hidden)]
            inputs = [floats(steps, batch, x)] + weights
            yield operator, {"hidden_size": hidden, "direction": direction}, inputs, 3 if operator == "LSTM" else 2
        letters = random_source.sample("ijkl", 3)
        size = dict(zip("ijkl", shape(4)))
        terms = ["".join(random_source.sample(letters, draw(1, 3))) for _ in range(2)]
        output = random_source.sample(sorted(set("".join(terms))), draw(1, len(set("".join(terms)))))
        equation = ",".join(terms) + pick(["", "->" + "".join(output)])
        yield "Einsum", {"equation": equation}, [floats(*(size[letter] for letter in term)) for term in terms], 1
        yield "GlobalLpPool", {}, [floats(*shape(draw(3, 5)))], 1
        groups = draw(1, 3)
        x = [draw(1, 2), groups * draw(1, 2)] + shape(2, 1, 3)
        yield "GroupNormalization", {"num_groups": groups}, [floats(*x), floats(groups), floats(groups)], 1
        yield "MaxRoiPool", {"pooled_shape": shape(2, 1, 3)}, [floats(1, draw(1, 3), 6, 6), np.zeros((draw(1, 3), 5), np.float32)], 1
        yield "Multinomial", {"sample_size": draw(1, 5), "dtype": pick([6, 7])}, [floats(*shape(2))], 1
        yield pick(["RandomNormal", "RandomUniform"]), {"shape": shape(draw(1, 3)), "dtype": pick([1, 11])}, [], 1
        yield pick(["RandomNormalLike", "RandomUniformLike"]), pick([{}, {"dtype": 11}]), [floats(*shape(3))], 1
        length = draw(4, 12)
        signal = floats(1, length, 1)
        yield "DFT", {"onesided": draw(0, 1)}, [signal, np.array(draw(3, 9)), np.array(1)][: pick([1, 3])], 1
        yield "STFT", {"onesided": draw(0, 1)}, [floats(1, length * 2, 1), np.array(draw(1, 4)), None, np.array(draw(2, length))], 1


def single(operator, attributes, inputs, outputs, name):
    names = [f"i{index}" if array is not None else "" for index, array in enumerate(inputs)]
    made = [f"o{index}" for index in range(outputs)]
    node = helper.make_node(operator, names, made, **attributes)
    given = [helper.make_value_info(key, tensor_type(array)) for key, array in zip(names, inputs) if array is not None]
    graph = helper.make_graph([node], name, given, [helper.make_value_info(key, onnx.TypeProto()) for key in made])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", HOUSE_OPSET)], ir_version=10)


def cases():
    """The lines of drawn.txt and those of refused.txt."""
    held, refused = [], []
    seen = set()
    for index, (operator, attributes, inputs, outputs) in enumerate(operators(random.Random(20))):
        name = f"{operator}_{index}"
        model = single(operator, attributes, inputs, outputs, name)
        given = [array for array in inputs if array is not None]
        ran = run(model, given)
        line = case(name, model, given, ran or [])
        if line is None or line.split(" ", 1)[1] in seen:
            continue
        seen.add(line.split(" ", 1)[1])
        accepted = strictly_inferred(model, given)
        if ran is not None and accepted is not None:
            if operator == "ConvTranspose" and leaves_gaps(attributes):
                left_out.note("ONNX Runtime leaves out what ONNX says SAME pads: " + operator, name)
            elif operator != "ConvTranspose" and not fits(attributes, inputs):
                left_out.note("a window does not fit, and ONNX Runtime makes an empty or a partial one: " + operator, name)
            elif contradicts(accepted, ran):
                left_out.note("onnx.shape_inference and ONNX Runtime disagree: " + operator, name)
            else:
                held.append(line)
        elif ran is not None:
            left_out.note("only onnx.shape_inference refuses: " + operator, name)
        elif accepted is None or not within_onnx(operator, attributes):
            refused.append(line)
        else:
            left_out.note("ONNX Runtime refuses what ONNX allows: " + operator, name)
    return held, refused
