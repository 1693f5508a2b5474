package dev.entrepot.importers.torch.operators.indexing;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.creation.Creation;
import dev.entrepot.importers.torch.operators.shapes.Shapes;
import dev.entrepot.importers.torch.operators.shapes.Slices;
import dev.entrepot.importers.torch.operators.shapes.Stretching;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Elements read and written along an axis at places that a tensor tells. */
public final class Scattering {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::gather", Scattering::gather),
            one("aten::index_add", Scattering::indexAdd),
            one(
                    "aten::index_copy",
                    call -> alongAxis(call, call.value("source", self(call).dataType()), "none")),
            one("aten::index_fill", Scattering::indexFill),
            one("aten::index_reduce", Scattering::indexReduce),
            one("aten::put", Scattering::put),
            one(
                    "aten::scatter.reduce",
                    call -> scattered(call, source(call), call.text("reduce").equals("add") ? "add" : "mul")),
            one("aten::scatter.src", call -> scattered(call, source(call), "none")),
            one("aten::scatter.value", call -> scattered(call, value(call), "none")),
            one(
                    "aten::scatter.value_reduce",
                    call -> scattered(call, value(call), call.text("reduce").equals("add") ? "add" : "mul")),
            one("aten::scatter_add", call -> scattered(call, source(call), "add")),
            one("aten::scatter_reduce", Scattering::scatterReduce),
            one("aten::take", Scattering::take),
            one("aten::take_along_dim", Scattering::takeAlongDim));
    // spotless:on

    private Scattering() {}

    private static Value self(AtenCall call) {
        return call.value("self");
    }

    /** The value, or a vector of one where it has no axes. */
    private static Value vector(AtenCall call, Value value) {
        return call.rank(value) == 0 ? call.reshape(value, 1) : value;
    }

    private static int axis(AtenCall call) {
        return call.axis(self(call), call.integer("dim"));
    }

    // --- reading

    private static Value gather(AtenCall call) {
        Value index = call.value("index", DataType.INT64);
        Value found = call.add(
                "GatherElements", Attributes.of("axis", axis(call)), vector(call, self(call)), vector(call, index));
        return call.reshape(call.sized(found, call.sizes(vector(call, index))), call.sizes(index));
    }

    private static Value take(AtenCall call) {
        return call.add("Gather", Shapes.flat(call, self(call)), call.value("index", DataType.INT64));
    }

    private static Value takeAlongDim(AtenCall call) {
        Value self = self(call);
        Value indices = call.value("indices");
        if (call.isNone("dim")) {
            return call.add("GatherElements", Shapes.flat(call, self), Shapes.flat(call, indices));
        }
        int axis = axis(call);
        List<SizeExpr> from = new ArrayList<>(call.sizes(self));
        List<SizeExpr> to = new ArrayList<>(call.sizes(indices));
        SizeExpr own = from.set(axis, SizeExpr.ONE);
        SizeExpr asked = to.set(axis, SizeExpr.ONE);
        List<SizeExpr> common = new ArrayList<>(Stretching.broadcast(call, from, to));
        common.set(axis, own);
        Value data = Stretching.expanded(call, self, common);
        common.set(axis, asked);
        Value places = Stretching.expanded(call, indices, common);
        return call.sized(call.add("GatherElements", Attributes.of("axis", axis), data, places), common);
    }

    // --- writing

    /** The part of the source that has a place: it may be longer than the index. */
    private static Value source(AtenCall call) {
        Value part = vector(call, call.value("src", self(call).dataType()));
        List<SizeExpr> sizes = call.sizes(vector(call, call.value("index")));
        for (int axis = 0; axis < sizes.size(); axis++) {
            part = new Slices.Part(axis, SizeExpr.ZERO, sizes.get(axis), 1).of(call, part);
        }
        return part;
    }

    private static Value value(AtenCall call) {
        Value scalar = call.value("value", self(call).dataType());
        return Creation.constantOf(call, call.sizes(vector(call, call.value("index"))), scalar);
    }

    private static Value scattered(AtenCall call, Value source, String reduction) {
        Value self = self(call);
        Value index = vector(call, call.value("index", DataType.INT64));
        return call.reshape(elements(call, vector(call, self), index, source, axis(call), reduction), call.sizes(self));
    }

    /** ONNX Runtime has no kernel that combines elements of float16 on the CPU. */
    private static Value elements(AtenCall call, Value data, Value index, Value source, int axis, String reduction) {
        Attributes attributes = Attributes.of("axis", axis);
        if (reduction.equals("none")) {
            return call.add("ScatterElements", attributes, data, index, source);
        }
        DataType type = data.dataType();
        DataType wide = Scattering.wide(type);
        Value changed = call.add(
                "ScatterElements",
                attributes.with("reduction", reduction),
                call.cast(data, wide),
                index,
                call.cast(source, wide));
        return call.cast(changed, type);
    }

    /** The type in which elements of this one are combined. */
    static DataType wide(DataType type) {
        return type == DataType.FLOAT16 || type == DataType.BFLOAT16 ? DataType.FLOAT : type;
    }

    /** Source: aten/src/ATen/native/TensorAdvancedIndexing.cpp, scatter_reduce_two. */
    private static Value scatterReduce(AtenCall call) {
        Value self = self(call);
        Value index = vector(call, call.value("index", DataType.INT64));
        return call.reshape(reduced(call, vector(call, self), index, source(call), axis(call)), call.sizes(self));
    }

    private static Value reduced(AtenCall call, Value data, Value index, Value source, int axis) {
        String reduce = call.text("reduce");
        DataType type = data.dataType();
        boolean mean = reduce.equals("mean");
        Value start = data;
        if (!call.bool("include_self")) {
            Value neutral = Creation.constantOf(call, call.sizes(index), neutral(call, reduce, type));
            start = elements(call, data, index, neutral, axis, "none");
        }
        String reduction = switch (reduce) {
            case "sum", "mean" -> "add";
            case "prod" -> "mul";
            case "amax" -> "max";
            case "amin" -> "min";
            default -> throw call.malformed("reduce is \"" + reduce + "\", expected sum, prod, mean, amax or amin");
        };
        Value result = elements(call, start, index, source, axis, reduction);
        if (!mean) {
            return result;
        }
        Value ones = Creation.constantOf(call, call.sizes(index), call.scalar(1, type));
        Value first = Creation.constantOf(call, call.sizes(data), call.scalar(call.bool("include_self") ? 1 : 0, type));
        Value counts = elements(call, first, index, ones, axis, "add");
        Value divisor = call.add("Max", counts, call.scalar(1, type));
        return type.isFloatingPoint()
                ? call.add("Div", result, divisor)
                : call.add("Div", call.add("Sub", result, call.add("Mod", result, divisor)), divisor);
    }

    private static Value neutral(AtenCall call, String reduce, DataType type) {
        return switch (reduce) {
            case "prod" -> call.scalar(1, type);
            case "amax" ->
                type.isFloatingPoint() ? call.scalar(Double.NEGATIVE_INFINITY, type) : call.scalar(least(type), type);
            case "amin" ->
                type.isFloatingPoint()
                        ? call.scalar(Double.POSITIVE_INFINITY, type)
                        : call.scalar(-1 - least(type), type);
            default -> call.scalar(0, type);
        };
    }

    private static long least(DataType type) {
        return switch (type) {
            case INT32 -> Integer.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT8 -> Byte.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }

    // --- whole slices

    private static Value indexAdd(AtenCall call) {
        DataType type = self(call).dataType();
        Value source = call.value("source", type);
        boolean scaled = call.knownReal("alpha").filter(alpha -> alpha == 1).isEmpty();
        return alongAxis(call, scaled ? call.add("Mul", source, call.value("alpha", type)) : source, "add");
    }

    private static Value indexFill(AtenCall call) {
        Value self = self(call);
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(vector(call, self)));
        sizes.set(axis(call), SizeExpr.product(call.sizes(call.value("index"))));
        Value scalar = call.value("value", self.dataType());
        return alongAxis(call, Creation.constantOf(call, sizes, scalar), "none");
    }

    private static Value indexReduce(AtenCall call) {
        Value self = self(call);
        Value source = call.value("source", self.dataType());
        return call.reshape(
                reduced(call, vector(call, self), places(call, source), vector(call, source), axis(call)),
                call.sizes(self));
    }

    /** The slices of the source written at the places of the index, a vector. */
    private static Value alongAxis(AtenCall call, Value source, String reduction) {
        Value self = self(call);
        return call.reshape(
                elements(call, vector(call, self), places(call, source), vector(call, source), axis(call), reduction),
                call.sizes(self));
    }

    /** The index for each element of the source. */
    private static Value places(AtenCall call, Value source) {
        Value index = vector(call, call.value("index", DataType.INT64));
        List<SizeExpr> sizes = call.sizes(vector(call, source));
        List<SizeExpr> along = new ArrayList<>(Collections.nCopies(sizes.size(), SizeExpr.ONE));
        if (axis(call) >= along.size()) {
            throw call.malformed(
                    "has a source of shape " + source.shape() + ", which lacks the dimension " + axis(call));
        }
        along.set(axis(call), call.size(index, 0));
        return Stretching.expanded(call, call.reshape(index, along), sizes);
    }

    private static Value put(AtenCall call) {
        Value self = self(call);
        Value index = Shapes.flat(call, call.value("index", DataType.INT64));
        Value source = Shapes.flat(call, call.value("source", self.dataType()));
        Value changed =
                elements(call, Shapes.flat(call, self), index, source, 0, call.bool("accumulate") ? "add" : "none");
        return call.reshape(changed, call.sizes(self));
    }
}
