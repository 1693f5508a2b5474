package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Operators that make tensors of nothing, or of another tensor's kind, and those that change the element type. */
final class CreationDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("_to_copy", s -> "torch._to_copy(" + any(s) + ", dtype=" + dtype(s) + ")"),
            entry("arange", CreationDraws::arange),
            entry("as_tensor", s -> "torch.as_tensor(" + s.input(2, 3) + ", dtype=" + dtype(s) + ")"),
            entry("eye", s -> "torch.eye(" + s.dice().oneOf("3", "2, 4", "4, 2", "3, dtype=4") + ")"),
            entry(
                    "full",
                    s -> "torch.full([2, 3], " + s.dice().oneOf("2.5", "3", "True", "3, dtype=6", "1.5, dtype=7")
                            + ")"),
            entry(
                    "full_like",
                    s -> "torch.full_like(" + any(s) + ", " + s.dice().oneOf("2.5", "3", "3, dtype=6") + ")"),
            entry(
                    "linspace",
                    s -> "torch.linspace(" + s.dice().fraction(-2, 2) + ", "
                            + s.dice().fraction(-2, 2) + ", " + s.dice().between(1, 7)
                            + s.dice().oneOf("", ", dtype=7") + ")"),
            entry("logspace", s -> "torch.logspace(-1, 1, " + s.dice().between(2, 5) + ")"),
            entry(
                    "new_full",
                    s -> s.input(2) + ".new_full([" + s.dice().between(1, 3) + ", 2], 1.5"
                            + s.dice().oneOf("", ", dtype=7") + ")"),
            entry("new_ones", s -> any(s) + ".new_ones([2, 3]" + s.dice().oneOf("", ", dtype=4") + ")"),
            entry("new_zeros", s -> any(s) + ".new_zeros([2, 3]" + s.dice().oneOf("", ", dtype=6") + ")"),
            entry("ones", s -> "torch.ones([2, 3]" + s.dice().oneOf("", ", dtype=" + dtype(s)) + ")"),
            entry("ones_like", s -> "torch.ones_like(" + any(s) + s.dice().oneOf("", ", dtype=" + dtype(s)) + ")"),
            entry("scalar_tensor", s -> "torch.scalar_tensor(" + s.dice().oneOf("2.5", "3", "3, dtype=4") + ")"),
            entry(
                    "tensor",
                    s -> "torch.tensor("
                            + s.dice()
                                    .oneOf("2.5", "3", "[1, 2]", "[[1.5, 2.0], [3.0, 4.0]]", "True", "[1, 2], dtype=6")
                            + ")"),
            entry("to", CreationDraws::to),
            entry("type_as", s -> any(s) + ".type_as(" + any(s) + ")"),
            entry("vander", s -> "torch.vander(" + s.notHalf().input(3) + ", 4)"),
            entry("zeros", s -> "torch.zeros([2, 3]" + s.dice().oneOf("", ", dtype=" + dtype(s)) + ")"),
            entry("zeros_like", s -> "torch.zeros_like(" + any(s) + s.dice().oneOf("", ", dtype=" + dtype(s)) + ")"));

    private CreationDraws() {}

    private static String any(Sketch s) {
        return s.input(
                s.dice().oneOf(s.type(), DataType.INT64, DataType.INT32, DataType.BOOL), Values.TIED, s.shape(0, 3));
    }

    private static int dtype(Sketch s) {
        return Sketch.scalarType(s.dice()
                .oneOf(
                        DataType.FLOAT,
                        DataType.DOUBLE,
                        DataType.FLOAT16,
                        DataType.INT64,
                        DataType.INT32,
                        DataType.BOOL));
    }

    private static String arange(Sketch s) {
        String x = s.input(3, 2);
        return s.dice()
                .oneOf(
                        "torch.arange(5)",
                        "torch.arange(4, dtype=6)",
                        "torch.arange(2, 9)",
                        "torch.arange(0, 9, 2)",
                        "torch.arange(5, -3, -2)",
                        "torch.arange(0., 1., 0.25)",
                        "torch.arange(" + x + ".size(0))",
                        "torch.arange(1, " + x + ".size(0) + 1, dtype=7) * 2");
    }

    /** Values that no two element types round apart. */
    private static String to(Sketch s) {
        String x = s.dice()
                .oneOf(s.input(Values.TIED, 2, 3), s.whole(-9, 9, 2, 3), s.input(DataType.BOOL, Values.NORMAL, 4));
        String y = s.input(s.dice().oneOf(DataType.FLOAT, DataType.DOUBLE, DataType.INT64), Values.NORMAL, 1);
        return s.dice()
                .oneOf(
                        x + ".to(" + dtype(s) + ")",
                        "torch.to(" + x + ", dtype=" + dtype(s) + ")",
                        x + ".to(" + y + ")",
                        x + ".float()",
                        x + ".double()",
                        x + ".long()",
                        x + ".to(11)",
                        x + ".half()",
                        x + ".int()");
    }
}
