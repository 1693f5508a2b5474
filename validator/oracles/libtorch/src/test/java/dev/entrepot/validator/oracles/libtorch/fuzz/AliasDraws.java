package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Operators that are others under a second name, their parts, and views that are copies. */
final class AliasDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry(
                    "_cdist_forward",
                    s -> "torch._cdist_forward(%s, %s, 2., None)"
                            .formatted(s.of(DataType.FLOAT).input(3, 4), s.input(5, 4))),
            entry(
                    "_linalg_det",
                    s -> first(s, "torch._linalg_det(" + s.notHalf().input(3, 3) + ")", 3)),
            entry(
                    "_native_batch_norm_legit",
                    s -> first(
                            s,
                            "torch._native_batch_norm_legit(%s, %s, %s, True, 0.1, 1e-05)"
                                    .formatted(s.notHalf().input(3, 2, 4), s.weight(2), s.weight(2)),
                            3)),
            entry("_prelu_kernel", s -> "torch._prelu_kernel(%s, %s)".formatted(s.input(2, 3), s.weight(1, 3))),
            entry("_unique", s -> first(s, "torch._unique(" + s.whole(0, 4, 9) + ")", 2)),
            entry(
                    "_unsafe_index",
                    s -> "torch._unsafe_index(%s, [None, %s])".formatted(s.input(3, 4), s.whole(0, 3, 5))),
            entry(
                    "_unsafe_index_put",
                    s -> "torch._unsafe_index_put(%s, [torch.tensor([2, 0])], %s)"
                            .formatted(s.input(3, 4), s.input(2, 4))),
            entry("_unsafe_view", s -> "torch._unsafe_view(" + s.input(2, 6) + ", [3, -1])"),
            entry("absolute", s -> "torch.absolute(" + s.input(s.shape(0, 3)) + ")"),
            entry("clip", s -> "torch.clip(" + s.input(s.shape(0, 3)) + ", -0.5, 0.5)"),
            entry("concatenate", s -> "torch.concatenate([" + s.input(2, 3) + ", " + s.input(1, 3) + "])"),
            entry("diagonal_copy", s -> "torch.diagonal_copy(" + s.input(3, 4) + ")"),
            entry("divide", s -> pair(s, "divide")),
            entry("equal", s -> pair(s, "equal")),
            entry("greater", s -> pair(s, "greater")),
            entry("greater_equal", s -> pair(s, "greater_equal")),
            entry("less", s -> pair(s, "less")),
            entry("less_equal", s -> pair(s, "less_equal")),
            entry(
                    "logdet",
                    s -> "torch.logdet(torch.eye(3, dtype=6) + "
                            + s.of(DataType.FLOAT).input(Values.uniform(0, 0.3), 3, 3) + ")"),
            entry("mH", s -> s.input(2, 3) + ".mH"),
            entry("mT", s -> s.input(2, 3, 4) + ".mT"),
            entry("moveaxis", s -> "torch.moveaxis(" + s.input(2, 3, 4) + ", 0, -1)"),
            entry("multiply", s -> pair(s, "multiply")),
            entry("not_equal", s -> pair(s, "not_equal")),
            entry("special_erf", s -> special(s, "erf")),
            entry("special_erfc", s -> special(s, "erfc")),
            entry("special_exp2", s -> special(s, "exp2")),
            entry("special_expm1", s -> special(s, "expm1")),
            entry("special_log_softmax", s -> "torch.special_log_softmax(" + s.input(2, 3) + ", 1)"),
            entry("special_sinc", s -> special(s, "sinc")),
            entry("special_softmax", s -> "torch.special_softmax(" + s.input(2, 3) + ", 0)"),
            entry("subtract", s -> pair(s, "subtract")),
            entry("transpose_copy", s -> "torch.transpose_copy(" + s.input(2, 3) + ", 0, 1)"),
            entry("view_copy", s -> "torch.view_copy(" + s.input(2, 6) + ", [4, 3])"));

    private AliasDraws() {}

    private static String pair(Sketch s, String name) {
        return "torch." + name + "(" + s.input(Values.TIED, 2, 3) + ", " + s.input(Values.NOT_ZERO, 2, 3) + ")";
    }

    private static String special(Sketch s, String name) {
        return "torch.special_" + name + "(" + s.input(s.shape(0, 3)) + ")";
    }

    private static String first(Sketch s, String call, int results) {
        s.line("y" + ", unused".repeat(results - 1) + " = " + call);
        return "y";
    }
}
