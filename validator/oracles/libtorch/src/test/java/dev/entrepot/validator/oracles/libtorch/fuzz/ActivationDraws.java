package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import java.util.Map;

/** Activations with attributes, softmax, and what does nothing outside of training. */
final class ActivationDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("_log_softmax", s -> softmax(s.notHalf(), "_log_softmax", ", False")),
            entry("_softmax", s -> softmax(s.notHalf(), "_softmax", ", False")),
            entry("alpha_dropout", s -> dropout(s, "alpha_dropout")),
            entry("celu", s -> one(s, "celu", 0.3, 2)),
            entry("dropout", s -> dropout(s, "dropout")),
            entry("elu", ActivationDraws::elu),
            entry("feature_alpha_dropout", s -> dropout(s, "feature_alpha_dropout")),
            entry("feature_dropout", s -> dropout(s, "feature_dropout")),
            entry("gelu", ActivationDraws::gelu),
            entry("glu", ActivationDraws::glu),
            entry("hardshrink", s -> one(s, "hardshrink", 0.1, 1)),
            entry("hardtanh", ActivationDraws::hardtanh),
            entry("leaky_relu", ActivationDraws::leakyRelu),
            entry("log_softmax", ActivationDraws::logSoftmax),
            entry("prelu", ActivationDraws::prelu),
            entry("rrelu", s -> "torch.rrelu(" + s.input(s.shape(0, 3)) + ", 0.1, 0.4, False)"),
            entry("softmax", ActivationDraws::softmax),
            entry("softplus", ActivationDraws::softplus),
            entry("softshrink", s -> one(s, "softshrink", 0.1, 1)),
            entry(
                    "threshold",
                    s -> "torch.threshold(" + s.input(s.shape(0, 3)) + ", "
                            + s.dice().fraction(-1, 1) + ", " + s.dice().fraction(-9, 9) + ")"));

    private ActivationDraws() {}

    /** One attribute, which may be left out. */
    private static String one(Sketch s, String name, double low, double high) {
        String x = s.input(s.shape(0, 4));
        return s.dice().chance(30)
                ? "torch." + name + "(" + x + ")"
                : "torch." + name + "(" + x + ", " + s.dice().fraction(low, high) + ")";
    }

    private static String dropout(Sketch s, String name) {
        return "torch." + name + "(" + s.input(s.shape(1, 4)) + ", " + s.dice().fraction(0, 0.9) + ", False)";
    }

    private static String elu(Sketch s) {
        String x = s.input(s.shape(0, 4));
        return s.dice()
                .oneOf(
                        "torch.elu(" + x + ")",
                        "torch.elu(" + x + ", " + s.dice().fraction(0.2, 2) + ")",
                        "torch.elu(" + x + ", 1.5, 0.75)",
                        "torch.elu(" + x + ", 0.5, 1.25, 0.8)");
    }

    private static String gelu(Sketch s) {
        String x = s.input(s.shape(0, 4));
        return s.dice()
                .oneOf(
                        "torch.gelu(" + x + ")",
                        "torch.gelu(" + x + ", approximate=\"tanh\")",
                        "torch.gelu(" + x + ", approximate=\"none\")");
    }

    private static String glu(Sketch s) {
        long[] shape = s.sizes(s.dice().between(1, 4), 1, 4);
        int axis = s.axis(shape.length);
        shape[Math.floorMod(axis, shape.length)] *= 2;
        return "torch.glu(" + s.input(shape) + ", " + axis + ")";
    }

    private static String hardtanh(Sketch s) {
        String x = s.input(s.shape(0, 4));
        String limits = s.dice().chance(50)
                ? ""
                : ", " + s.dice().fraction(-1.5, 0) + ", " + s.dice().fraction(0.1, 1.5);
        if (s.dice().chance(30)) {
            String y = s.copy(x);
            s.line("torch.hardtanh_(" + y + limits + ")");
            return y;
        }
        return "torch.hardtanh(" + x + limits + ")";
    }

    private static String leakyRelu(Sketch s) {
        if (s.dice().chance(30)) {
            String y = s.copy(s.input(s.shape(0, 4)));
            s.line("torch.leaky_relu_(" + y + ", " + s.dice().fraction(-0.2, 0.5) + ")");
            return y;
        }
        return one(s, "leaky_relu", -0.2, 0.5);
    }

    private static String prelu(Sketch s) {
        long[] shape = s.sizes(s.dice().between(1, 4), 1, 4);
        long channels = shape.length > 1 ? shape[1] : 1;
        return "torch.prelu(" + s.input(shape) + ", " + s.weight(s.dice().chance(50) ? 1 : channels) + ")";
    }

    private static String softmax(Sketch s) {
        return softmax(s, "softmax", dtype(s));
    }

    private static String logSoftmax(Sketch s) {
        return softmax(s, "log_softmax", dtype(s));
    }

    private static String dtype(Sketch s) {
        return s.dice().oneOf("", "", ", None", ", dtype=7", ", dtype=6");
    }

    private static String softmax(Sketch s, String name, String more) {
        long[] shape = s.shape(1, 4);
        return "torch." + name + "(" + s.input(shape) + ", " + s.axis(shape.length) + more + ")";
    }

    private static String softplus(Sketch s) {
        String x = s.input(Values.WIDE, s.shape(0, 3));
        return s.dice()
                .oneOf(
                        "torch.softplus(" + x + ")",
                        "torch.softplus(" + x + ", " + s.dice().fraction(0.5, 2) + ")",
                        "torch.softplus(" + x + ", 2, 5)");
    }
}
