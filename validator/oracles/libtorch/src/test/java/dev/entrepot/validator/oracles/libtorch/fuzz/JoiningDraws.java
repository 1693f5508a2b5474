package dev.entrepot.validator.oracles.libtorch.fuzz;

import static dev.entrepot.validator.oracles.libtorch.fuzz.Sketch.list;
import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;

/** Operators that join tensors, split them or repeat them. */
final class JoiningDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("atleast_1d", s -> "torch.atleast_1d(" + s.input(s.shape(0, 2)) + ")"),
            entry("atleast_2d", s -> "torch.atleast_2d(" + s.input(s.shape(0, 3)) + ")"),
            entry("atleast_3d", s -> "torch.atleast_3d(" + s.input(s.shape(0, 4)) + ")"),
            entry(
                    "broadcast_tensors",
                    s -> "torch.broadcast_tensors([" + s.input(3, 1) + ", " + s.input(2, 1, 4) + "])"),
            entry("cartesian_prod", s -> "torch.cartesian_prod([" + s.input(3) + ", " + s.input(2) + "])"),
            entry("cat", JoiningDraws::cat),
            entry("chunk", s -> split(s, "chunk", s.dice().between(1, 4))),
            entry("column_stack", s -> "torch.column_stack([" + s.input(3) + ", " + s.input(3, 2) + "])"),
            entry("concat", s -> "torch.concat([" + s.input(2, 3) + ", " + s.input(2, 1) + "], 1)"),
            entry("dstack", s -> "torch.dstack([" + s.input(2, 3) + ", " + s.input(2, 3) + "])"),
            entry("hstack", s -> "torch.hstack([" + s.input(2, 3) + ", " + s.input(2, 1) + "])"),
            entry("meshgrid", JoiningDraws::meshgrid),
            entry("narrow", JoiningDraws::narrow),
            entry("repeat", JoiningDraws::repeat),
            entry("repeat_interleave", JoiningDraws::repeatInterleave),
            entry("split", s -> split(s, "split", s.dice().between(1, 3))),
            entry("split_with_sizes", JoiningDraws::splitWithSizes),
            entry("stack", JoiningDraws::stack),
            entry("tensor_split", JoiningDraws::tensorSplit),
            entry(
                    "tile",
                    s -> "torch.tile(" + s.input(s.shape(1, 3)) + ", "
                            + list(s.sizes(s.dice().between(1, 4), 1, 3)) + ")"),
            entry("unbind", JoiningDraws::unbind),
            entry("unsafe_chunk", s -> split(s, "unsafe_chunk", s.dice().between(1, 3))),
            entry("unsafe_split", s -> split(s, "unsafe_split", s.dice().between(1, 3))),
            entry("vstack", s -> "torch.vstack([" + s.input(3) + ", " + s.input(2, 3) + "])"));

    private JoiningDraws() {}

    private static String cat(Sketch s) {
        long[] shape = s.shape(1, 4);
        int axis = s.axis(shape.length);
        var items = new ArrayList<String>();
        for (int i = s.dice().between(1, 3); i > 0; i--) {
            shape[Math.floorMod(axis, shape.length)] = s.dice().between(s.dice().chance(10) ? 0 : 1, 4);
            items.add(
                    s.dice().chance(15)
                            ? s.input(s.dice().oneOf(DataType.INT64, DataType.DOUBLE), Values.TIED, shape)
                            : s.input(shape));
        }
        return "torch.cat([" + String.join(", ", items) + "], " + axis + ")";
    }

    private static String stack(Sketch s) {
        long[] shape = s.shape(0, 3);
        String items = String.join(", ", s.input(shape), s.input(shape), s.input(shape));
        return "torch.stack([" + items + "], " + s.axis(shape.length + 1) + ")";
    }

    private static String split(Sketch s, String name, int count) {
        long[] shape = s.shape(1, 4);
        int axis = s.axis(shape.length);
        shape[Math.floorMod(axis, shape.length)] = s.dice().between(2, 8);
        return "torch." + name + "(" + s.input(shape) + ", " + count + ", " + axis + ")";
    }

    private static String splitWithSizes(Sketch s) {
        long[] sizes = s.sizes(s.dice().between(1, 3), 0, 3);
        long all = Arrays.stream(sizes).sum();
        boolean isLast = s.dice().chance(50);
        return "torch.split_with_sizes(" + (isLast ? s.input(2, all) : s.input(all, 2)) + ", " + list(sizes) + ", "
                + (isLast ? -1 : 0) + ")";
    }

    private static String tensorSplit(Sketch s) {
        String x = s.input(7, 3);
        return s.dice()
                .oneOf(
                        "torch.tensor_split(" + x + ", " + s.dice().between(1, 4) + ")",
                        "torch.tensor_split(" + x + ", [1, 3])",
                        "torch.tensor_split(" + x + ", [2, 5, 9], 0)",
                        "torch.tensor_split(" + x + ", 2, 1)");
    }

    private static String unbind(Sketch s) {
        long[] shape = s.shape(1, 4);
        int axis = s.axis(shape.length);
        String x = s.input(shape);
        return s.dice().chance(50)
                ? "torch.unbind(" + x + ", " + axis + ")"
                : "torch.unbind(" + x + ", " + axis + ")[0]";
    }

    private static String narrow(Sketch s) {
        int start = s.dice().between(-5, 4);
        int most = start < 0 ? -start : 5 - start;
        return "torch.narrow(" + s.input(3, 5) + ", 1, " + start + ", "
                + s.dice().between(1, most) + ")";
    }

    private static String repeat(Sketch s) {
        long[] shape = s.shape(0, 3);
        int rank = shape.length + s.dice().between(0, 1);
        return s.input(shape) + ".repeat(" + list(s.sizes(rank, 1, 3)) + ")";
    }

    private static String repeatInterleave(Sketch s) {
        long[] shape = s.shape(1, 3);
        int axis = s.axis(shape.length);
        String x = s.input(shape);
        long size = shape[Math.floorMod(axis, shape.length)];
        return switch (s.dice().between(0, 3)) {
            case 0 -> "torch.repeat_interleave(" + x + ", " + s.dice().between(1, 3) + ")";
            case 1 -> "torch.repeat_interleave(" + x + ", " + s.whole(0, 3, size) + ", " + axis + ")";
            default -> "torch.repeat_interleave(" + x + ", " + s.dice().between(1, 3) + ", " + axis + ")";
        };
    }

    private static String meshgrid(Sketch s) {
        String items = String.join(
                ", ", s.input(s.dice().between(1, 4)), s.input(s.dice().between(1, 4)));
        return s.dice()
                .oneOf(
                        "torch.meshgrid([" + items + "])",
                        "torch.meshgrid([" + items + "], indexing=\"xy\")",
                        "torch.meshgrid([" + items + "], indexing=\"ij\")");
    }
}
