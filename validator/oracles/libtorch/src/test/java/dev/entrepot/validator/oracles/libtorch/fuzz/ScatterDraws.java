package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Operators that put elements into places, and assignments to parts of a tensor. */
final class ScatterDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("copy_", ScatterDraws::copyInto),
            entry("diagonal_scatter", s -> "torch.diagonal_scatter(" + s.input(3, 4) + ", " + s.input(3) + ")"),
            entry("fill_", ScatterDraws::fill),
            entry(
                    "index_add",
                    s -> "torch.index_add(%s, 0, %s, %s)"
                            .formatted(s.notHalf().input(4, 3), s.whole(0, 3, 5), s.input(5, 3))),
            entry(
                    "index_copy",
                    s -> "torch.index_copy(%s, 0, torch.tensor([2, 0]), %s)".formatted(s.input(4, 3), s.input(2, 3))),
            entry("index_fill", s -> "torch.index_fill(%s, 1, %s, 2.5)".formatted(s.input(3, 4), s.whole(0, 3, 2))),
            entry("index_put", ScatterDraws::indexPut),
            entry("masked_fill", ScatterDraws::maskedFill),
            entry(
                    "masked_scatter",
                    s -> "torch.masked_scatter(%s, %s, %s)"
                            .formatted(s.input(3, 4), s.input(DataType.BOOL, Values.NORMAL, 3, 4), s.input(12))),
            entry("scatter", ScatterDraws::scatter),
            entry("scatter_add", ScatterDraws::scatterAdd),
            entry("scatter_reduce", ScatterDraws::scatterReduce),
            entry(
                    "select_scatter",
                    s -> "torch.select_scatter(" + s.input(3, 4) + ", " + s.input(4) + ", 0, "
                            + s.dice().between(-3, 2) + ")"),
            entry("set item", ScatterDraws::setItem),
            entry(
                    "slice_scatter",
                    s -> "torch.slice_scatter(" + s.input(3, 6) + ", " + s.input(3, 2) + ", 1, 1, 5, 2)"),
            entry("zero_", ScatterDraws::zero));

    private ScatterDraws() {}

    /** A copy of a [3, 4, 5] tensor and a part of it. */
    private static String part(Sketch s, String y) {
        return s.dice()
                .oneOf(
                        y,
                        y + "[0]",
                        y + "[:, 1:3]",
                        y + "[..., -1]",
                        y + "[1:, :, ::2]",
                        y + ".transpose(0, 1)[2]",
                        y + ".view(12, 5)[3:7]",
                        y + "[1][2]");
    }

    private static String copyInto(Sketch s) {
        String y = s.copy(s.input(3, 4, 5));
        String source = s.dice().chance(50)
                ? s.input(1)
                : s.input(s.dice().oneOf(DataType.INT64, DataType.DOUBLE), Values.TIED, 1);
        s.line("torch.copy_(" + part(s, y) + ", " + source + ")");
        return y;
    }

    private static String fill(Sketch s) {
        String y = s.copy(s.input(3, 4, 5));
        s.line("torch.fill_(" + part(s, y) + ", " + s.dice().oneOf("0", "1.5", "-2") + ")");
        return y;
    }

    private static String zero(Sketch s) {
        String y = s.copy(s.input(3, 4, 5));
        s.line("torch.zero_(" + part(s, y) + ")");
        return s.dice().chance(50) ? y : y + ", " + y + ".sum()";
    }

    private static String setItem(Sketch s) {
        String y = s.copy(s.input(3, 4, 5));
        switch (s.dice().between(0, 6)) {
            case 0 -> s.line(y + "[1] = " + s.input(4, 5));
            case 1 -> s.line(y + "[:, 1:3] = 0");
            case 2 -> s.line(y + "[..., 0] = " + s.input(3, 4));
            case 3 -> s.line(y + "[" + s.whole(0, 2, 2) + "] = 1.5");
            case 4 -> s.line(y + "[" + y + " > 0] = 0");
            case 5 -> s.line(y + "[:, ::2] += " + s.input(3, 2, 5));
            default -> s.line(y + "[1:, 2] *= 3");
        }
        return y;
    }

    private static String indexPut(Sketch s) {
        String x = s.input(3, 4);
        String mode = s.dice().oneOf("", "_");
        String y = s.copy(x);
        String indices;
        String values;
        boolean adds = s.dice().chance(40);
        switch (s.dice().between(0, 2)) {
            case 0 -> {
                indices = "[torch.tensor([2, 0]), torch.tensor([1, 3])]";
                values = s.input(2);
            }
            case 1 -> {
                indices = "[torch.tensor([2, 0])]";
                values = s.input(s.dice().oneOf(2, 1), 4);
            }
            default -> {
                indices = "[" + s.input(DataType.BOOL, Values.NORMAL, 3, 4) + "]";
                values = s.input();
            }
        }
        String call = "torch.index_put" + mode + "(" + y + ", " + indices + ", " + values + ", "
                + (adds ? "True" : "False") + ")";
        if (mode.isEmpty()) {
            return call;
        }
        s.line(call);
        return y;
    }

    private static String maskedFill(Sketch s) {
        long[] shape = s.shape(1, 3);
        String mask = s.input(DataType.BOOL, Values.NORMAL, shape);
        String value = s.dice().oneOf("0", "-1.5", "float(\"-inf\")", "float(\"inf\")");
        if (s.dice().chance(40)) {
            String y = s.copy(s.input(shape));
            s.line("torch.masked_fill_(" + y + ", " + mask + ", " + value + ")");
            return y;
        }
        return "torch.masked_fill(" + s.input(shape) + ", " + mask + ", "
                + (s.dice().chance(20) ? s.input() : value) + ")";
    }

    private static String scatter(Sketch s) {
        String x = s.input(3, 4);
        String places = "torch.tensor([[0, 2, 1, 0], [1, 0, 2, 1]])";
        return s.dice()
                .oneOf(
                        "torch.scatter(" + x + ", 0, " + places + ", " + s.input(2, 4) + ")",
                        "torch.scatter(" + x + ", 0, " + places + ", 2.5)",
                        "torch.scatter(" + x + ", -2, " + places + ", " + s.input(3, 5) + ")");
    }

    private static String scatterAdd(Sketch s) {
        String places = s.whole(0, 2, 2, 3);
        return "torch.scatter_add(" + s.notHalf().input(3, 4) + ", " + s.dice().oneOf("0", "-2") + ", " + places + ", "
                + s.input(2, 3) + ")";
    }

    private static String scatterReduce(Sketch s) {
        String how = s.dice().oneOf("sum", "prod", "amax", "amin", "mean");
        return "torch.scatter_reduce(%s, 1, %s, %s, \"%s\", include_self=%s)"
                .formatted(s.notHalf().input(3, 4), s.whole(0, 3, 3, 5), s.input(3, 5), how, s.flag());
    }
}
