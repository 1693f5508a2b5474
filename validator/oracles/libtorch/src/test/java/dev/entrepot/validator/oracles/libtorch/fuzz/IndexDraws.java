package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Operators that pick elements by their places. */
final class IndexDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("argwhere", s -> "torch.argwhere(" + s.whole(0, 1, 3, 4) + ")"),
            entry("embedding", IndexDraws::embedding),
            entry("embedding_bag", IndexDraws::embeddingBag),
            entry("gather", IndexDraws::gather),
            entry("index", IndexDraws::index),
            entry("index_select", IndexDraws::indexSelect),
            entry(
                    "masked_select",
                    s -> "torch.masked_select(" + s.input(3, 4) + ", " + s.input(DataType.BOOL, Values.NORMAL, 3, 4)
                            + ")"),
            entry("one_hot", s -> "torch.one_hot(" + s.whole(0, 4, s.shape(1, 2)) + ", 5)"),
            entry("take", s -> "torch.take(" + s.input(3, 4) + ", " + s.whole(0, 11, 2, 3) + ")"),
            entry(
                    "take_along_dim",
                    s -> "torch.take_along_dim(" + s.input(3, 4) + ", " + s.whole(0, 2, 3, 4) + ", 0)"));

    private IndexDraws() {}

    private static String embedding(Sketch s) {
        int words = s.dice().between(2, 7);
        String indices = s.dice().chance(20)
                ? s.input(DataType.INT32, Values.whole(0, words - 1), s.shape(0, 3))
                : s.whole(0, words - 1, s.shape(0, 3));
        return "torch.embedding(" + s.weight(words, s.dice().between(1, 4)) + ", " + indices
                + s.dice().oneOf("", ", 1", ", -1, False, False") + ")";
    }

    private static String embeddingBag(Sketch s) {
        s.of(DataType.FLOAT);
        String weight = s.weight(6, s.dice().between(1, 4));
        int mode = s.dice().between(0, 2);
        String call = "torch.embedding_bag(" + weight + ", " + s.whole(0, 5, 7) + ", torch.tensor([0, 2, 5]), False, "
                + mode + ", False, None, False)";
        s.line("y, a, b, c = " + call);
        return "y";
    }

    private static String gather(Sketch s) {
        long[] shape = s.sizes(s.dice().between(1, 3), 2, 5);
        int axis = s.axis(shape.length);
        int size = (int) shape[Math.floorMod(axis, shape.length)];
        String x = s.input(shape);
        long[] places = shape.clone();
        for (int i = 0; i < places.length; i++) {
            places[i] = i == Math.floorMod(axis, shape.length)
                    ? s.dice().between(1, 6)
                    : s.dice().between(1, (int) shape[i]);
        }
        return "torch.gather(" + x + ", " + axis + ", " + s.whole(0, size - 1, places) + ")";
    }

    private static String indexSelect(Sketch s) {
        long[] shape = s.shape(1, 4);
        int axis = s.axis(shape.length);
        int size = (int) shape[Math.floorMod(axis, shape.length)];
        return "torch.index_select(" + s.input(shape) + ", " + axis + ", "
                + s.whole(0, size - 1, s.dice().between(1, 6)) + ")";
    }

    private static String index(Sketch s) {
        String x = s.input(3, 4, 5);
        return switch (s.dice().between(0, 9)) {
            case 0 -> x + "[" + s.whole(-3, 2, 2, 3) + "]";
            case 1 -> x + "[:, " + s.whole(-4, 3, 4) + "]";
            case 2 -> x + "[" + s.whole(-3, 2, 2) + ", " + s.whole(-4, 3, 2) + "]";
            case 3 -> x + "[" + s.whole(0, 2, 3, 1) + ", :, " + s.whole(0, 4, 2) + "]";
            case 4 -> x + "[:, " + s.whole(0, 3, 2, 1) + ", " + s.whole(0, 4, 3) + "]";
            case 5 -> x + "[" + s.input(DataType.BOOL, Values.NORMAL, 3) + "]";
            case 6 -> x + "[" + s.input(DataType.BOOL, Values.NORMAL, 3, 4) + "]";
            case 7 -> x + "[:, 1, " + s.whole(0, 4, 2) + "]";
            case 8 -> x + "[" + x + " > 0]";
            default -> x + "[None, " + s.whole(0, 2, 2) + ", 1:3]";
        };
    }
}
