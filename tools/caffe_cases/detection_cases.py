"""PriorBox: weiliu89/caffe (ssd) prior_box_layer.cpp, Forward_cpu. PriorBoxClustered: training_toolbox_caffe
prior_box_clustered_layer.cpp. DetectionOutput: weiliu89/caffe (ssd) detection_output_layer.cpp, Forward_cpu, and bbox_util.cpp."""

import numpy as np
from case import case, numbers

F = np.float32


def grid(cells, image, boxes, step=(0, 0), offset=0.5, clip=False, variance=(0.1,)):
    """boxes: (width, height) in pixels; cells, image, step: (height, width)."""
    rows = []
    step = [F(s) if s else F(F(i) / F(c)) for s, i, c in zip(step, image, cells)]
    for h in range(cells[0]):
        for w in range(cells[1]):
            x, y = F(F(w + offset) * step[1]), F(F(h + offset) * step[0])
            for bw, bh in boxes:
                rows += [(float(x) - float(F(bw)) / 2) / image[1], (float(y) - float(F(bh)) / 2) / image[0],
                         (float(x) + float(F(bw)) / 2) / image[1], (float(y) + float(F(bh)) / 2) / image[0]]
    values = np.array(rows, F)
    if clip:
        values = np.clip(values, 0, 1)
    return np.stack([values, np.resize(np.array(variance, F), len(values))])[None]


def shapes(least, most=(), ratios=(), flip=True):
    known, boxes = [1.0], []
    for ratio in ratios:
        if all(abs(ratio - k) >= 1e-6 for k in known):
            known.append(ratio)
            if flip:
                known.append(1 / ratio)
    for i, size in enumerate(least):
        size = int(size)
        boxes.append((size, size))
        if most:
            boxes.append((np.sqrt(F(size * int(most[i]))),) * 2)
        for ratio in known:
            if abs(ratio - 1) >= 1e-6:
                boxes.append((size * np.sqrt(F(ratio)), size / np.sqrt(F(ratio))))
    return boxes


def prior(parameters, kind="PriorBox"):
    return """
layer { name: "p" type: "%s" bottom: "features" bottom: "image" top: "y" prior_box_param { %s } }
layer { name: "q" type: "Power" bottom: "y" top: "z" power_param { scale: 2 } }""" % (kind, parameters)


FEATURES, IMAGE = numbers(1, 1, 2, 3, 4), numbers(2, 1, 3, 30, 50)
INPUTS = {"features": FEATURES, "image": IMAGE}


def priors(parameters, boxes, kind="PriorBox", **options):
    """OpenCV, which the tests ask too, wants the variance to be stated."""
    if "variance" not in parameters + str(options.keys()):
        parameters += " variance: 0.1"
    if "clip" not in parameters:
        parameters += " clip: false"
    y = grid((3, 4), (30, 50), boxes, **options)
    return prior(parameters, kind), INPUTS, {"z": 2 * y}


case("prior_box/a_box_between_the_sizes_and_both_ratios",
     *priors("min_size: 6 max_size: 12 aspect_ratio: 2 aspect_ratio: 3", shapes([6], [12], [2, 3])))
case("prior_box/sizes_are_cut_to_whole_pixels",
     *priors("min_size: 6.9 max_size: 12.5 aspect_ratio: 2", shapes([6.9], [12.5], [2])))
case("prior_box/each_size_has_all_ratios",
     *priors("min_size: 4 min_size: 7 aspect_ratio: 2 flip: false", shapes([4, 7], [], [2], False)))
case("prior_box/without_variances_they_are_a_tenth", prior("min_size: 5"), INPUTS, {"z": 2 * grid((3, 4), (30, 50), shapes([5]))})
case("prior_box/a_ratio_given_twice_counts_once",
     *priors("min_size: 4 aspect_ratio: 1 aspect_ratio: 2 aspect_ratio: 2 aspect_ratio: 0.5", shapes([4], [], [1, 2, 2, .5])))
case("prior_box/four_variances_and_clipped_boxes",
     *priors("min_size: 20 clip: true variance: 0.1 variance: 0.2 variance: 0.3 variance: 0.4", shapes([20]),
             clip=True, variance=(0.1, 0.2, 0.3, 0.4)))
case("prior_box/a_step_and_an_offset_of_its_own",
     *priors("min_size: 5 step: 8 offset: 0.25", shapes([5]), step=(8, 8), offset=0.25))
case("prior_box/steps_of_both_axes",
     *priors("min_size: 5 step_h: 9 step_w: 11", shapes([5]), step=(9, 11)))
y = grid((3, 4), (64, 64), shapes([5]))
case("prior_box/the_image_size_may_be_given", prior("min_size: 5 img_h: 64 img_w: 64 variance: 0.1 clip: false"), INPUTS, {"z": 2 * y})
case("prior_box/priors_may_be_what_the_net_gives",
     prior("min_size: 5 variance: 0.1 clip: false").split("layer { name: \"q\"")[0], INPUTS,
     {"y": grid((3, 4), (30, 50), shapes([5]))})
case("prior_box/clustered_boxes_have_a_width_and_a_height",
     *priors("width: 9.5 width: 3 height: 4 height: 12 variance: 0.2", [(9.5, 4), (3, 12)], "PriorBoxClustered",
             variance=(0.2,)))


def decode(code, box, variance, loc, encoded):
    v = np.ones(4) if encoded else variance
    w, h = box[2] - box[0], box[3] - box[1]
    if code == "CORNER":
        return box + v * loc
    if code == "CORNER_SIZE":
        return box + v * loc * np.array([w, h, w, h])
    x, y = v[0] * loc[0] * w + (box[0] + box[2]) / 2, v[1] * loc[1] * h + (box[1] + box[3]) / 2
    w, h = np.exp(v[2] * loc[2]) * w, np.exp(v[3] * loc[3]) * h
    return np.array([x - w / 2, y - h / 2, x + w / 2, y + h / 2])


def size(box):
    return 0 if box[2] < box[0] or box[3] < box[1] else (box[2] - box[0]) * (box[3] - box[1])


def overlap(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return w * h / (size(a) + size(b) - w * h) if w > 0 and h > 0 else 0


def suppressed(boxes, scores, confidence, threshold, top_k):
    order = sorted((i for i in range(len(scores)) if scores[i] > confidence), key=lambda i: -scores[i])
    kept = []
    for i in order[:top_k] if top_k > -1 else order:
        if all(overlap(boxes[i], boxes[k]) <= threshold for k in kept):
            kept.append(i)
    return kept


def detections(loc, conf, prior_data, classes, code="CORNER", shared=True, background=0, encoded=False, threshold=0.3,
               top_k=-1, keep=-1, confidence=-np.inf):
    items, priors_count = len(loc), prior_data.shape[2] // 4
    box, variance = prior_data[0].astype(float).reshape(2, priors_count, 4)
    loc = loc.astype(float).reshape(items, priors_count, 1 if shared else classes, 4)
    conf = conf.reshape(items, priors_count, classes)
    rows = []
    for n in range(items):
        found = []
        for c in range(classes):
            if c != background:
                boxes = [decode(code, box[p], variance[p], loc[n, p, 0 if shared else c], encoded)
                         for p in range(priors_count)]
                for p in suppressed(boxes, conf[n, :, c], confidence, threshold, top_k):
                    found.append([n, c, conf[n, p, c], *boxes[p]])
        if -1 < keep < len(found):
            best = sorted(found, key=lambda row: -row[2])[:keep]
            found = [row for row in found if row in best]
        rows += found
    if not rows:
        rows = [[n] + [-1] * 6 for n in range(items)]
    return np.array(rows)[None, None]


def layer(parameters):
    return ('layer { name: "d" type: "DetectionOutput" bottom: "loc" bottom: "conf" bottom: "prior" top: "y" '
            "detection_output_param { %s } }" % parameters)


rng = np.random.default_rng(7)
P, C, N = 40, 4, 2
corners = rng.uniform(0, 0.7, (P, 2))
PRIOR = np.stack([np.hstack([corners, corners + rng.uniform(0.1, 0.3, (P, 2))]),
                  np.tile([0.1, 0.1, 0.2, 0.2], (P, 1))]).reshape(1, 2, -1).astype(F)
LOC = (rng.standard_normal((N, P * 4)) * 0.5).astype(F)
LOCS = (rng.standard_normal((N, P * C * 4)) * 0.5).astype(F)
CONF = np.exp(rng.standard_normal((N, P, C)) * 2)
CONF = (CONF / CONF.sum(2, keepdims=True)).reshape(N, -1).astype(F)


def detected(text, loc=LOC, conf=CONF, **options):
    """OpenCV, which the tests ask too, wants these to be stated."""
    for stated in ("share_location: true", "background_label_id: 0", "keep_top_k: 200"):
        if text and stated.split()[0] not in text:
            text += " " + stated
    if text and "nms_threshold" not in text:
        text = text.replace("nms_param {", "nms_param { nms_threshold: 0.3") if "nms_param" in text else (
            text + " nms_param { nms_threshold: 0.3 }")
    inputs = {"loc": loc, "conf": conf, "prior": PRIOR}
    return layer("num_classes: 4 " + text), inputs, {"y": detections(loc, conf, PRIOR, C, **options)}


case("detection_output/boxes_around_centres_as_ssd_deploys_them",
     *detected("code_type: CENTER_SIZE nms_param { nms_threshold: 0.45 top_k: 20 } keep_top_k: 15 "
               "confidence_threshold: 0.1", code="CENTER_SIZE", threshold=0.45, top_k=20, keep=15, confidence=0.1))
case("detection_output/the_defaults_decode_corners_and_keep_all", *detected(""))
case("detection_output/corners_in_parts_of_the_priors_size",
     *detected("code_type: CORNER_SIZE confidence_threshold: 0.3", code="CORNER_SIZE", confidence=0.3))
case("detection_output/each_class_has_locations_of_its_own",
     *detected("code_type: CENTER_SIZE share_location: false confidence_threshold: 0.2 keep_top_k: 20", LOCS,
               code="CENTER_SIZE", shared=False, confidence=0.2, keep=20))
case("detection_output/any_class_may_be_the_background",
     *detected("code_type: CENTER_SIZE background_label_id: 2 confidence_threshold: 0.3", code="CENTER_SIZE",
               background=2, confidence=0.3))
case("detection_output/no_class_may_be_the_background",
     *detected("code_type: 2 background_label_id: -1 confidence_threshold: 0.3", code="CENTER_SIZE", background=-1,
               confidence=0.3))
case("detection_output/the_variance_may_be_in_the_target",
     *detected("code_type: CENTER_SIZE variance_encoded_in_target: true confidence_threshold: 0.4", LOC * F(0.2),
               code="CENTER_SIZE", encoded=True, confidence=0.4))
case("detection_output/top_k_candidates_are_chosen_before_suppression",
     *detected("code_type: CENTER_SIZE nms_param { top_k: 5 nms_threshold: 0.1 }", code="CENTER_SIZE", top_k=5,
               threshold=0.1))
case("detection_output/equal_scores_go_by_the_order_of_priors",
     *detected("code_type: CENTER_SIZE nms_param { top_k: 10 }", conf=np.round(CONF, 1), code="CENTER_SIZE", top_k=10))
case("detection_output/boxes_that_end_before_they_begin_cover_nothing",
     *detected("code_type: CORNER nms_param { nms_threshold: 0.2 }", LOC * F(6), threshold=0.2))
case("detection_output/nothing_found_leaves_a_row_for_each_item",
     *detected("code_type: CENTER_SIZE confidence_threshold: 2", code="CENTER_SIZE", confidence=2))
