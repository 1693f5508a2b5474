"""ROIPooling: caffe-fast-rcnn roi_pooling_layer.cpp, Forward_cpu. PSROIPooling: caffe-rfcn psroi_pooling_layer.cu,
PSROIPoolingForward. ROIAlign: ncnn roialign.cpp, version 0, for regions inside the plane.
Proposal: sanghoon/caffe (dev_pvanet) proposal_layer.cpp. Python: py-faster-rcnn proposal_layer.py, generate_anchors.py,
bbox_transform.py, py_cpu_nms.py. SimplerNMS: clCaffe simpler_nms_layer.cpp."""

import math

import numpy as np
from case import case, numbers

F = np.float32


def half_away(v):
    return int(math.copysign(math.floor(abs(v) + 0.5), v))


def roi_pool(x, rois, ph, pw, scale):
    n, channels, height, width = x.shape
    out = np.zeros((len(rois), channels, ph, pw), F)
    for r, roi in enumerate(rois):
        x1, y1, x2, y2 = (half_away(F(F(v) * F(scale))) for v in roi[1:])
        rh, rw = max(y2 - y1 + 1, 1), max(x2 - x1 + 1, 1)
        bh, bw = F(F(rh) / F(ph)), F(F(rw) / F(pw))
        for i in range(ph):
            for j in range(pw):
                h0, h1 = int(math.floor(F(i) * bh)) + y1, int(math.ceil(F(i + 1) * bh)) + y1
                w0, w1 = int(math.floor(F(j) * bw)) + x1, int(math.ceil(F(j + 1) * bw)) + x1
                h0, h1, w0, w1 = (min(max(v, 0), top) for v, top in ((h0, height), (h1, height), (w0, width), (w1, width)))
                if h1 > h0 and w1 > w0:
                    out[r, :, i, j] = x[int(roi[0]), :, h0:h1, w0:w1].max((1, 2))
    return out


def ps_roi_pool(x, rois, outputs, groups, scale):
    n, channels, height, width = x.shape
    out = np.zeros((len(rois), outputs, groups, groups))
    for r, roi in enumerate(rois):
        sx, sy = F(half_away(roi[1])) * F(scale), F(half_away(roi[2])) * F(scale)
        ex, ey = F(half_away(roi[3]) + 1) * F(scale), F(half_away(roi[4]) + 1) * F(scale)
        bh, bw = max(F(ey - sy), F(0.1)) / F(groups), max(F(ex - sx), F(0.1)) / F(groups)
        for i in range(groups):
            for j in range(groups):
                h0, h1 = math.floor(F(F(i) * bh) + sy), math.ceil(F(F(i + 1) * bh) + sy)
                w0, w1 = math.floor(F(F(j) * bw) + sx), math.ceil(F(F(j + 1) * bw) + sx)
                h0, h1, w0, w1 = (min(max(v, 0), top) for v, top in ((h0, height), (h1, height), (w0, width), (w1, width)))
                for o in range(outputs):
                    if h1 > h0 and w1 > w0:
                        c = (o * groups + i) * groups + j
                        out[r, o, i, j] = x[int(roi[0]), c, h0:h1, w0:w1].astype(float).mean()
    return out


def bilinear(plane, x, y):
    h, w = plane.shape
    x0, y0 = int(x), int(y)
    x1, y1 = x0 + 1, y0 + 1
    a0, a1, b0, b1 = x1 - x, x - x0, y1 - y, y - y0
    if x1 >= w:
        x1, a0, a1 = w - 1, 1, 0
    if y1 >= h:
        y1, b0, b1 = h - 1, 1, 0
    return (plane[y0, x0] * a0 + plane[y0, x1] * a1) * b0 + (plane[y1, x0] * a0 + plane[y1, x1] * a1) * b1


def roi_align(x, rois, ph, pw, scale, ratio=0):
    out = np.zeros((len(rois), x.shape[1], ph, pw))
    for r, roi in enumerate(rois):
        x1, y1, x2, y2 = (float(v) * scale for v in roi[1:])
        bh, bw = max(y2 - y1, 1) / ph, max(x2 - x1, 1) / pw
        gh, gw = (ratio, ratio) if ratio else (math.ceil(bh), math.ceil(bw))
        for c in range(x.shape[1]):
            for i in range(ph):
                for j in range(pw):
                    samples = [bilinear(x[int(roi[0]), c], x1 + j * bw + (b + 0.5) * bw / gw, y1 + i * bh + (a + 0.5) * bh / gh)
                               for a in range(gh) for b in range(gw)]
                    out[r, c, i, j] = np.mean(samples)
    return out


def layer(kind, parameters, bottoms=("x", "rois"), tops=("y",)):
    wires = " ".join('bottom: "%s"' % b for b in bottoms) + " " + " ".join('top: "%s"' % t for t in tops)
    return 'layer { name: "l" type: "%s" %s %s }' % (kind, wires, parameters)


rng = np.random.default_rng(3)


def regions(count, items, width, height):
    x, y = rng.uniform(-0.2, 0.9, count) * width, rng.uniform(-0.2, 0.9, count) * height
    return np.stack([rng.integers(0, items, count), x, y, x + rng.uniform(-4, width * 0.7, count),
                     y + rng.uniform(-4, height * 0.7, count)], axis=1).astype(F)


X = numbers(1, 2, 3, 12, 15)
ROIS = regions(40, 2, 240, 192)
HALVES = np.array([[0, 8, 24, 40, 56], [1, 24, 8, 24, 8], [0, 56, 40, 120, 104], [1, -8, -24, 88, 72]], F)
POOLED = 'roi_pooling_param { pooled_h: 4 pooled_w: 3 spatial_scale: 0.0625 }'
case("roi_pooling/bins_of_whole_cells_overlap", layer("ROIPooling", POOLED), {"x": X, "rois": ROIS},
     {"y": roi_pool(X, ROIS, 4, 3, 0.0625)})
case("roi_pooling/corners_at_half_a_cell_go_away_from_0", layer("ROIPooling", POOLED), {"x": X, "rois": HALVES},
     {"y": roi_pool(X, HALVES, 4, 3, 0.0625)})
case("roi_pooling/regions_may_have_four_axes", layer("ROIPooling", POOLED), {"x": X, "rois": ROIS.reshape(-1, 5, 1, 1)},
     {"y": roi_pool(X, ROIS, 4, 3, 0.0625)})
OUTSIDE = np.array([[0, 160, 120, 320, 280], [1, -200, -90, 40, 60], [1, 500, 500, 600, 600]], F)
case("roi_pooling/a_bin_outside_the_plane_is_0", layer("ROIPooling", POOLED), {"x": X, "rois": OUTSIDE},
     {"y": roi_pool(X, OUTSIDE, 4, 3, 0.0625)})

PS = numbers(2, 2, 2 * 9, 12, 15)
PS_PARAM = "psroi_pooling_param { spatial_scale: 0.0625 output_dim: 2 group_size: 3 }"
case("psroi_pooling/each_bin_averages_channels_of_its_own", layer("PSROIPooling", PS_PARAM), {"x": PS, "rois": ROIS},
     {"y": ps_roi_pool(PS, ROIS, 2, 3, 0.0625)})
case("psroi_pooling/corners_at_half_a_pixel_go_away_from_0", layer("PSROIPooling", PS_PARAM),
     {"x": PS, "rois": HALVES + F(0.5) * np.array([0, 1, 1, 1, 1], F)},
     {"y": ps_roi_pool(PS, HALVES + F(0.5) * np.array([0, 1, 1, 1, 1], F), 2, 3, 0.0625)})

INSIDE = np.array([[0, 16, 16, 100, 120], [1, 30, 8, 200, 170], [1, 64, 64, 70, 66], [0, 3, 5, 150, 20]], F)
case("roi_align/as_many_samples_as_a_bin_is_long",
     layer("ROIAlign", "roi_align_param { pooled_h: 3 pooled_w: 2 spatial_scale: 0.0625 }"), {"x": X, "rois": INSIDE},
     {"y": roi_align(X, INSIDE, 3, 2, 0.0625)})
case("roi_align/a_number_of_samples_given",
     layer("ROIAlign", "roi_align_param { pooled_h: 3 pooled_w: 2 spatial_scale: 0.0625 sampling_ratio: 2 }"),
     {"x": X, "rois": INSIDE}, {"y": roi_align(X, INSIDE, 3, 2, 0.0625, 2)})


def anchors(base, ratios, scales, round_):
    out, centre = [], 0.5 * (base - 1)
    for ratio in ratios:
        w = round_(math.sqrt(base * base / ratio))
        h = round_(w * ratio)
        out += [[centre - 0.5 * (w * s - 1), centre - 0.5 * (h * s - 1), centre + 0.5 * (w * s - 1), centre + 0.5 * (h * s - 1)]
                for s in scales]
    return out


def moved(anchor, delta, image_height, image_width):
    w, h = anchor[2] - anchor[0] + 1, anchor[3] - anchor[1] + 1
    x, y = delta[0] * w + anchor[0] + 0.5 * w, delta[1] * h + anchor[1] + 0.5 * h
    w, h = math.exp(delta[2]) * w, math.exp(delta[3]) * h
    box = [x - 0.5 * w, y - 0.5 * h, x + 0.5 * w, y + 0.5 * h]
    return [max(min(v, (image_height if k % 2 else image_width) - 1), 0) for k, v in enumerate(box)]


def iou(a, b):
    w, h = max(0, min(a[2], b[2]) - max(a[0], b[0]) + 1), max(0, min(a[3], b[3]) - max(a[1], b[1]) + 1)
    area = [(v[2] - v[0] + 1) * (v[3] - v[1] + 1) for v in (a, b)]
    return w * h / (area[0] + area[1] - w * h)


def proposals(scores, deltas, image, anchor_list, stride, before, after, threshold, least, drops, lowest=-math.inf):
    """least: the shortest width and height; drops: whether shorter boxes go or count 0."""
    found = []
    for h in range(scores.shape[2]):
        for w in range(scores.shape[3]):
            for k, anchor in enumerate(anchor_list):
                shifted = [v + stride * (h if c % 2 else w) for c, v in enumerate(anchor)]
                box = moved(shifted, deltas[0, 4 * k:4 * k + 4, h, w].astype(float), image[0], image[1])
                score = float(scores[0, len(anchor_list) + k, h, w])
                if box[2] - box[0] + 1 < least[0] or box[3] - box[1] + 1 < least[1]:
                    if drops:
                        continue
                    score = 0.0
                found.append((score, box))
    found.sort(key=lambda pair: -pair[0])
    kept = []
    for score, box in found[:before]:
        if score > lowest and all(iou(box, other) <= threshold for _, other in kept):
            kept.append((score, box))
    kept = kept[:after]
    return np.array([[0, *box] for _, box in kept]), np.array([[score] for score, _ in kept])


def network(anchors_count, height, width, seed):
    scores = 1 / (1 + np.exp(-numbers(seed, 1, 2 * anchors_count, height, width)))
    return scores, numbers(seed + 1, 1, 4 * anchors_count, height, width, scale=0.3)


SCORES, DELTAS = network(9, 5, 7, 10)
IMAGE = np.array([[80, 112, 1.5]], F)
NINE = anchors(16, (0.5, 1, 2), (8, 16, 32), round)
y, s = proposals(SCORES, DELTAS, IMAGE[0], NINE, 16, 6000, 300, 0.7, (24, 24), True)
PYTHON = "python_param { module: 'rpn.proposal_layer' layer: 'ProposalLayer' param_str: \"%s\" }"
BOTTOMS = ("scores", "deltas", "im_info")
FED = {"scores": SCORES, "deltas": DELTAS, "im_info": IMAGE}
case("proposal/the_python_layer_of_faster_rcnn",
     layer("Python", PYTHON % "'feat_stride': 16", BOTTOMS, ("rois", "s")), FED, {"rois": y, "s": s})
SMALL = anchors(16, (0.5, 1, 2), (1, 2), round)
SCORES6, DELTAS6 = network(6, 6, 8, 20)
TINY = np.array([[90, 120, 1.2]], F)
y, s = proposals(SCORES6, DELTAS6, TINY[0], SMALL, 16, 6000, 300, 0.7, (16 * F(1.2),) * 2, True)
case("proposal/too_small_boxes_go_from_python",
     layer("Python", PYTHON % "{'feat_stride': 16, 'scales': [1, 2]}", BOTTOMS, ("rois", "s")),
     {"scores": SCORES6, "deltas": DELTAS6, "im_info": TINY}, {"rois": y, "s": s})

SIX = anchors(16, (0.5, 1, 2), (2, 4), lambda v: math.floor(v + 0.5))
PARAM = ("proposal_param { feat_stride: 16 ratio: 0.5 ratio: 1 ratio: 2 scale: 2 scale: 4 pre_nms_topn: 100 "
         "post_nms_topn: 30 nms_thresh: 0.5 min_size: 20 }")
FOUR = np.array([[90, 120, 1.2, 1.4]], F)
y, s = proposals(SCORES6, DELTAS6, FOUR[0], SIX, 16, 100, 30, 0.5, (20 * F(1.4), 20 * F(1.2)), False)
case("proposal/pvanets_layer_chooses_before_and_after_suppression",
     layer("Proposal", PARAM, BOTTOMS, ("rois", "s")), {"scores": SCORES6, "deltas": DELTAS6, "im_info": FOUR},
     {"rois": y, "s": s[:, 0]})
LARGE = PARAM.replace("min_size: 20", "min_size: 1")
CALM = DELTAS6 * F(0.3)
y, s = proposals(SCORES6, CALM, TINY[0], SIX, 16, 100, 30, 0.5, (F(1.2), F(1.2)), False)
case("proposal/pvanets_layer_where_no_box_is_too_small",
     layer("Proposal", LARGE, BOTTOMS, ("rois",)), {"scores": SCORES6, "deltas": CALM, "im_info": TINY}, {"rois": y})
MANY = PARAM.replace("pre_nms_topn: 100", "pre_nms_topn: 9999").replace("post_nms_topn: 30", "post_nms_topn: 9999")
POSITIVE = SCORES6 - F(0.5)
WIDE = MANY.replace("min_size: 20", "min_size: 1")
y, s = proposals(POSITIVE, DELTAS6, TINY[0], SIX, 16, 9999, 9999, 0.5, (F(1.2), F(1.2)), False)
case("proposal/all_boxes_may_be_kept", layer("Proposal", WIDE, BOTTOMS, ("rois",)),
     {"scores": POSITIVE, "deltas": DELTAS6, "im_info": TINY}, {"rois": y})

y, s = proposals(POSITIVE, DELTAS6, FOUR[0], anchors(16, (0.5, 1, 2), (2, 4), round), 16, 200, 40, 0.6, (16, 16), True, 0)
case("proposal/simpler_nms_takes_scores_above_0_only",
     layer("SimplerNMS", "simpler_nms_param { cls_threshold: 0.5 max_num_proposals: 300 iou_threshold: 0.6 min_bbox_size: 16 "
                         "feat_stride: 16 pre_nms_topn: 200 post_nms_topn: 40 scale: 2 scale: 4 }", BOTTOMS, ("rois",)),
     {"scores": POSITIVE, "deltas": DELTAS6, "im_info": np.array([[90, 120, 1]], F)}, {"rois": y})
