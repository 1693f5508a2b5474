package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Products of matrices and vectors, distances, and small linear algebra. */
final class ProductDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry(
                    "addbmm",
                    s -> "torch.addbmm(%s, %s, %s%s)"
                            .formatted(s.notHalf().input(2, 4), s.input(3, 2, 5), s.input(3, 5, 4), scales(s))),
            entry(
                    "addmm",
                    s -> "torch.addmm(%s, %s, %s%s)"
                            .formatted(s.weight(s.dice().oneOf(2, 1), 4), s.input(2, 3), s.weight(3, 4), scales(s))),
            entry(
                    "addmv",
                    s -> "torch.addmv(%s, %s, %s%s)".formatted(s.input(2), s.input(2, 3), s.input(3), scales(s))),
            entry(
                    "addr",
                    s -> "torch.addr(%s, %s, %s%s)"
                            .formatted(s.notHalf().input(2, 3), s.input(2), s.input(3), scales(s))),
            entry(
                    "baddbmm",
                    s -> "torch.baddbmm(%s, %s, %s%s)"
                            .formatted(s.input(2, 3, 4), s.input(2, 3, 5), s.input(2, 5, 4), scales(s))),
            entry(
                    "bilinear",
                    s -> "torch.bilinear(%s, %s, %s, %s)"
                            .formatted(s.notHalf().input(2, 3), s.input(2, 4), s.weight(5, 3, 4), s.perhaps(5))),
            entry("bmm", s -> "torch.bmm(%s, %s)".formatted(s.input(2, 3, 4), s.weight(2, 4, 2))),
            entry(
                    "cdist",
                    s -> "torch.cdist(%s, %s, %s)"
                            .formatted(
                                    s.of(DataType.FLOAT).input(2, 3, 4),
                                    s.input(2, 5, 4),
                                    s.dice().oneOf("2.0", "1.0", "3.0"))),
            entry(
                    "chain_matmul",
                    s -> "torch.chain_matmul([%s, %s, %s])"
                            .formatted(s.notHalf().input(2, 3), s.input(3, 4), s.input(4, 2))),
            entry(
                    "cosine_similarity",
                    s -> "torch.cosine_similarity(%s, %s, %s)"
                            .formatted(
                                    s.notHalf().input(2, 4),
                                    s.input(2, 4),
                                    s.dice().oneOf("1", "0", "-1, 0.001"))),
            entry(
                    "cross",
                    s -> "torch.cross(%s, %s, %s)"
                            .formatted(
                                    s.notHalf().input(2, 3),
                                    s.input(2, 3),
                                    s.dice().oneOf("1", "-1"))),
            entry("dot", s -> "torch.dot(%s, %s)".formatted(s.input(4), s.input(4))),
            entry("einsum", ProductDraws::einsum),
            entry("inner", s -> "torch.inner(%s, %s)".formatted(s.notHalf().input(2, 3), s.input(4, 3))),
            entry("kron", s -> "torch.kron(%s, %s)".formatted(s.notHalf().input(2, 3), s.input(2, 2))),
            entry(
                    "linalg_cross",
                    s -> "torch.linalg_cross(%s, %s)".formatted(s.notHalf().input(2, 3), s.input(2, 3))),
            entry("linalg_det", s -> "torch.linalg_det(" + s.notHalf().input(2, 3, 3) + ")"),
            entry("linear", ProductDraws::linear),
            entry("matmul", ProductDraws::matmul),
            entry("mm", s -> "torch.mm(%s, %s)".formatted(s.input(s.dice().between(1, 3), 4), s.weight(4, 2))),
            entry("mv", s -> "torch.mv(%s, %s)".formatted(s.input(2, 4), s.weight(4))),
            entry("outer", s -> "torch.outer(%s, %s)".formatted(s.input(3), s.input(4))),
            entry(
                    "pairwise_distance",
                    s -> "torch.pairwise_distance(%s, %s, %s)"
                            .formatted(
                                    s.notHalf().input(3, 4),
                                    s.input(3, 4),
                                    s.dice().oneOf("2.0", "1.0", "2.0, 0.001, True"))),
            entry("pdist", s -> "torch.pdist(" + s.of(DataType.FLOAT).input(4, 3) + ")"),
            entry(
                    "tensordot",
                    s -> "torch.tensordot(%s, %s, [1], [0])"
                            .formatted(s.notHalf().input(2, 3), s.input(3, 4))));

    private ProductDraws() {}

    private static String scales(Sketch s) {
        return s.dice().oneOf("", ", beta=0.5", ", alpha=2", ", beta=2, alpha=-1.5");
    }

    private static String linear(Sketch s) {
        long in = s.dice().between(1, 5);
        long out = s.dice().between(1, 4);
        boolean isVector = s.dice().chance(10);
        String weight = isVector ? s.weight(in) : s.weight(out, in);
        String bias = isVector ? "None" : s.perhaps(out);
        return "torch.linear(" + s.input(Sketch.shape(s.shape(0, 3), in)) + ", " + weight + ", " + bias + ")";
    }

    private static String matmul(Sketch s) {
        long k = s.dice().between(1, 4);
        String left = s.input(
                s.dice().oneOf(new long[] {k}, new long[] {3, k}, new long[] {2, 3, k}, new long[] {2, 1, 3, k}));
        String right =
                s.weight(s.dice().oneOf(new long[] {k}, new long[] {k, 2}, new long[] {2, k, 2}, new long[] {1, k, 2}));
        return s.dice().chance(30) ? left + " @ " + right : "torch.matmul(" + left + ", " + right + ")";
    }

    private static String einsum(Sketch s) {
        s.notHalf();
        return switch (s.dice().between(0, 7)) {
            case 0 -> sum("ij,jk->ik", s.input(2, 3), s.input(3, 4));
            case 1 -> sum("bhid,bhjd->bhij", s.input(2, 2, 3, 4), s.input(2, 2, 5, 4));
            case 2 -> sum("...i,ij->...j", s.input(2, 3, 4), s.weight(4, 5));
            case 3 -> sum("i,j", s.input(3), s.input(2));
            case 4 -> sum("bij->bi", s.input(2, 3, 4), "");
            case 5 -> sum("ii->i", s.input(3, 3), "");
            case 6 -> sum("bchw,cd->bdhw", s.input(2, 3, 2, 2), s.weight(3, 4));
            default -> sum("ij->ji", s.input(2, 3), "");
        };
    }

    private static String sum(String equation, String left, String right) {
        return "torch.einsum(\"" + equation + "\", [" + left + (right.isEmpty() ? "" : ", " + right) + "])";
    }
}
