package dev.entrepot.importers.chainer.call;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What a lowering sees: the arguments of one call by the names of its signature, defaults filled in, and the graph to grow. */
public final class FunctionCall {

    private final ChainerGraph graph;
    private final String function;
    private final Map<String, Argument> arguments;

    private FunctionCall(ChainerGraph graph, String function, Map<String, Argument> arguments) {
        this.graph = graph;
        this.function = function;
        this.arguments = arguments;
    }

    /** @throws ModelException if the arguments do not fit the signature */
    static FunctionCall bind(
            ChainerGraph graph, Signature signature, List<Argument> positional, Map<String, Argument> keyword) {
        try {
            return new FunctionCall(graph, signature.name(), signature.bind(positional, keyword));
        } catch (IllegalArgumentException e) {
            throw graph.notes().malformed(signature.name(), String.valueOf(e.getMessage()));
        }
    }

    // --- arguments

    /** An argument. */
    public Argument get(String name) {
        Argument argument = arguments.get(name);
        if (argument == null) {
            throw new IllegalArgumentException(function + " has no argument " + name);
        }
        return argument;
    }

    /** Whether an argument is not None. */
    public boolean has(String name) {
        return !(get(name) instanceof Argument.None);
    }

    /** A variable or array; a number as a scalar of float32 or int64. */
    public Value value(String name) {
        return value(name, get(name));
    }

    /** A variable or array; {@link Value#NONE} for None. */
    public Value optionalValue(String name) {
        return has(name) ? value(name) : Value.NONE;
    }

    /** A variable or array in this element type, or a number as a scalar of it. */
    public Value value(String name, DataType type) {
        Argument argument = get(name);
        return argument instanceof Argument.Array array
                ? cast(array.value(), type)
                : scalar(number(name, argument), type);
    }

    /** A tuple or list of variables; a single one counts as one of one. */
    public List<Value> values(String name) {
        return items(name).stream().map(item -> value(name, item)).toList();
    }

    private Value value(String name, Argument argument) {
        if (argument instanceof Argument.Array array) {
            return array.value();
        }
        if (argument instanceof Argument.Whole whole) {
            return graph.sizes().scalar(whole.value());
        }
        return scalar(number(name, argument), argument instanceof Argument.Flag ? DataType.BOOL : DataType.FLOAT);
    }

    private Number number(String name, Argument argument) {
        if (argument instanceof Argument.Whole whole) {
            return whole(name, whole);
        }
        if (argument instanceof Argument.Real real) {
            return real.value();
        }
        if (argument instanceof Argument.Flag flag) {
            return flag.value() ? 1 : 0;
        }
        throw expected(name, argument, "a variable or a number");
    }

    /** The items of a tuple or list; None has none, anything else is one item. */
    public List<Argument> items(String name) {
        Argument argument = get(name);
        if (argument instanceof Argument.None) {
            return List.of();
        }
        return argument instanceof Argument.Items items ? items.items() : List.of(argument);
    }

    /** A number that must be known. */
    public double real(String name) {
        return knownReal(name).orElseThrow(() -> expected(name, get(name), "a number that is known"));
    }

    /** A number, if it is one and known. */
    public OptionalDouble knownReal(String name) {
        Argument argument = get(name);
        if (argument instanceof Argument.Real real) {
            return OptionalDouble.of(real.value());
        }
        if (argument instanceof Argument.Whole whole && whole.value().isNumber()) {
            return OptionalDouble.of(whole.value().number().getAsLong());
        }
        return argument instanceof Argument.Flag flag
                ? OptionalDouble.of(flag.value() ? 1 : 0)
                : OptionalDouble.empty();
    }

    /** A whole number that must be known. */
    public long whole(String name) {
        return whole(name, get(name));
    }

    private long whole(String name, Argument argument) {
        SizeExpr size = size(name, argument);
        return size.number()
                .orElseThrow(() -> unsupported(
                        name + " is the size " + size + ", which must be known; give the input's sizes as numbers"));
    }

    /** A whole number that may be symbolic. */
    public SizeExpr size(String name) {
        return size(name, get(name));
    }

    private SizeExpr size(String name, Argument argument) {
        if (argument instanceof Argument.Whole whole) {
            return whole.value();
        }
        if (argument instanceof Argument.Flag flag) {
            return SizeExpr.of(flag.value() ? 1 : 0);
        }
        if (argument instanceof Argument.Real real && real.value() == Math.rint(real.value())) {
            return SizeExpr.of((long) real.value());
        }
        throw expected(name, argument, "a whole number");
    }

    /** A tuple of whole numbers that may be symbolic; a single one counts as one of one. */
    public List<SizeExpr> sizes(String name) {
        return items(name).stream().map(item -> size(name, item)).toList();
    }

    /** A tuple of whole numbers that must be known; a single one counts as one of one. */
    public long[] wholes(String name) {
        return items(name).stream().mapToLong(item -> whole(name, item)).toArray();
    }

    /** A tuple of {@code count} whole numbers, for which a single one may stand, as for a kernel size. Source: chainer/utils/conv_nd.py, as_tuple. */
    public long[] repeated(String name, int count) {
        if (!(get(name) instanceof Argument.Items)) {
            return LongStream.generate(() -> whole(name)).limit(count).toArray();
        }
        long[] given = wholes(name);
        if (given.length != count) {
            throw expected(name, get(name), count + " whole numbers, or one");
        }
        return given;
    }

    /** True or False. */
    public boolean flag(String name) {
        Argument argument = get(name);
        return argument instanceof Argument.Flag flag ? flag.value() : has(name) && real(name) != 0;
    }

    /** Text. */
    public String text(String name) {
        if (get(name) instanceof Argument.Text text) {
            return text.value();
        }
        throw expected(name, get(name), "text");
    }

    /** An element type by its NumPy name. */
    public DataType dtype(String name) {
        String wanted = text(name);
        return Arrays.stream(DataType.values())
                .filter(type -> type != DataType.UNDEFINED && type.numpyName().equals(wanted))
                .findFirst()
                .orElseThrow(() -> unsupported("ONNX has no form of the element type " + wanted));
    }

    private ModelException expected(String name, Argument argument, String what) {
        return malformed(name + " is " + argument.sort() + ", expected " + what);
    }

    // --- axes and sizes

    /** The number of axes of a value. */
    public int rank(Value value) {
        if (!value.shape().ranked()) {
            throw unsupported("the number of axes of an array is not known here");
        }
        return value.shape().rank();
    }

    /** An axis counted from the front. */
    public int axis(Value value, long axis) {
        int rank = rank(value);
        if (axis < -rank || axis >= rank) {
            throw malformed("axis " + axis + " is out of range for an array of shape " + value.shape());
        }
        return (int) Math.floorMod(axis, rank);
    }

    /** The axes of a tuple argument counted from the front; all of them where it is None. */
    public long[] axes(Value value, String name) {
        return has(name)
                ? Arrays.stream(wholes(name)).map(axis -> axis(value, axis)).toArray()
                : LongStream.range(0, rank(value)).toArray();
    }

    /** A size of a value. */
    public SizeExpr size(Value value, int axis) {
        return graph.sizes().of(value, axis(value, axis));
    }

    /** All sizes of a value. */
    public List<SizeExpr> sizes(Value value) {
        return IntStream.range(0, rank(value))
                .mapToObj(axis -> size(value, axis))
                .toList();
    }

    /** A size of a value that must be known. */
    public long knownSize(Value value, int axis) {
        SizeExpr size = size(value, axis);
        return size.number()
                .orElseThrow(() -> unsupported("the size " + size + " of axis " + axis + " of an array of shape "
                        + value.shape() + " must be known; give the input's sizes as numbers"));
    }

    // --- nodes

    /** The graph to grow. */
    public GraphBuilder builder() {
        return graph.builder();
    }

    /** Calls another function, for those that are made of others. */
    public Argument call(String other, Argument... positional) {
        return graph.call(other, List.of(positional), Map.of());
    }

    /** Adds a node with one output. */
    public Value add(String op, Value... inputs) {
        return builder().add(op, inputs);
    }

    /** Adds a node with one output. */
    public Value add(String op, Attributes attributes, Value... inputs) {
        return builder().add(op, attributes, inputs);
    }

    /** Adds a node. */
    public List<Value> add(String op, int outputs, Attributes attributes, List<Value> inputs) {
        return builder().add(op, outputs, attributes, inputs);
    }

    /** A constant. */
    public Value constant(Tensor tensor) {
        return builder().constant("constant", tensor);
    }

    /** The tensor that a value is, if it is a constant or a parameter. */
    public Optional<Tensor> constantOf(Value value) {
        return builder().constantOf(value);
    }

    /** An int64 vector. */
    public Value vector(long... numbers) {
        return builder().ints("ints", numbers);
    }

    /** An int64 vector of sizes that may be symbolic. */
    public Value vector(List<SizeExpr> sizes) {
        return graph.sizes().vector(sizes);
    }

    /** A number as a scalar of this element type. */
    public Value scalar(Number number, DataType type) {
        return builder().scalar("scalar", number, type);
    }

    /** A number as a scalar of the element type of another value. */
    public Value scalarLike(Number number, Value value) {
        return scalar(number, value.dataType());
    }

    /** The value in another element type. */
    public Value cast(Value value, DataType type) {
        if (value.dataType() == type) {
            return value;
        }
        Value made = add("Cast", Attributes.of("to", type.code()), value);
        return made.withType(ValueType.tensor(type, value.shape()));
    }

    /** The value under these sizes, of as many elements; knows the sizes afterwards. */
    public Value reshape(Value value, List<SizeExpr> sizes) {
        return graph.sizes().reshape(value, sizes);
    }

    /** The value under these sizes, of as many elements. */
    public Value reshape(Value value, long... sizes) {
        return reshape(value, Arrays.stream(sizes).mapToObj(SizeExpr::of).toList());
    }

    /** The value, of which these sizes are known: ONNX's own inference may know less. */
    public Value sized(Value value, List<SizeExpr> sizes) {
        return graph.sizes().sized(value, sizes);
    }

    /** The value with a new axis of size 1 at each of these places of the result. */
    public Value unsqueeze(Value value, long... axes) {
        return axes.length == 0 ? value : add("Unsqueeze", value, vector(axes));
    }

    /** The value without these axes, whose size must be 1. */
    public Value squeeze(Value value, long... axes) {
        return axes.length == 0 ? value : add("Squeeze", value, vector(axes));
    }

    /** The value with its axes in this order. */
    public Value transpose(Value value, long... order) {
        boolean same = Arrays.equals(order, LongStream.range(0, order.length).toArray());
        return same ? value : add("Transpose", Attributes.of("perm", order), value);
    }

    /** The elements {@code start <= i < end} along an axis. */
    public Value slice(Value value, int axis, SizeExpr start, SizeExpr end) {
        return add("Slice", value, vector(List.of(start)), vector(List.of(end)), vector(axis));
    }

    /** The elements {@code start <= i < end} along an axis. */
    public Value slice(Value value, int axis, long start, long end) {
        return slice(value, axis, SizeExpr.of(start), SizeExpr.of(end));
    }

    /** These values one after the other along an axis. */
    public Value concat(int axis, List<Value> values) {
        return values.size() == 1
                ? values.get(0)
                : add("Concat", 1, Attributes.of("axis", axis), values).get(0);
    }

    // --- notes

    /** The call contradicts itself. */
    public ModelException malformed(String why) {
        return graph.notes().malformed(function, why);
    }

    /** The function is known but asks for something that has no form in ONNX. */
    public ModelException unsupported(String why) {
        return graph.notes().unsupported(function, why);
    }

    /** The nodes compute something only close to what Chainer computes. */
    public void approximation(String why) {
        graph.notes().approximation(function, why);
    }

    /** Something about the call its user should know. */
    public void warn(String why) {
        graph.notes().warn(function, why);
    }
}
