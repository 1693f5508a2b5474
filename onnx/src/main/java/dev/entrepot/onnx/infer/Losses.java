package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;

/** Losses: scores [N, C, D1, ...] and targets [N, D1, ...] to a scalar, or to the targets' shape if nothing is reduced. */
final class Losses {

    private Losses() {}

    /** NegativeLogLikelihoodLoss. */
    static void negativeLogLikelihood(Application node) {
        node.give(loss(node));
    }

    /** SoftmaxCrossEntropyLoss: and the logarithms of the probabilities. */
    static void softmaxCrossEntropy(Application node) {
        node.give(loss(node));
        node.give(1, node.type(0), node.shape(0));
    }

    private static Shape loss(Application node) {
        Shape scores = node.shape(0);
        Shape targets = node.shape(1);
        node.expectRankAtLeast(0, 2, "input");
        if (scores.ranked() && targets.ranked()) {
            node.expectRank(1, scores.rank() - 1, "target");
            for (int axis = 0; axis < targets.rank(); axis++) {
                Dim score = scores.dim(axis == 0 ? 0 : axis + 1);
                Sizes.same(score, targets.dim(axis), "sizes of input and target");
            }
        }
        return node.attributes().stringOr("reduction", "mean").equals("none") ? targets : Shape.SCALAR;
    }
}
