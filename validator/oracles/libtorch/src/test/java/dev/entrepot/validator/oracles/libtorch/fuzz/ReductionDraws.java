package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Reductions over all axes or some. */
final class ReductionDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("all", s -> truth(s, "all")),
            entry("amax", s -> overAxes(s, "amax", Values.NORMAL)),
            entry("amin", s -> overAxes(s, "amin", Values.NORMAL)),
            entry("aminmax", ReductionDraws::aminmax),
            entry("any", s -> truth(s, "any")),
            entry("argmax", s -> position(s, "argmax")),
            entry("argmin", s -> position(s, "argmin")),
            entry(
                    "count_nonzero",
                    s -> "torch.count_nonzero(" + s.whole(-1, 1, 3, 4)
                            + s.dice().oneOf("", ", 1") + ")"),
            entry("cummax", s -> alongAxis(s, "cummax")),
            entry("cummin", s -> alongAxis(s, "cummin")),
            entry("cumprod", s -> alongAxis(s, "cumprod")),
            entry("cumsum", ReductionDraws::cumsum),
            entry("frobenius_norm", ReductionDraws::frobenius),
            entry("linalg_vector_norm", ReductionDraws::vectorNorm),
            entry("logcumsumexp", s -> alongAxis(s, "logcumsumexp")),
            entry("logsumexp", s -> overAxes(s, "logsumexp", Values.NORMAL)),
            entry("max", s -> extreme(s, "max")),
            entry("mean", s -> sum(s.notHalf(), "mean")),
            entry("min", s -> extreme(s, "min")),
            entry("nansum", s -> "torch.nansum(" + s.notHalf().input(Values.SPECIAL, 3) + ")"),
            entry("norm", ReductionDraws::norm),
            entry("prod", ReductionDraws::prod),
            entry("std", s -> variance(s, "std")),
            entry("std_mean", s -> variance(s, "std_mean")),
            entry("sum", s -> sum(s.notHalf(), "sum")),
            entry("var", s -> variance(s, "var")),
            entry("var_mean", s -> variance(s, "var_mean")));

    private ReductionDraws() {}

    private static String keep(Sketch s) {
        return s.dice().oneOf("", ", True", ", False", ", keepdim=True");
    }

    private static String overAxes(Sketch s, String name, Values values) {
        long[] shape = s.notHalf().shape(1, 4);
        return "torch." + name + "(" + s.input(values, shape) + ", " + s.axes(shape.length) + keep(s) + ")";
    }

    private static String frobenius(Sketch s) {
        String axes = s.dice().oneOf("[0]", "[-1]", "[0, 2]", "[-2, -1]");
        return "torch.frobenius_norm(" + s.notHalf().input(2, 3, 4) + ", " + axes + ", " + s.flag() + ")";
    }

    private static String sum(Sketch s, String name) {
        long[] shape = s.shape(1, 4);
        boolean isWhole = name.equals("sum") && s.dice().chance(25);
        String x = isWhole
                ? s.input(s.dice().oneOf(DataType.INT64, DataType.INT32, DataType.BOOL), Values.WIDE, shape)
                : s.input(shape);
        return switch (s.dice().between(0, 4)) {
            case 0 -> "torch." + name + "(" + x + ")";
            case 1 -> "torch." + name + "(" + x + ", dtype=" + s.dice().oneOf("6", "7") + ")";
            case 2 -> "torch." + name + "(" + x + ", " + s.axes(shape.length) + keep(s) + ", dtype=7)";
            default -> "torch." + name + "(" + x + ", " + s.axes(shape.length) + keep(s) + ")";
        };
    }

    private static String prod(Sketch s) {
        long[] shape = s.notHalf().shape(1, 3);
        String x = s.dice().chance(25) ? s.whole(-3, 3, shape) : s.input(shape);
        return s.dice().chance(40)
                ? "torch.prod(" + x + ")"
                : "torch.prod(" + x + ", " + s.axis(shape.length) + keep(s) + ")";
    }

    private static String extreme(Sketch s, String name) {
        long[] shape = s.notHalf().shape(1, 4);
        return switch (s.dice().between(0, 4)) {
            case 0 -> "torch." + name + "(" + s.input(shape) + ")";
            case 1 -> "torch." + name + "(" + s.whole(-50, 50, shape) + ")";
            case 2 -> "torch." + name + "(" + s.input(shape) + ", " + s.input(shape) + ")";
            default -> "torch." + name + "(" + s.input(shape) + ", " + s.axis(shape.length) + keep(s) + ")";
        };
    }

    private static String position(Sketch s, String name) {
        long[] shape = s.notHalf().shape(1, 4);
        String x = s.dice().chance(20) ? s.whole(-50, 50, shape) : s.input(shape);
        return s.dice().chance(20)
                ? "torch." + name + "(" + x + ")"
                : "torch." + name + "(" + x + ", " + s.axis(shape.length) + keep(s) + ")";
    }

    private static String truth(Sketch s, String name) {
        long[] shape = s.shape(1, 3);
        String x = s.input(
                s.dice().oneOf(DataType.BOOL, DataType.BOOL, DataType.INT64, DataType.FLOAT),
                Values.whole(0, 1),
                shape);
        return s.dice().chance(40)
                ? "torch." + name + "(" + x + ")"
                : "torch." + name + "(" + x + ", " + s.axis(shape.length) + keep(s) + ")";
    }

    private static String aminmax(Sketch s) {
        long[] shape = s.notHalf().shape(1, 3);
        return "torch.aminmax(" + s.input(shape) + s.dice().oneOf("", ", dim=" + s.axis(shape.length)) + ")";
    }

    private static String alongAxis(Sketch s, String name) {
        long[] shape = s.notHalf().shape(1, 3);
        return "torch." + name + "(" + s.input(shape) + ", " + s.axis(shape.length) + ")";
    }

    private static String cumsum(Sketch s) {
        long[] shape = s.notHalf().shape(1, 3);
        String x = s.dice().chance(30)
                ? s.input(s.dice().oneOf(DataType.INT64, DataType.INT32, DataType.BOOL), Values.WIDE, shape)
                : s.input(shape);
        return "torch.cumsum(" + x + ", " + s.axis(shape.length) + s.dice().oneOf("", "", ", dtype=7", ", dtype=4")
                + ")";
    }

    private static String norm(Sketch s) {
        long[] shape = s.notHalf().shape(1, 4);
        String x = s.input(Values.NOT_ZERO, shape);
        return switch (s.dice().between(0, 3)) {
            case 0 -> "torch.norm(" + x + ")";
            case 1 -> "torch.norm(" + x + ", " + s.dice().oneOf("1", "2", "3") + ")";
            default ->
                "torch.norm(" + x + ", " + s.dice().oneOf("2", "1", "3", "2.5") + ", " + s.axes(shape.length)
                        + s.dice().oneOf("", ", True", ", False") + ")";
        };
    }

    private static String vectorNorm(Sketch s) {
        long[] shape = s.notHalf().shape(1, 4);
        String x = s.input(Values.NOT_ZERO, shape);
        String order = s.dice().oneOf("2", "1", "3", "0.5", "0", "float(\"inf\")", "float(\"-inf\")");
        return "torch.linalg_vector_norm(" + x + ", " + order + ", " + s.dice().oneOf("None", s.axes(shape.length))
                + ", " + s.flag() + ")";
    }

    private static String variance(Sketch s, String name) {
        long[] shape = s.notHalf().sizes(s.dice().between(1, 4), 2, 4);
        String x = s.input(shape);
        return switch (s.dice().between(0, 3)) {
            case 0 -> "torch." + name + "(" + x + ", " + s.flag() + ")";
            case 1 -> "torch." + name + "(" + x + ", " + s.axes(shape.length) + ", " + s.flag() + ", " + s.flag() + ")";
            default ->
                "torch." + name + "(" + x + ", " + s.axes(shape.length) + ", correction="
                        + s.dice().between(0, 1) + ", keepdim=" + s.flag() + ")";
        };
    }
}
