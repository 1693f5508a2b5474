package dev.entrepot.importers.torch.operators.creation;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.own;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.operators.shapes.Stretching;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** New tensors. Uninitialised ones are zeros. */
public final class Creation {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_efficientzerotensor", call -> filled(call, sizes(call), IValue.of(0), DataType.FLOAT)),
            one("aten::arange", Ranges::arange),
            own("aten::as_tensor", Creation::asTensor),
            one("aten::empty", call -> filled(call, sizes(call), IValue.of(0), DataType.FLOAT)),
            one("aten::empty_like", call -> like(call, IValue.of(0))),
            one("aten::empty_permuted", call -> filled(call, sizes(call), IValue.of(0), DataType.FLOAT)),
            one("aten::empty_strided", call -> filled(call, sizes(call), IValue.of(0), DataType.FLOAT)),
            one("aten::eye", Creation::eye),
            one(
                    "aten::full",
                    call -> filled(
                            call, sizes(call), call.get("fill_value"), Promotion.ofNumber(call.get("fill_value")))),
            one("aten::full_like", call -> like(call, call.get("fill_value"))),
            one("aten::linspace", Ranges::linspace),
            one("aten::logspace", Ranges::logspace),
            one(
                    "aten::new_empty",
                    call -> filled(
                            call, sizes(call), IValue.of(0), call.value("self").dataType())),
            one(
                    "aten::new_empty_strided",
                    call -> filled(
                            call, sizes(call), IValue.of(0), call.value("self").dataType())),
            one(
                    "aten::new_full",
                    call -> filled(
                            call,
                            sizes(call),
                            call.get("fill_value"),
                            call.value("self").dataType())),
            one(
                    "aten::new_ones",
                    call -> filled(
                            call, sizes(call), IValue.of(1), call.value("self").dataType())),
            one(
                    "aten::new_zeros",
                    call -> filled(
                            call, sizes(call), IValue.of(0), call.value("self").dataType())),
            one("aten::ones", call -> filled(call, sizes(call), IValue.of(1), DataType.FLOAT)),
            one("aten::ones_like", call -> like(call, IValue.of(1))),
            refuse("aten::randperm", "it gives random numbers; a model for inference does not need any"),
            one("aten::range", Ranges::range),
            one("aten::scalar_tensor", call -> call.value("s", type(call, DataType.FLOAT))),
            one("aten::tensor", call -> tensor(call, first(call))),
            one("aten::tril_indices", call -> triangle(call, true)),
            one("aten::triu_indices", call -> triangle(call, false)),
            one("aten::zeros", call -> filled(call, sizes(call), IValue.of(0), DataType.FLOAT)),
            one("aten::zeros_like", call -> like(call, IValue.of(0))),
            one("prims::empty", call -> filled(call, sizes(call), IValue.of(0), DataType.FLOAT)),
            one("prims::empty_permuted", call -> filled(call, sizes(call), IValue.of(0), DataType.FLOAT)),
            one("prims::empty_strided", call -> filled(call, sizes(call), IValue.of(0), DataType.FLOAT)),
            one("prims::full", call -> filled(call, sizes(call), call.get("fill_value"), DataType.FLOAT)),
            one(
                    "prims::full_like",
                    call -> filled(call, call.sizes(call.value("a")), call.get("fill_value"), DataType.FLOAT)),
            one("prims::iota", Ranges::iota),
            one("prims::scalar_tensor", call -> call.value("s", type(call, DataType.FLOAT))));
    // spotless:on

    /** Tensors of more elements are made by nodes when the model runs. */
    static final long LARGEST_CONSTANT = 1024;

    private Creation() {}

    /** The argument dtype, or this where it is None. */
    static DataType type(AtenCall call, DataType absent) {
        return call.dtype("dtype").orElse(absent);
    }

    private static List<SizeExpr> sizes(AtenCall call) {
        return call.sizes(call.has("size") ? "size" : "shape");
    }

    private static Value like(AtenCall call, IValue number) {
        Value self = call.value("self");
        return filled(call, call.sizes(self), number, self.dataType());
    }

    /** A tensor of these sizes that holds a number everywhere, in the type of the argument dtype or else this one. */
    private static Value filled(AtenCall call, List<SizeExpr> sizes, IValue number, DataType absent) {
        return constantOf(call, sizes, call.graph().toValue(number, type(call, absent)));
    }

    /** A tensor of these sizes that holds a scalar everywhere. */
    public static Value constantOf(AtenCall call, List<SizeExpr> sizes, Value scalar) {
        if (sizes.isEmpty()) {
            return scalar;
        }
        var known = call.graph().builder().constantOf(scalar);
        if (known.isEmpty()) {
            return Stretching.expanded(call, scalar, sizes);
        }
        Tensor element = known.get();
        if (sizes.stream().allMatch(SizeExpr::isNumber)) {
            Shape shape = Amounts.shape(
                    call,
                    sizes.stream().mapToLong(size -> size.number().getAsLong()).toArray());
            if (shape.elementCount() <= LARGEST_CONSTANT) {
                return call.constant(repeated(element, shape));
            }
        }
        Tensor value = new Tensor(element.type(), Shape.of(1), element.data());
        return call.sized(call.add("ConstantOfShape", Attributes.NONE.with("value", value), call.vector(sizes)), sizes);
    }

    private static Tensor repeated(Tensor element, Shape shape) {
        int count = Math.toIntExact(shape.elementCount());
        byte[] one = element.toBytes().array();
        byte[] all = new byte[Math.multiplyExact(count, one.length)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(one, 0, all, i * one.length, one.length);
        }
        return new Tensor(element.type(), shape, TensorData.of(all));
    }

    private static Value eye(AtenCall call) {
        SizeExpr rows = call.size("n");
        SizeExpr columns = call.has("m") ? call.size("m") : rows;
        DataType type = type(call, DataType.FLOAT);
        Value row = call.unsqueeze(Ranges.upTo(call, rows), 1);
        Value column = call.unsqueeze(Ranges.upTo(call, columns), 0);
        return call.cast(call.add("Equal", row, column), type);
    }

    /** Source: aten/src/ATen/native/TensorFactories.cpp, tril_indices and triu_indices: row after row. */
    private static Value triangle(AtenCall call, boolean lower) {
        long offset = call.integer("offset");
        long height = call.integer("row");
        long width = call.integer("col");
        int most = Amounts.product(call, height, width);
        long[] rows = new long[most];
        long[] columns = new long[most];
        int count = 0;
        for (long place = 0; place < most; place++) {
            long row = place / width;
            long column = place % width;
            if (lower ? column - offset <= row : column - offset >= row) {
                rows[count] = row;
                columns[count++] = column;
            }
        }
        long[] both = LongStream.concat(Arrays.stream(rows, 0, count), Arrays.stream(columns, 0, count))
                .toArray();
        return call.cast(call.constant(Tensor.of(Shape.of(2, count), both)), type(call, DataType.INT64));
    }

    // --- tensors of plain values

    private static IValue first(AtenCall call) {
        return call.get(call.schema().arguments().get(0).name());
    }

    private static IValue asTensor(AtenCall call) {
        if (first(call) instanceof TensorRef tensor) {
            DataType type = type(call, tensor.dataType());
            return type == tensor.dataType() ? tensor : call.tensor(call.cast(tensor.value(), type));
        }
        return call.tensor(tensor(call, first(call)));
    }

    /** A number, or a list of lists of numbers. Source: torch/csrc/jit/runtime/register_special_ops.cpp, createTensorFromList. */
    private static Value tensor(AtenCall call, IValue data) {
        List<Long> sizes = new ArrayList<>();
        List<IValue> numbers = new ArrayList<>();
        collect(call, data, 0, sizes, numbers);
        DataType type = type(call, numbers.isEmpty() ? DataType.FLOAT : Promotion.of(numbers));
        long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
        if (shape.length == 0) {
            return call.graph().toValue(numbers.get(0), type);
        }
        if (numbers.stream().allMatch(Creation::isKnown)) {
            return call.cast(known(call, numbers, type, Shape.of(shape)), type);
        }
        if (numbers.stream().allMatch(IValue.Int.class::isInstance)) {
            Value vector =
                    call.vector(numbers.stream().map(call.graph()::toSize).toList());
            return call.cast(call.reshape(vector, shape), type);
        }
        List<Value> elements = numbers.stream()
                .map(number -> call.reshape(call.graph().toValue(number, type), 1))
                .toList();
        return call.reshape(
                call.add("Concat", 1, Attributes.of("axis", 0), elements).get(0), shape);
    }

    private static void collect(AtenCall call, IValue data, int depth, List<Long> sizes, List<IValue> numbers) {
        List<IValue> items = data instanceof IValue.ListValue list
                ? list.items()
                : data instanceof IValue.TupleValue tuple ? tuple.items() : null;
        if (items == null) {
            numbers.add(data);
            return;
        }
        if (depth == sizes.size()) {
            sizes.add((long) items.size());
        } else if (sizes.get(depth) != items.size()) {
            throw call.malformed("lists of " + sizes.get(depth) + " and of " + items.size() + " items make no tensor");
        }
        items.forEach(item -> collect(call, item, depth + 1, sizes, numbers));
    }

    private static boolean isKnown(IValue number) {
        return number instanceof IValue.Real
                || number instanceof IValue.Bool
                || number instanceof IValue.Int whole && whole.value().isNumber();
    }

    private static Value known(AtenCall call, List<IValue> numbers, DataType type, Shape shape) {
        boolean whole = numbers.stream().noneMatch(IValue.Real.class::isInstance);
        if (whole) {
            return call.constant(Tensor.of(
                    shape,
                    numbers.stream()
                            .mapToLong(number ->
                                    call.graph().toSize(number).number().getAsLong())
                            .toArray()));
        }
        double[] reals = numbers.stream()
                .mapToDouble(number -> call.graph().knownNumber(number).orElseThrow())
                .toArray();
        return call.constant(reals(type, shape, reals));
    }

    /** A float32 tensor of these numbers; float64 if the type is. */
    static Tensor reals(DataType type, Shape shape, double... numbers) {
        if (type == DataType.DOUBLE) {
            return Tensor.of(shape, numbers);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            bytes.putFloat((float) number);
        }
        return new Tensor(DataType.FLOAT, shape, TensorData.of(bytes.array()));
    }
}
