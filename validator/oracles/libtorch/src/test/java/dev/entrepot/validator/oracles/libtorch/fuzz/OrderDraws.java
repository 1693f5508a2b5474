package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import java.util.Map;

/** Sorting, and what finds or counts values. Elements differ, because the order of equal ones is not said. */
final class OrderDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("_unique2", OrderDraws::unique2),
            entry("argsort", s -> sorted(s, "argsort")),
            entry(
                    "bincount",
                    s -> "torch.bincount(" + s.whole(0, 6, 9) + s.dice().oneOf("", ", None, 8") + ")"),
            entry("bucketize", OrderDraws::bucketize),
            entry("kthvalue", OrderDraws::kthvalue),
            entry("median", OrderDraws::median),
            entry("msort", s -> "torch.msort(" + s.notHalf().input(4, 3) + ")"),
            entry("nonzero", s -> "torch.nonzero(" + s.whole(0, 1, s.shape(1, 3)) + ")"),
            entry("searchsorted", OrderDraws::searchsorted),
            entry("sort", s -> sorted(s, "sort")),
            entry("topk", OrderDraws::topk),
            entry("unique_consecutive", s -> "torch.unique_consecutive(" + s.whole(0, 2, 12) + ")"),
            entry(
                    "unique_dim",
                    s -> "torch.unique_dim(" + s.whole(0, 1, 6, 2) + ", 0, True, " + s.flag() + ", " + s.flag() + ")"));

    private OrderDraws() {}

    private static String sorted(Sketch s, String name) {
        long[] shape = s.notHalf().shape(1, 3);
        String x = s.input(shape);
        return s.dice().chance(20)
                ? "torch." + name + "(" + x + ")"
                : "torch." + name + "(" + x + ", " + s.axis(shape.length) + ", " + s.flag() + ")";
    }

    private static String topk(Sketch s) {
        long[] shape = s.notHalf().shape(1, 3);
        int axis = s.axis(shape.length);
        int count = s.dice().between(1, (int) shape[Math.floorMod(axis, shape.length)]);
        return "torch.topk(" + s.input(shape) + ", " + count + ", " + axis + ", " + s.flag() + ", True)";
    }

    private static String kthvalue(Sketch s) {
        return "torch.kthvalue(" + s.notHalf().input(3, 5) + ", " + s.dice().between(1, 5) + ", 1, " + s.flag() + ")";
    }

    private static String median(Sketch s) {
        String x = s.notHalf().input(3, s.dice().between(2, 5));
        return s.dice().chance(50) ? "torch.median(" + x + ")" : "torch.median(" + x + ", 1, " + s.flag() + ")";
    }

    private static String bucketize(Sketch s) {
        s.notHalf();
        String limits = s.dice().chance(50)
                ? "torch.tensor([-1.0, 0.0, 0.5, 2.0])"
                : "torch.arange(-2, 3).to(" + Sketch.scalarType(s.type()) + ")";
        return "torch.bucketize(" + s.input(Values.TIED, 3, 4) + ", " + limits + ", right=" + s.flag() + ")";
    }

    private static String searchsorted(Sketch s) {
        return "torch.searchsorted(torch.arange(-2, 3), " + s.whole(-3, 3, 3, 4) + ", right=" + s.flag() + ")";
    }

    private static String unique2(Sketch s) {
        return "torch._unique2(" + s.whole(0, 4, s.shape(1, 2)) + ", True, " + s.flag() + ", " + s.flag() + ")";
    }
}
