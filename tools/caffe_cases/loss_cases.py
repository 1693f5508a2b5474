"""What is left of losses when a net is used; Caffe itself computes the loss."""

import numpy as np
from case import case, numbers

X = numbers(1, 2, 4, 3)
LABEL = np.zeros((2, 3), dtype=np.float32)


def layer(kind, parameters="", tops=("y",)):
    return 'layer { name: "l" type: "%s" bottom: "x" bottom: "label" %s %s }' % (
        kind, " ".join('top: "%s"' % top for top in tops), parameters)


def softmax(x, axis):
    e = np.exp(x.astype(float))
    return e / e.sum(axis, keepdims=True)


case("softmax_with_loss/becomes_its_softmax", layer("SoftmaxWithLoss"), {"x": X, "label": LABEL}, {"y": softmax(X, 1)})
case("softmax_with_loss/along_its_own_axis",
     layer("SoftmaxWithLoss", "softmax_param { axis: -1 } loss_param { ignore_label: 255 }"),
     {"x": X, "label": LABEL[:, :1].repeat(4, 1)}, {"y": softmax(X, 2)})
case("softmax_with_loss/a_second_top_is_the_softmax_too", layer("SoftmaxWithLoss", tops=("y", "probability")),
     {"x": X, "label": LABEL}, {"y": softmax(X, 1), "probability": softmax(X, 1)})
case("sigmoid_cross_entropy_loss/becomes_its_sigmoid", layer("SigmoidCrossEntropyLoss"),
     {"x": X, "label": np.zeros_like(X)}, {"y": 1 / (1 + np.exp(-X.astype(float)))})
case("losses/fall_away_and_what_they_read_is_the_output",
     """layer { name: "f" type: "Power" bottom: "x" top: "y" power_param { scale: 2 } }
layer { name: "loss" type: "EuclideanLoss" bottom: "y" bottom: "label" top: "loss" }
layer { name: "right" type: "Accuracy" bottom: "y" bottom: "label" top: "right" include { phase: TEST } }""",
     {"x": X, "label": np.zeros_like(X)}, {"y": 2 * X})
