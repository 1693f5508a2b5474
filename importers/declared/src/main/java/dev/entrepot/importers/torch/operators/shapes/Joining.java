package dev.entrepot.importers.torch.operators.shapes;

import static dev.entrepot.importers.torch.operators.entries.Entries.aliasings;
import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.shapes.Slices.Part;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Tensors put together and taken apart along an axis. */
public final class Joining {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::cat", Joining::cat),
            splitting("aten::chunk", Joining::chunk),
            one("aten::column_stack", Joining::columnStack),
            one("aten::concat", Joining::cat),
            one("aten::concatenate", Joining::cat),
            splitting("aten::dsplit", call -> evenly(call, 2)),
            one("aten::dstack", call -> joined(call, atLeast(call, 3), 2)),
            splitting("aten::hsplit", call -> evenly(call, call.rank(call.value("self")) == 1 ? 0 : 1)),
            one("aten::hstack", Joining::hstack),
            one("aten::row_stack", call -> joined(call, atLeast(call, 2), 0)),
            splitting("aten::split", Joining::split),
            many("aten::split_copy", call -> parts(call, split(call))),
            splitting("aten::split_with_sizes", call -> withSizes(call, axis(call), call.sizes("split_sizes"))),
            many(
                    "aten::split_with_sizes_copy",
                    call -> parts(call, withSizes(call, axis(call), call.sizes("split_sizes")))),
            one("aten::stack", Joining::stack),
            splitting("aten::tensor_split", Joining::tensorSplit),
            aliasings("aten::unbind", Joining::unbind, Joining::bind),
            many("aten::unbind_copy", Joining::unbind),
            many("aten::unsafe_chunk", call -> parts(call, chunk(call))),
            many("aten::unsafe_split", call -> parts(call, split(call))),
            many(
                    "aten::unsafe_split_with_sizes",
                    call -> parts(call, withSizes(call, axis(call), call.sizes("split_sizes")))),
            splitting("aten::vsplit", call -> evenly(call, 0)),
            one("aten::vstack", call -> joined(call, atLeast(call, 2), 0)),
            one("prims::cat", Joining::cat));
    // spotless:on

    private Joining() {}

    private static Map.Entry<String, Support> splitting(String name, Function<AtenCall, List<Part>> parts) {
        return aliasings(
                name,
                call -> parts(call, parts.apply(call)),
                (call, output, changed) -> parts.apply(call).get(output).replaced(call, call.value("self"), changed));
    }

    private static List<Value> tensors(AtenCall call) {
        DataType type = call.promoted("tensors");
        return call.values("tensors").stream()
                .map(value -> call.cast(value, type))
                .toList();
    }

    /** Vectors of size 0 are left out. Source: aten/src/ATen/native/TensorShape.cpp, cat_should_skip_tensor. */
    private static Value cat(AtenCall call) {
        List<Value> tensors = tensors(call);
        List<Value> counted = tensors.stream()
                .filter(value -> call.rank(value) != 1 || !call.size(value, 0).is(0))
                .toList();
        if (counted.isEmpty()) {
            return tensors.get(0);
        }
        return joined(call, counted, call.axis(counted.get(0), call.integer("dim")));
    }

    private static Value joined(AtenCall call, List<Value> tensors, int axis) {
        if (tensors.size() == 1) {
            return tensors.get(0);
        }
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(tensors.get(0)));
        for (Value tensor : tensors.subList(1, tensors.size())) {
            for (int i = 0; i < sizes.size() && i < call.rank(tensor); i++) {
                SizeExpr size = call.size(tensor, i);
                if (i == axis) {
                    sizes.set(i, sizes.get(i).plus(size));
                } else if (size.isNumber()) {
                    sizes.set(i, size);
                }
            }
        }
        return call.sized(
                call.add("Concat", 1, Attributes.of("axis", axis), tensors).get(0), sizes);
    }

    private static Value stack(AtenCall call) {
        List<Value> tensors = tensors(call);
        int rank = call.rank(tensors.get(0)) + 1;
        long dim = call.integer("dim");
        int axis = Math.toIntExact(dim < 0 ? dim + rank : dim);
        return joined(
                call, tensors.stream().map(value -> call.unsqueeze(value, axis)).toList(), axis);
    }

    private static List<Value> atLeast(AtenCall call, int rank) {
        return tensors(call).stream()
                .map(value -> Shapes.atLeast(call, value, rank))
                .toList();
    }

    private static Value hstack(AtenCall call) {
        List<Value> tensors = atLeast(call, 1);
        return joined(call, tensors, call.rank(tensors.get(0)) == 1 ? 0 : 1);
    }

    private static Value columnStack(AtenCall call) {
        List<Value> columns = tensors(call).stream()
                .map(value -> call.rank(value) > 1
                        ? value
                        : call.reshape(value, List.of(SizeExpr.product(call.sizes(value)), SizeExpr.ONE)))
                .toList();
        return joined(call, columns, 1);
    }

    // --- taking apart

    private static int axis(AtenCall call) {
        return call.axis(call.value("self"), call.integer("dim"));
    }

    private static List<Value> parts(AtenCall call, List<Part> parts) {
        Value self = call.value("self");
        boolean static_ = parts.size() > 1
                && parts.stream().allMatch(part -> part.length().isNumber());
        if (!static_ || parts.stream().anyMatch(part -> part.length().is(0))) {
            return parts.stream().map(part -> part.of(call, self)).toList();
        }
        long[] sizes = parts.stream()
                .mapToLong(part -> part.length().number().getAsLong())
                .toArray();
        Attributes attributes = Attributes.of("axis", parts.get(0).axis());
        return call.add("Split", sizes.length, attributes, List.of(self, call.vector(sizes)));
    }

    private static List<Part> withSizes(AtenCall call, int axis, List<SizeExpr> sizes) {
        SizeExpr all = call.size(call.value("self"), axis);
        SizeExpr sum = sizes.stream().reduce(SizeExpr.ZERO, SizeExpr::plus);
        if (all.isNumber() && sum.isNumber() && !all.equals(sum)) {
            throw call.malformed("split sizes " + sizes + " sum to " + sum + ", expected " + all);
        }
        List<Part> parts = new ArrayList<>();
        SizeExpr start = SizeExpr.ZERO;
        for (SizeExpr size : sizes) {
            parts.add(new Part(axis, start, size, 1));
            start = start.plus(size);
        }
        return parts;
    }

    private static List<Part> split(AtenCall call) {
        String sizes = call.has("split_sizes") ? "split_sizes" : "split_size";
        if (!call.schema().overload().equals("Tensor")) {
            return withSizes(call, axis(call), call.sizes(sizes));
        }
        long size = call.integer("split_size");
        long all = call.knownSize(call.value("self"), axis(call));
        if (size < 0 || size == 0 && all != 0) {
            throw call.malformed("split_size " + size + " is not positive");
        }
        return equal(call, axis(call), size, all);
    }

    /** Parts of this length, the last one shorter if need be; one part if there is nothing. */
    private static List<Part> equal(AtenCall call, int axis, long size, long all) {
        List<SizeExpr> sizes = new ArrayList<>();
        int whole = Amounts.parts(call, size == 0 ? 0 : all / size);
        for (int i = 0; i < whole; i++) {
            sizes.add(SizeExpr.of(size));
        }
        if (all > whole * size) {
            sizes.add(SizeExpr.of(all - whole * size));
        }
        return withSizes(call, axis, sizes.isEmpty() ? List.of(SizeExpr.ZERO) : sizes);
    }

    /** Source: aten/src/ATen/native/TensorShape.cpp, chunk. */
    private static List<Part> chunk(AtenCall call) {
        long chunks = call.integer("chunks");
        SizeExpr all = call.size(call.value("self"), axis(call));
        if (chunks < 1) {
            throw call.malformed("chunks " + chunks + " is not positive");
        }
        var exact = all.exactQuotient(SizeExpr.of(chunks));
        if (exact.isPresent() && !all.is(0)) {
            return withSizes(
                    call,
                    axis(call),
                    IntStream.range(0, Amounts.parts(call, chunks))
                            .mapToObj(i -> exact.get())
                            .toList());
        }
        long size = call.knownSize(call.value("self"), axis(call));
        return equal(call, axis(call), -Math.floorDiv(-size, chunks), size);
    }

    private static List<Part> tensorSplit(AtenCall call) {
        if (call.has("sections")) {
            return sections(call, axis(call), call.integer("sections"));
        }
        if (call.has("indices")) {
            return indices(call, axis(call), call.sizes("indices"));
        }
        Value given = call.value("tensor_indices_or_sections");
        long[] known = call.graph()
                .builder()
                .facts()
                .longs(given)
                .orElseThrow(() -> call.unsupported("tensor_indices_or_sections depends on data, it must be known"));
        if (call.rank(given) == 0) {
            return sections(call, axis(call), known[0]);
        }
        return indices(
                call,
                axis(call),
                java.util.Arrays.stream(known).mapToObj(SizeExpr::of).toList());
    }

    private static List<Part> evenly(AtenCall call, int axis) {
        return call.has("sections")
                ? sections(call, axis, call.integer("sections"))
                : indices(call, axis, call.sizes("indices"));
    }

    /** The first ones are longer by one if the size cannot be divided. */
    private static List<Part> sections(AtenCall call, int axis, long sections) {
        long all = call.knownSize(call.value("self"), axis);
        if (sections < 1) {
            throw call.malformed("sections " + sections + " is not positive");
        }
        List<SizeExpr> sizes = new ArrayList<>();
        int parts = Amounts.parts(call, sections);
        for (int i = 0; i < parts; i++) {
            sizes.add(SizeExpr.of(all / sections + (i < all % sections ? 1 : 0)));
        }
        return withSizes(call, axis, sizes);
    }

    private static List<Part> indices(AtenCall call, int axis, List<SizeExpr> ends) {
        SizeExpr all = call.size(call.value("self"), axis);
        List<Part> parts = new ArrayList<>();
        SizeExpr start = SizeExpr.ZERO;
        for (int i = 0; i <= ends.size(); i++) {
            SizeExpr end = i == ends.size() ? all : Slices.bound(ends.get(i), all);
            parts.add(new Part(axis, start, end.minus(start).max(SizeExpr.ZERO), 1));
            start = end;
        }
        return parts;
    }

    private static List<Value> unbind(AtenCall call) {
        Value self = call.value("self");
        int axis = axis(call);
        int count = Amounts.parts(call, call.knownSize(self, axis));
        List<Value> results = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            results.add(call.add("Gather", Attributes.of("axis", axis), self, call.scalar(i, DataType.INT64)));
        }
        return results;
    }

    private static Value bind(AtenCall call, int output, Value changed) {
        return new Part(axis(call), SizeExpr.of(output), SizeExpr.ONE, 1)
                .replaced(call, call.value("self"), call.unsqueeze(changed, axis(call)));
    }
}
