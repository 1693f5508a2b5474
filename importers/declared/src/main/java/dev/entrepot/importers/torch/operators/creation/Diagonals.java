package dev.entrepot.importers.torch.operators.creation;

import static dev.entrepot.importers.torch.operators.entries.Entries.aliasing;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.operators.entries.Entries;
import dev.entrepot.importers.torch.operators.shapes.Axes;
import dev.entrepot.importers.torch.operators.shapes.Shapes;
import dev.entrepot.importers.torch.operators.shapes.Slices.Part;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Diagonals of matrices, matrices of diagonals, and views by strides. */
public final class Diagonals {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            aliasing("aten::as_strided", Diagonals::asStrided, (call, output, changed) -> scattered(call, changed)),
            one("aten::as_strided_copy", Diagonals::asStrided),
            one(
                    "aten::as_strided_scatter",
                    call -> scattered(call, call.value("src", call.value("self").dataType()))),
            one("aten::block_diag", Diagonals::blockDiag),
            one("aten::diag", Diagonals::diag),
            one("aten::diag_embed", Diagonals::diagEmbed),
            one(
                    "aten::diagflat",
                    call -> embedded(call, Shapes.flat(call, call.value("self")), call.integer("offset"))),
            aliasing("aten::diagonal", Diagonals::diagonal, (call, output, changed) -> putBack(call, changed)),
            one("aten::diagonal_copy", Diagonals::diagonal),
            one(
                    "aten::diagonal_scatter",
                    call -> putBack(call, call.value("src", call.value("self").dataType()))),
            aliasing("aten::linalg_diagonal", Diagonals::diagonal, (call, output, changed) -> putBack(call, changed)));
    // spotless:on

    /** Of views by strides of more elements the table of places would be too large. */
    private static final long MOST_PLACES = 1 << 22;

    private Diagonals() {}

    /**
     * Where a diagonal lies.
     *
     * @param order the order of axes with the two of the matrices at the end
     * @param sizes the sizes in that order
     * @param part the diagonal among the elements of a matrix, along one axis
     */
    private record Diagonal(long[] order, List<SizeExpr> sizes, Part part) {

        /** The matrices with their elements along one axis. */
        Value flat(AtenCall call, Value value) {
            List<SizeExpr> flat = new ArrayList<>(sizes.subList(0, part.axis()));
            flat.add(SizeExpr.product(sizes.subList(part.axis(), sizes.size())));
            return call.reshape(Axes.ordered(call, value, order), flat);
        }
    }

    /** Source: aten/src/ATen/native/TensorShape.cpp, diagonal. */
    private static Diagonal located(AtenCall call, Value self) {
        int rows = call.axis(self, call.has("dim1") ? call.integer("dim1") : 0);
        int columns = call.axis(self, call.has("dim2") ? call.integer("dim2") : 1);
        if (rows == columns) {
            throw call.malformed("dim1 and dim2 are both " + rows);
        }
        long offset = call.integer(call.has("offset") ? "offset" : "diagonal");
        int rank = call.rank(self);
        long[] order = LongStream.concat(
                        LongStream.range(0, rank).filter(axis -> axis != rows && axis != columns),
                        LongStream.of(rows, columns))
                .toArray();
        List<SizeExpr> sizes = Arrays.stream(order)
                .mapToObj(axis -> call.size(self, (int) axis))
                .toList();
        long width = call.knownSize(self, columns);
        SizeExpr height = call.size(self, rows);
        SizeExpr wide = SizeExpr.of(width);
        SizeExpr length = offset >= 0
                ? height.min(wide.minus(SizeExpr.of(offset)))
                : height.plus(SizeExpr.of(offset)).min(wide);
        long start = offset >= 0 ? offset : Math.multiplyExact(-offset, width);
        return new Diagonal(order, sizes, new Part(rank - 2, SizeExpr.of(start), length.max(SizeExpr.ZERO), width + 1));
    }

    private static Value self(AtenCall call) {
        return call.graph().toValue(Entries.same(call));
    }

    private static Value diagonal(AtenCall call) {
        Value self = self(call);
        Diagonal diagonal = located(call, self);
        return diagonal.part().of(call, diagonal.flat(call, self));
    }

    private static Value putBack(AtenCall call, Value changed) {
        Value self = self(call);
        Diagonal diagonal = located(call, self);
        Value flat = diagonal.part().replaced(call, diagonal.flat(call, self), changed);
        return Axes.ordered(call, call.reshape(flat, diagonal.sizes()), Axes.back(diagonal.order()));
    }

    private static Value diag(AtenCall call) {
        Value self = call.value("self");
        return call.rank(self) == 1 ? embedded(call, self, call.integer("diagonal")) : diagonal(call);
    }

    /** Vectors along the last axis become matrices in two more. */
    private static Value embedded(AtenCall call, Value value, long offset) {
        SizeExpr size = call.size(value, -1);
        Value places = Ranges.upTo(call, size);
        Value onDiagonal = call.add("Equal", call.unsqueeze(places, 1), places);
        Value zero = call.scalar(0, value.dataType());
        Value square = call.add("Where", onDiagonal, call.unsqueeze(value, -2), zero);
        if (offset == 0) {
            return square;
        }
        int rank = call.rank(square);
        long[] pads = new long[2 * rank];
        pads[offset > 0 ? rank - 1 : rank - 2] = Math.abs(offset);
        pads[offset > 0 ? 2 * rank - 2 : 2 * rank - 1] = Math.abs(offset);
        return call.add("Pad", square, call.vector(pads), zero);
    }

    private static Value diagEmbed(AtenCall call) {
        Value made = embedded(call, call.value("self"), call.integer("offset"));
        int rank = call.rank(made);
        List<Integer> axes = List.of(call.axis(made, call.integer("dim1")), call.axis(made, call.integer("dim2")));
        long[] order = LongStream.concat(
                        LongStream.range(0, rank).filter(axis -> !axes.contains((int) axis)),
                        axes.stream().mapToLong(Integer::longValue))
                .toArray();
        return Axes.ordered(call, made, Axes.back(order));
    }

    private static Value blockDiag(AtenCall call) {
        DataType type = call.promoted("tensors");
        List<Value> blocks = call.values("tensors").stream()
                .map(value -> Shapes.atLeast(call, call.cast(value, type), 2))
                .toList();
        long[] widths =
                blocks.stream().mapToLong(block -> call.knownSize(block, 1)).toArray();
        long all = LongStream.of(widths).sum();
        List<Value> rows = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < widths.length; i++) {
            Value pads = call.vector(0, before, 0, all - before - widths[i]);
            rows.add(call.add("Pad", blocks.get(i), pads, call.scalar(0, type)));
            before += widths[i];
        }
        return call.add("Concat", 1, Attributes.of("axis", 0), rows).get(0);
    }

    // --- strides

    /** The places of a view's elements among those of its base. Source: aten/src/ATen/native/TensorShape.cpp, as_strided. */
    private static Value places(AtenCall call, Value self) {
        if (call.get("self") instanceof TensorRef tensor && !tensor.isContiguous()) {
            throw call.unsupported("strides of a tensor whose elements do not lie one after the other");
        }
        long[] sizes = call.ints("size");
        long[] strides = call.ints("stride");
        Shape shape = Amounts.shape(call, sizes);
        if (sizes.length != strides.length || shape.elementCount() > MOST_PLACES) {
            throw call.unsupported("strides " + Arrays.toString(strides) + " for sizes " + Arrays.toString(sizes));
        }
        long[] places = new long[(int) shape.elementCount()];
        for (int i = 0; i < places.length; i++) {
            long place = call.integerOr("storage_offset", 0);
            long left = i;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                place += left % sizes[axis] * strides[axis];
                left /= sizes[axis];
            }
            places[i] = place;
        }
        SizeExpr all = SizeExpr.product(call.sizes(self));
        long last = LongStream.of(places).max().orElse(-1);
        if (all.isNumber() && last >= all.number().getAsLong()) {
            throw call.malformed("reaches element " + last + " of " + all);
        }
        return call.constant(Tensor.of(shape, places));
    }

    private static Value asStrided(AtenCall call) {
        Value self = call.value("self");
        return call.add("Gather", Shapes.flat(call, self), places(call, self));
    }

    private static Value scattered(AtenCall call, Value changed) {
        Value self = call.value("self");
        Value places = Shapes.flat(call, places(call, self));
        Value flat = call.add("ScatterElements", Shapes.flat(call, self), places, Shapes.flat(call, changed));
        return call.reshape(flat, call.sizes(self));
    }
}
