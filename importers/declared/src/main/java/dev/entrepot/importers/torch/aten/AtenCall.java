package dev.entrepot.importers.torch.aten;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.schema.FunctionSchema;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a lowering sees: the arguments of one call by the names of its schema, defaults filled in, and the graph to grow. */
public final class AtenCall {

    /** The name of the list of all further arguments that a schema with {@code ...} takes. */
    public static final String REST = "...";

    private final TorchGraph graph;
    private final FunctionSchema schema;
    private final Map<String, IValue> arguments;

    AtenCall(TorchGraph graph, FunctionSchema schema, Map<String, IValue> arguments) {
        this.graph = graph;
        this.schema = schema;
        this.arguments = arguments;
    }

    /** This call with another argument. */
    AtenCall with(String name, IValue argument) {
        Map<String, IValue> changed = new LinkedHashMap<>(arguments);
        changed.put(name, argument);
        return new AtenCall(graph, schema, changed);
    }

    // --- arguments

    /** The operator as PyTorch declares it. */
    public FunctionSchema schema() {
        return schema;
    }

    /** All arguments by name. */
    public Map<String, IValue> arguments() {
        return arguments;
    }

    /** Whether an argument holds complex numbers. */
    boolean isComplex() {
        return arguments.keySet().stream()
                .flatMap(name -> items(name).stream())
                .anyMatch(item -> item instanceof TensorRef tensor && ComplexNumbers.isComplex(tensor.dataType()));
    }

    /** Whether the schema has this argument at all: overloads differ in their arguments. */
    public boolean has(String name) {
        return arguments.containsKey(name);
    }

    /** An argument; None where the overload has none of this name. */
    public IValue get(String name) {
        return arguments.getOrDefault(name, IValue.NONE);
    }

    /** Whether an argument is None or not there. */
    public boolean isNone(String name) {
        return get(name) instanceof IValue.None;
    }

    /** A tensor, or a number as a tensor without axes, as it is now. */
    public Value value(String name) {
        return graph.toValue(get(name));
    }

    /** A tensor, {@link Value#NONE} for None. */
    public Value optionalValue(String name) {
        return isNone(name) ? Value.NONE : value(name);
    }

    /** A tensor or number in this element type. */
    public Value value(String name, DataType type) {
        return graph.toValue(get(name), type);
    }

    /** A list of tensors. */
    public List<Value> values(String name) {
        return items(name).stream().map(graph::toValue).toList();
    }

    /** The items of a list or tuple; of None none. A single item counts as a list of one. */
    public List<IValue> items(String name) {
        IValue argument = get(name);
        if (argument instanceof IValue.ListValue list) {
            return list.items();
        }
        if (argument instanceof IValue.TupleValue tuple) {
            return tuple.items();
        }
        return argument instanceof IValue.None ? List.of() : List.of(argument);
    }

    /** A whole number that may be symbolic. */
    public SizeExpr size(String name) {
        return graph.toSize(get(name));
    }

    /** A list of whole numbers that may be symbolic. */
    public List<SizeExpr> sizes(String name) {
        return items(name).stream().map(graph::toSize).toList();
    }

    /** A whole number that must be known. */
    public long integer(String name) {
        return known(size(name), "argument " + name);
    }

    /** A whole number that must be known, or this where it is None. */
    public long integerOr(String name, long absent) {
        return isNone(name) ? absent : integer(name);
    }

    /** A list of whole numbers that must be known. */
    public long[] ints(String name) {
        return sizes(name).stream()
                .mapToLong(size -> known(size, "argument " + name))
                .toArray();
    }

    /** A list of whole numbers where a single one stands for {@code count} equal ones, as for a kernel size. */
    public long[] ints(String name, int count) {
        long[] ints = ints(name);
        if (ints.length == 1 && count != 1) {
            long[] repeated = new long[count];
            Arrays.fill(repeated, ints[0]);
            return repeated;
        }
        if (ints.length != count) {
            throw malformed(name + " has " + ints.length + " numbers, expected " + count);
        }
        return ints;
    }

    /** True or False; false where it is None. */
    public boolean bool(String name) {
        IValue argument = get(name);
        if (argument instanceof IValue.Bool bool) {
            return bool.value();
        }
        if (argument instanceof IValue.Int) {
            return integer(name) != 0;
        }
        if (argument instanceof IValue.None) {
            return false;
        }
        throw unsupported("argument " + name + " depends on data, it must be known");
    }

    /** A number that must be known. */
    public double real(String name) {
        return graph.knownNumber(get(name))
                .orElseThrow(() -> unsupported("argument " + name + " depends on data, it must be known"));
    }

    /** A number that must be known, or this where it is None. */
    public double realOr(String name, double absent) {
        return isNone(name) ? absent : real(name);
    }

    /** A number, if it is known. */
    public Optional<Double> knownReal(String name) {
        return graph.knownNumber(get(name));
    }

    /** Text; malformed if it is something else. */
    public String text(String name) {
        if (get(name) instanceof IValue.Text text) {
            return text.value();
        }
        throw malformed(name + " is a " + get(name).sort() + ", expected str");
    }

    /** An element type, where it is not None. */
    public Optional<DataType> dtype(String name) {
        if (isNone(name)) {
            return Optional.empty();
        }
        long number = integer(name);
        return Optional.of(ScalarTypes.dataType(number)
                .orElseThrow(() -> unsupported("ONNX has no form of PyTorch's element type " + number)));
    }

    /** The type in which these arguments are computed together. */
    public DataType promoted(String... names) {
        List<IValue> operands = new ArrayList<>();
        for (String name : names) {
            if (get(name) instanceof IValue.ListValue list) {
                operands.addAll(list.items());
            } else {
                operands.add(get(name));
            }
        }
        return Promotion.of(operands);
    }

    // --- shapes

    /** The number of axes of a value. */
    public int rank(Value value) {
        if (!value.shape().ranked()) {
            throw unsupported("needs to know how many axes its input has; the operators before it do not tell");
        }
        return value.shape().rank();
    }

    /** An axis counted from the front; a tensor without axes counts as one with one. Source: c10/core/WrapDimMinimal.h. */
    public int axis(Value value, long axis) {
        int rank = Math.max(1, rank(value));
        if (axis < -rank || axis >= rank) {
            throw malformed("dimension " + axis + " is not within the " + rank + " dimensions of " + value.shape());
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The axes of a list argument counted from the front, all of them where the list is empty or None. */
    public long[] axes(Value value, String name) {
        List<IValue> items = items(name);
        if (items.isEmpty()) {
            return IntStream.range(0, rank(value)).asLongStream().toArray();
        }
        return Arrays.stream(ints(name)).map(axis -> axis(value, axis)).toArray();
    }

    /** A size of a value. */
    public SizeExpr size(Value value, int axis) {
        return graph.sizeOf(value, axis);
    }

    /** All sizes of a value. */
    public List<SizeExpr> sizes(Value value) {
        return IntStream.range(0, rank(value))
                .mapToObj(axis -> size(value, axis))
                .toList();
    }

    /** A size of a value that must be known. */
    public long knownSize(Value value, int axis) {
        return known(size(value, axis), "the size of dimension " + axis + " of " + value.shape());
    }

    /** All sizes of a value, which must be known. */
    public long[] knownSizes(Value value) {
        return IntStream.range(0, rank(value))
                .mapToLong(axis -> knownSize(value, axis))
                .toArray();
    }

    private long known(SizeExpr size, String what) {
        return size.number()
                .orElseThrow(() -> unsupported(
                        "needs a number for " + what + ", which is " + size + "; give the input's sizes as numbers"));
    }

    // --- the graph

    /** The graph as the program sees it, for lowerings that call other operators. */
    public TorchGraph graph() {
        return graph;
    }

    /** Adds a node with one output. */
    public Value add(String op, Value... inputs) {
        return graph.builder().add(op, inputs);
    }

    /** Adds a node with one output. */
    public Value add(String op, Attributes attributes, Value... inputs) {
        return graph.builder().add(op, attributes, inputs);
    }

    /** Adds a node. */
    public List<Value> add(String op, int outputs, Attributes attributes, List<Value> inputs) {
        return graph.builder().add(op, outputs, attributes, inputs);
    }

    /** A constant. */
    public Value constant(Tensor tensor) {
        return graph.builder().constant("constant", tensor);
    }

    /** An int64 vector. */
    public Value vector(long... numbers) {
        return graph.builder().ints("ints", numbers);
    }

    /** A number as a scalar of this element type. */
    public Value scalar(double number, DataType type) {
        return graph.toValue(IValue.of(number), type);
    }

    /** A whole number as a scalar of this element type. */
    public Value scalar(long number, DataType type) {
        return graph.toValue(IValue.of(number), type);
    }

    /** An int64 vector of sizes that may be symbolic. */
    public Value vector(List<SizeExpr> sizes) {
        return graph.vector(sizes);
    }

    /** The value in another element type. */
    public Value cast(Value value, DataType type) {
        return graph.cast(value, type);
    }

    /** The value under these sizes, of as many elements; knows the sizes afterwards. */
    public Value reshape(Value value, List<SizeExpr> sizes) {
        return graph.reshape(value, sizes);
    }

    /** The value under these sizes, of as many elements. */
    public Value reshape(Value value, long... sizes) {
        return graph.reshape(value, Arrays.stream(sizes).mapToObj(SizeExpr::of).toList());
    }

    /** The value, of which these sizes are known: ONNX's own inference may know less. */
    public Value sized(Value value, List<SizeExpr> sizes) {
        return graph.sized(value, sizes);
    }

    /** The value with a new axis of size 1 at each of these places of the result. */
    public Value unsqueeze(Value value, long... axes) {
        return add("Unsqueeze", value, vector(axes));
    }

    /** The value without these axes, whose size must be 1. */
    public Value squeeze(Value value, long... axes) {
        return add("Squeeze", value, vector(axes));
    }

    /** The value with its axes in this order. */
    public Value transpose(Value value, long... order) {
        return add("Transpose", Attributes.of("perm", order), value);
    }

    /** The elements {@code start <= i < end} along an axis. */
    public Value slice(Value value, int axis, long start, long end) {
        return add("Slice", value, vector(start), vector(end), vector(axis));
    }

    /** Whether this dimension is the number 1. */
    public static boolean isOne(Dim dim) {
        return dim.isKnown() && dim.size() == 1;
    }

    // --- results and notes

    /** A new tensor. */
    public TensorRef tensor(Value value) {
        return graph.tensor(value);
    }

    /** Several results, as the schema has them: a list where it returns one, else a tuple. */
    public IValue results(List<Value> values) {
        List<TensorRef> tensors = values.stream().map(graph::tensor).toList();
        return schema.returns().size() == 1 ? IValue.list(tensors) : IValue.tuple(tensors);
    }

    /** The call contradicts itself. */
    public ModelException malformed(String why) {
        return graph.malformed(schema.name(), why);
    }

    /** The operator is known but asks for something that has no form in ONNX. */
    public ModelException unsupported(String why) {
        return graph.unsupported(schema.name(), why);
    }

    /** The nodes compute something only close to what PyTorch computes. */
    public void approximation(String why) {
        graph.approximation(schema.name(), why);
    }

    /** Something about the call its user should know. */
    public void warn(String why) {
        graph.warn(schema.name(), why);
    }
}
