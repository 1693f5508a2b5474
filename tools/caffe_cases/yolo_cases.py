"""YoloDetectionOutput, Yolov3DetectionOutput: eric612/MobileNet-YOLO yolo_detection_output_layer.cpp, yolov3_detection_output_layer.cpp.
Region: OpenVINO's reference of RegionYolo. CTCGreedyDecoder: ctc_decoder_layer.cpp, Decode."""

import numpy as np
from case import case, numbers


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


def layer(kind, parameters, bottoms=("x",), tops=("y",)):
    wires = " ".join('bottom: "%s"' % b for b in bottoms) + " " + " ".join('top: "%s"' % t for t in tops)
    return 'layer { name: "l" type: "%s" %s %s }' % (kind, wires, parameters)


def overlap(a, b):
    w = min(a[0] + a[2] / 2, b[0] + b[2] / 2) - max(a[0] - a[2] / 2, b[0] - b[2] / 2)
    h = min(a[1] + a[3] / 2, b[1] + b[3] / 2) - max(a[1] - a[3] / 2, b[1] - b[3] / 2)
    area = w * h if w >= 0 and h >= 0 else 0
    return area / (a[2] * a[3] + b[2] * b[3] - area)


def rows(found, threshold, items):
    """found: (score, label, box) where a box is centre and size."""
    found = sorted(found, key=lambda f: -f[0])
    kept = []
    for score, label, box in found:
        if all(overlap(box, other) < threshold for _, _, other in kept):
            kept.append((score, label, box))
    table = [[0, label + 1, s, x - w / 2, y - h / 2, x + w / 2, y + h / 2] for s, label, (x, y, w, h) in kept]
    return np.array(table or [[i] + [-1] * 6 for i in range(items)])[None, None]


def box(cell, i, j, width, height, bias, scale):
    return ((i + sigmoid(cell[0])) / width, (j + sigmoid(cell[1])) / height,
            np.exp(cell[2]) * bias[0] / (width * scale), np.exp(cell[3]) * bias[1] / (height * scale))


def yolo2(features, classes, biases, confidence, threshold):
    found = []
    for x in features:
        n, channels, height, width = x.shape
        cells = x.astype(float).reshape(n, len(biases), -1, height, width)
        for b, k, j, i in np.ndindex(n, len(biases), height, width):
            cell = cells[b, k, :, j, i]
            likely = np.exp(cell[5:] - cell[5:].max())
            likely /= likely.sum()
            score = sigmoid(cell[4]) * likely.max()
            if score >= confidence:
                found.append((score, int(likely.argmax()), box(cell, i, j, width, height, biases[k], 1)))
    return rows(found, threshold, len(features[0]))


def yolo3(features, classes, biases, masks, scales, confidence, threshold):
    found = []
    for x, mask, scale in zip(features, masks, scales):
        n, channels, height, width = x.shape
        cells = x.astype(float).reshape(n, len(mask), -1, height, width)
        for b, k, j, i in np.ndindex(n, len(mask), height, width):
            cell = cells[b, k, :, j, i]
            for c in range(classes):
                score = sigmoid(cell[5 + c]) * sigmoid(cell[4])
                if score > confidence:
                    found.append((score, c, box(cell, i, j, width, height, biases[mask[k]], scale)))
    return rows(found, threshold, len(features[0]))


X, Z = numbers(1, 1, 2 * 8, 4, 4), numbers(2, 1, 2 * 8, 3, 3)
BIASES = [(0.73, 0.87), (2.42, 2.65)]
TEXT = ("yolo_detection_output_param { num_classes: 3 num_box: 2 coords: 4 confidence_threshold: %s nms_threshold: 0.45 "
        "biases: 0.73 biases: 0.87 biases: 2.42 biases: 2.65 }")
case("yolo/each_box_counts_with_its_best_class", layer("YoloDetectionOutput", TEXT % 0.25), {"x": X},
     {"y": yolo2([X], 3, BIASES, 0.25, 0.45)})
case("yolo/a_second_bottom_brings_more_boxes", layer("YoloDetectionOutput", TEXT % 0.25, ("x", "z")), {"x": X, "z": Z},
     {"y": yolo2([X, Z], 3, BIASES, 0.25, 0.45)})
case("yolo/nothing_found_leaves_a_row", layer("YoloDetectionOutput", TEXT % 2), {"x": X},
     {"y": yolo2([X], 3, BIASES, 2, 0.45)})
SIZES = [(10, 14), (23, 27), (37, 58), (81, 82)]
TEXT3 = ("yolov3_detection_output_param { num_classes: 3 num_box: 2 confidence_threshold: 0.4 nms_threshold: 0.5 mask_group_num: 2 "
         "mask: 2 mask: 3 mask: 0 mask: 1 anchors_scale: 32 anchors_scale: 16 "
         + " ".join("biases: %d biases: %d" % s for s in SIZES) + " }")
case("yolo/each_bottom_has_anchors_of_its_own", layer("Yolov3DetectionOutput", TEXT3, ("x", "z")), {"x": Z, "z": X},
     {"y": yolo3([Z, X], 3, SIZES, [(2, 3), (0, 1)], (32, 16), 0.4, 0.5)})


def region(x, coords, classes, boxes, softmax):
    n, channels, h, w = x.shape
    y = x.astype(float).reshape(n, boxes, coords + 1 + classes, h, w)
    y[:, :, :2] = sigmoid(y[:, :, :2])
    y[:, :, coords] = sigmoid(y[:, :, coords])
    if softmax:
        e = np.exp(y[:, :, coords + 1:] - y[:, :, coords + 1:].max(2, keepdims=True))
        y[:, :, coords + 1:] = e / e.sum(2, keepdims=True)
    else:
        y[:, :, coords + 1:] = sigmoid(y[:, :, coords + 1:])
    return y.reshape(n, channels, h, w)


R = numbers(3, 2, 2 * 8, 3, 4)
case("region/classes_by_softmax",
     layer("Region", "region_yolo_param { coords: 4 classes: 3 num: 2 do_softmax: true } flatten_param { axis: 1 end_axis: -1 }"),
     {"x": R}, {"y": region(R, 4, 3, 2, True).reshape(2, -1)})
case("region/each_class_by_itself",
     layer("RegionYolo", "region_yolo_param { coords: 4 classes: 3 num: 6 do_softmax: false mask: 0 mask: 1 } "
                         "flatten_param { axis: 1 end_axis: 1 }"),
     {"x": R}, {"y": region(R, 4, 3, 2, False)})


def greedy(x, marks, blank, merge):
    steps, items, classes = x.shape
    out, scores = np.full((items, steps, 1, 1), -1.0), np.zeros((items, 1, 1, 1))
    for n in range(items):
        before, symbols = -1, []
        for t in range(steps):
            best = int(x[t, n].argmax())
            scores[n] -= x[t, n, best]
            if best != blank and not (merge and best == before):
                symbols.append(best)
            before = best
            if t + 1 == steps or marks[t + 1, n] == 0:
                break
        out[n, :len(symbols), 0, 0] = symbols
    return out, scores


rng = np.random.default_rng(4)
STEPS = np.repeat(rng.standard_normal((7, 3, 4)), 2, axis=0).astype(np.float32)
MARKS = np.ones((14, 3), np.float32)
MARKS[0] = 0
MARKS[9, 1] = 0
MARKS[3:5, 2] = 0
CTC = {"x": STEPS, "marks": MARKS}
y, s = greedy(STEPS, MARKS, 3, True)
case("ctc_greedy_decoder/the_last_class_is_the_blank",
     layer("CTCGreedyDecoder", "", ("x", "marks"), ("y", "score")), CTC, {"y": y, "score": s})
case("ctc_greedy_decoder/repetitions_may_be_kept",
     layer("CTCGreedyDecoder", "ctc_decoder_param { blank_index: 1 ctc_merge_repeated: false }", ("x", "marks")), CTC,
     {"y": greedy(STEPS, MARKS, 1, False)[0]})
