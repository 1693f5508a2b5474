"""Ends of whole nets, composed of the loops of their layers: SSD's heads (weiliu89/caffe examples/ssd/ssd_pascal.py) and the second
stage of Faster-RCNN (rbgirshick/py-faster-rcnn models/pascal_voc/ZF/faster_rcnn_end2end/test.prototxt)."""

import numpy as np
from case import case, numbers
from detection_cases import detections, grid, shapes
from region_cases import anchors, proposals, roi_pool

CLASSES, IMAGE = 3, (40, 60)
MAPS = {"a": (4, 6), "b": (2, 3)}
BOXES = {"a": shapes([8], [14], [2]), "b": shapes([16], [22], [2])}
PRIORS = "aspect_ratio: 2 flip: true clip: false variance: 0.1 variance: 0.1 variance: 0.2 variance: 0.2"
SIZES = {"a": "min_size: 8 max_size: 14", "b": "min_size: 16 max_size: 22"}


def head(name):
    text = ""
    for kind in ("loc", "conf"):
        text += """
layer { name: "%(n)s_%(k)s_perm" type: "Permute" bottom: "%(n)s_%(k)s" top: "%(n)s_%(k)s_perm"
  permute_param { order: 0 order: 2 order: 3 order: 1 } }
layer { name: "%(n)s_%(k)s_flat" type: "Flatten" bottom: "%(n)s_%(k)s_perm" top: "%(n)s_%(k)s_flat" flatten_param { axis: 1 } }""" % {
            "n": name, "k": kind}
    return text + """
layer { name: "%(n)s_prior" type: "PriorBox" bottom: "%(n)s_loc" bottom: "data" top: "%(n)s_prior"
  prior_box_param { %(s)s %(p)s } }""" % {"n": name, "s": SIZES[name], "p": PRIORS}


SSD = head("a") + head("b") + """
layer { name: "loc" type: "Concat" bottom: "a_loc_flat" bottom: "b_loc_flat" top: "loc" concat_param { axis: 1 } }
layer { name: "conf" type: "Concat" bottom: "a_conf_flat" bottom: "b_conf_flat" top: "conf" concat_param { axis: 1 } }
layer { name: "prior" type: "Concat" bottom: "a_prior" bottom: "b_prior" top: "prior" concat_param { axis: 2 } }
layer { name: "rows" type: "Reshape" bottom: "conf" top: "rows" reshape_param { shape { dim: 0 dim: -1 dim: 3 } } }
layer { name: "softmax" type: "Softmax" bottom: "rows" top: "softmax" softmax_param { axis: 2 } }
layer { name: "flat" type: "Flatten" bottom: "softmax" top: "flat" flatten_param { axis: 1 } }
layer { name: "y" type: "DetectionOutput" bottom: "loc" bottom: "flat" bottom: "prior" top: "y"
  detection_output_param { num_classes: 3 share_location: true background_label_id: 0 nms_param { nms_threshold: 0.45 top_k: 40 }
    code_type: CENTER_SIZE keep_top_k: 20 confidence_threshold: 0.3 } }"""

inputs = {"data": np.zeros((2, 3, *IMAGE), np.float32)}
loc, conf, prior = [], [], []
for seed, (name, size) in enumerate(MAPS.items()):
    count = len(BOXES[name])
    for kind, per_box, into in (("loc", 4, loc), ("conf", CLASSES, conf)):
        blob = numbers(10 + seed + per_box, 2, count * per_box, *size)
        inputs["%s_%s" % (name, kind)] = blob
        into.append(np.array([[[[blob[n, c, h, w] for c in range(blob.shape[1])] for w in range(size[1])]
                               for h in range(size[0])] for n in range(2)]).reshape(2, -1))
    prior.append(grid(size, IMAGE, BOXES[name], variance=(0.1, 0.1, 0.2, 0.2)))
rows = np.exp(np.concatenate(conf, axis=1).astype(float).reshape(2, -1, CLASSES))
likely = (rows / rows.sum(2, keepdims=True)).astype(np.float32).reshape(2, -1)
case("nets/two_heads_of_an_ssd", SSD, inputs,
     {"y": detections(np.concatenate(loc, axis=1), likely, np.concatenate(prior, axis=2), CLASSES, code="CENTER_SIZE",
                      threshold=0.45, top_k=40, keep=20, confidence=0.3)})

FEATURES = numbers(30, 1, 2, 6, 8)
RAW, DELTAS = numbers(31, 1, 12, 6, 8), numbers(32, 1, 24, 6, 8, scale=0.3)
INFO = np.array([[96, 128, 1]], np.float32)
W, B = numbers(33, 5, 2 * 9, scale=0.3), numbers(34, 5)
RCNN = """
layer { name: "pairs" type: "Reshape" bottom: "raw" top: "pairs" reshape_param { shape { dim: 0 dim: 2 dim: -1 dim: 0 } } }
layer { name: "prob" type: "Softmax" bottom: "pairs" top: "prob" }
layer { name: "scores" type: "Reshape" bottom: "prob" top: "scores" reshape_param { shape { dim: 0 dim: 12 dim: -1 dim: 0 } } }
layer { name: "proposal" type: "Python" bottom: "scores" bottom: "deltas" bottom: "im_info" top: "rois"
  python_param { module: 'rpn.proposal_layer' layer: 'ProposalLayer' param_str: "{'feat_stride': 16, 'scales': [2, 3]}" } }
layer { name: "pool" type: "ROIPooling" bottom: "features" bottom: "rois" top: "pool"
  roi_pooling_param { pooled_h: 3 pooled_w: 3 spatial_scale: 0.0625 } }
layer { name: "fc" type: "InnerProduct" bottom: "pool" top: "y" inner_product_param { num_output: 5 } }"""
e = np.exp(RAW.astype(float).reshape(1, 2, 36, 8))
scores = (e / e.sum(1, keepdims=True)).reshape(1, 12, 6, 8)
rois, _ = proposals(scores, DELTAS, INFO[0], anchors(16, (0.5, 1, 2), (2, 3), round), 16, 6000, 300, 0.7, (16, 16), True)
pooled = roi_pool(FEATURES, rois.astype(np.float32), 3, 3, 0.0625)
case("nets/the_second_stage_of_faster_rcnn", RCNN,
     {"features": FEATURES, "raw": RAW, "deltas": DELTAS, "im_info": INFO},
     {"y": pooled.reshape(len(rois), -1).astype(float) @ W.T + B}, {"fc/0": W, "fc/1": B})
