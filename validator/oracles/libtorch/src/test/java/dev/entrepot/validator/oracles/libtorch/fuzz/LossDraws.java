package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import java.util.Map;

/** Losses; {@code reduction} is 0 none, 1 mean, 2 sum. */
final class LossDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry(
                    "binary_cross_entropy",
                    s -> "torch.binary_cross_entropy(%s, %s, None, %d)"
                            .formatted(
                                    s.notHalf().input(Values.uniform(0.05, 0.95), 3, 4),
                                    s.input(Values.uniform(0, 1), 3, 4),
                                    reduction(s))),
            entry(
                    "binary_cross_entropy_with_logits",
                    s -> "torch.binary_cross_entropy_with_logits(%s, %s, %s, %s, %d)"
                            .formatted(
                                    s.notHalf().input(3, 4),
                                    s.input(Values.uniform(0, 1), 3, 4),
                                    s.dice().oneOf("None", s.weight(4)),
                                    s.dice().oneOf("None", s.weight(Values.POSITIVE, 4)),
                                    reduction(s))),
            entry(
                    "cross_entropy_loss",
                    s -> "torch.cross_entropy_loss(%s, %s, %s, %d, %d, %s)"
                            .formatted(
                                    s.notHalf().input(3, 5),
                                    s.whole(0, 4, 3),
                                    s.dice().oneOf("None", s.weight(Values.POSITIVE, 5)),
                                    reduction(s),
                                    s.dice().oneOf(-100, 1),
                                    s.dice().oneOf("0.0", "0.0", "0.2"))),
            entry("huber_loss", s -> pair(s, "huber_loss", s.dice().oneOf("", ", 0.5"))),
            entry(
                    "kl_div",
                    s -> "torch.kl_div(%s, %s, %d, log_target=%s)"
                            .formatted(
                                    s.notHalf().input(3, 4),
                                    s.input(Values.uniform(0.1, 1), 3, 4),
                                    reduction(s),
                                    s.flag())),
            entry("l1_loss", s -> pair(s, "l1_loss", "")),
            entry("mse_loss", s -> pair(s, "mse_loss", "")),
            entry(
                    "nll_loss",
                    s -> "torch.nll_loss(%s, %s, %s, %d, %d)"
                            .formatted(
                                    s.notHalf().input(3, 5),
                                    s.whole(0, 4, 3),
                                    s.dice().oneOf("None", s.weight(Values.POSITIVE, 5)),
                                    reduction(s),
                                    s.dice().oneOf(-100, 1))),
            entry(
                    "nll_loss_nd",
                    s -> "torch.nll_loss_nd(%s, %s, None, %d)"
                            .formatted(s.notHalf().input(2, 5, 3), s.whole(0, 4, 2, 3), reduction(s))),
            entry("smooth_l1_loss", s -> pair(s, "smooth_l1_loss", s.dice().oneOf("", ", 0.5"))));

    private LossDraws() {}

    private static int reduction(Sketch s) {
        return s.dice().between(0, 2);
    }

    private static String pair(Sketch s, String name, String more) {
        long[] shape = s.notHalf().shape(1, 3);
        return "torch." + name + "(" + s.input(shape) + ", " + s.input(shape) + ", " + reduction(s) + more + ")";
    }
}
