package dev.entrepot.importers.torch.operators.reductions;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.importers.torch.operators.reductions.Reductions.Kept;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Norms of vectors and matrices. Source: aten/src/ATen/native/LinearAlgebra.cpp, linalg_vector_norm, linalg_matrix_norm. */
public final class Norms {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::frobenius_norm", call -> vectorNorm(call, value(call), 2)),
            one("aten::linalg_matrix_norm", call -> matrixNorm(call, value(call))),
            one("aten::linalg_norm", Norms::linalgNorm),
            one("aten::linalg_vector_norm", call -> vectorNorm(call, value(call), call.real("ord"))),
            one("aten::norm", call -> vectorNorm(call, value(call), call.realOr("p", 2))),
            refuse("aten::nuclear_norm", "it needs singular values, which ONNX does not have"));
    // spotless:on

    private Norms() {}

    private static Value value(AtenCall call) {
        Value self = call.value("self");
        return call.cast(self, call.dtype("dtype").orElse(self.dataType()));
    }

    private static Value vectorNorm(AtenCall call, Value value, double order) {
        return norm(call, value, order, call.axes(value, "dim"), Reductions.kept(call));
    }

    /** {@code (sum of |x| ^ order) ^ (1 / order)} over axes. */
    public static Value norm(AtenCall call, Value value, double order, long[] axes, Kept kept) {
        if (order == 2) {
            return Reductions.reduced(call, "ReduceL2", value, axes, kept);
        }
        if (order == 1) {
            return Reductions.reduced(call, "ReduceL1", value, axes, kept);
        }
        DataType type = value.dataType();
        Value magnitude = ComputeTypes.computed(call, "Abs", type, value);
        if (Double.isInfinite(order)) {
            return Reductions.reduced(call, order > 0 ? "ReduceMax" : "ReduceMin", magnitude, axes, kept);
        }
        if (order == 0) {
            Value nonzero = call.cast(call.cast(value, DataType.BOOL), type);
            return Reductions.reduced(call, "ReduceSum", nonzero, axes, kept);
        }
        Value powers = ComputeTypes.computed(call, "Pow", type, magnitude, call.scalar(order, type));
        Value sum = Reductions.reduced(call, "ReduceSum", powers, axes, kept);
        return ComputeTypes.computed(call, "Pow", type, sum, call.scalar(1 / order, type));
    }

    /** Of a vector or a matrix, as axes and order say. */
    private static Value linalgNorm(AtenCall call) {
        Value value = value(call);
        int axes = call.isNone("dim") ? call.rank(value) : call.items("dim").size();
        if (call.isNone("ord")) {
            return vectorNorm(call, value, 2);
        }
        boolean matrix = call.get("ord") instanceof IValue.Text || axes == 2;
        return matrix ? matrixNorm(call, value) : vectorNorm(call, value, call.real("ord"));
    }

    private static Value matrixNorm(AtenCall call, Value value) {
        int rank = call.rank(value);
        long[] axes = call.isNone("dim") ? new long[] {rank - 2L, rank - 1L} : call.axes(value, "dim");
        if (axes.length != 2) {
            throw call.malformed("a matrix has 2 dimensions, got " + axes.length);
        }
        Kept kept = Reductions.kept(call);
        if (call.get("ord") instanceof IValue.Text text) {
            if (text.value().equals("fro")) {
                return norm(call, value, 2, axes, kept);
            }
            throw call.unsupported("the norm \"" + text.value() + "\" needs singular values, which ONNX does not have");
        }
        double order = call.real("ord");
        if (Math.abs(order) == 2) {
            throw call.unsupported("the 2-norm of a matrix needs singular values, which ONNX does not have");
        }
        boolean columns = Math.abs(order) == 1;
        long summed = columns ? axes[0] : axes[1];
        long compared = columns ? axes[1] : axes[0];
        Value sums = norm(call, value, 1, new long[] {summed}, Kept.KEPT);
        Value extreme =
                Reductions.reduced(call, order > 0 ? "ReduceMax" : "ReduceMin", sums, new long[] {compared}, Kept.KEPT);
        return kept == Kept.KEPT ? extreme : call.squeeze(extreme, axes);
    }
}
