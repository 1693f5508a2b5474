package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.List;

/**
 * RNN, GRU and LSTM: X [steps, N, I], W [D, gates * H, I], R [D, gates * H, H], where D is the number of directions, to Y [steps, D, N,
 * H] and the last state [D, N, H]. With {@code layout} 1 the batch comes first.
 */
final class Recurrent {

    private Recurrent() {}

    /** An operator with so many gates: RNN 1, GRU 3, LSTM 4. */
    static Rules.Rule gated(int gates) {
        return node -> infer(node, gates);
    }

    private static void infer(Application node, int gates) {
        node.expectRank(0, 3, "X");
        node.expectRank(1, 3, "W");
        node.expectRank(2, 3, "R");
        boolean batchFirst = node.attributes().intOr("layout", 0) == 1;
        Dim batch = node.dim(0, batchFirst ? 0 : 1);
        Dim steps = node.dim(0, batchFirst ? 1 : 0);
        Dim directions = directions(node);
        Dim hidden = hidden(node, gates);
        Sizes.same(node.dim(0, 2), node.dim(1, 2), "input sizes of X and W");
        if (node.has(5)) {
            node.expectRank(5, 3, "initial_h");
            hidden = Sizes.same(hidden, node.dim(5, 2), "hidden sizes of R and initial_h");
        }
        Shape all = Shape.of(
                batchFirst ? List.of(batch, steps, directions, hidden) : List.of(steps, directions, batch, hidden));
        Shape last = Shape.of(batchFirst ? List.of(batch, directions, hidden) : List.of(directions, batch, hidden));
        node.give(0, node.type(0), all);
        node.give(1, node.type(0), last);
        node.give(2, node.type(0), last);
    }

    private static Dim directions(Application node) {
        String direction = node.attributes().stringOr("direction", "forward");
        Dim expected = switch (direction) {
            case "forward", "reverse" -> Dim.of(1);
            case "bidirectional" -> Dim.of(2);
            default ->
                throw Application.invalid("direction is %s, expected forward, reverse or bidirectional", direction);
        };
        Sizes.same(expected, node.dim(1, 0), "the number of directions (" + direction + ") and the first size of W");
        return Sizes.same(
                expected, node.dim(2, 0), "the number of directions (" + direction + ") and the first size of R");
    }

    private static Dim hidden(Application node, int gates) {
        long declared = node.attributes().intOr("hidden_size", 0);
        Dim hidden = declared > 0 ? Dim.of(declared) : Dim.UNKNOWN;
        hidden = Sizes.same(hidden, node.dim(2, 2), "hidden_size and the last size of R");
        Sizes.same(Sizes.times(hidden, gates), node.dim(1, 1), gates + " x hidden size and the second size of W");
        Sizes.same(Sizes.times(hidden, gates), node.dim(2, 1), gates + " x hidden size and the second size of R");
        if (node.has(3)) {
            node.expectRank(3, 2, "B");
            Sizes.same(
                    Sizes.times(hidden, 2L * gates),
                    node.dim(3, 1),
                    2 * gates + " x hidden size and the second size of B");
        }
        return hidden;
    }
}
