package dev.entrepot.traced.chainer;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.ChainerGraph;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.HostFunction;
import dev.entrepot.traced.KnownNumbers;
import dev.entrepot.traced.PlainNumbers;
import dev.entrepot.traced.Sandbox;
import dev.entrepot.traced.SizeFunctions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** What the shim of chainer asks Java for, by name; {@code chainer/_core.py} calls these. */
final class ChainerFunctions {

    private final ChainerGraph graph;
    private final Sandbox sandbox;
    private @Nullable ChainerValues values;

    ChainerFunctions(ChainerGraph graph, Sandbox sandbox) {
        this.graph = graph;
        this.sandbox = sandbox;
    }

    /** Gives the shim its functions. */
    void connect() {
        SizeFunctions.connect(sandbox, graph.notes());
        sandbox.call(sandbox.function("chainer._core", "_connect"), sandbox.dictionary(table()));
        values = new ChainerValues(graph, sandbox);
    }

    private ChainerValues values() {
        if (values == null) {
            throw new IllegalStateException("not connected yet");
        }
        return values;
    }

    private Map<String, HostFunction> table() {
        Map<String, HostFunction> table = new LinkedHashMap<>();
        table.put("enter", this::enter);
        table.put("knows", arguments -> graph.knows(arguments.get(0).asString()));
        table.put("call", this::call);
        table.put("real", arguments -> new RealNumber(arguments.get(0).asDouble()));
        table.put("slice", arguments -> values().slice(arguments));
        table.put("ellipsis", arguments -> values().ellipsis());
        table.put("broken", arguments -> values().broken());
        table.put("sizes", this::sizes);
        table.put("dtype", arguments -> array(arguments.get(0)).dataType().numpyName());
        table.put("constant", this::constant);
        table.put("fill", this::fill);
        table.put("contents", this::contents);
        table.put("input", this::input);
        table.put("same", arguments -> array(arguments.get(0)).equals(array(arguments.get(1))));
        table.put("leave_out", this::leaveOut);
        return table;
    }

    private String enter(List<Value> arguments) {
        String before = graph.notes().layer();
        graph.notes().layer(arguments.get(0).asString());
        return before;
    }

    private @Nullable Object call(List<Value> arguments) {
        return values().toPython(graph.call(
                arguments.get(0).asString(),
                values().listFromPython(arguments.get(1)),
                values().keywordsFromPython(arguments.get(2))));
    }

    private dev.entrepot.onnx.graph.Value array(Value argument) {
        if (argument.asHostObject() instanceof dev.entrepot.onnx.graph.Value value) {
            return value;
        }
        graph.notes().throwIfAny();
        throw new IllegalStateException("a broken value without a problem");
    }

    private Value sizes(List<Value> arguments) {
        dev.entrepot.onnx.graph.Value array = array(arguments.get(0));
        if (!array.shape().ranked()) {
            throw graph.notes().unsupported("array", "the number of its axes is not known");
        }
        return values().sizes(IntStream.range(0, array.shape().rank())
                .mapToObj(axis -> graph.sizes().of(array, axis))
                .toList());
    }

    /** An input that only the source knows of, such as the state of a link: name, sizes, the element type's name. */
    private dev.entrepot.onnx.graph.Value input(List<Value> arguments) {
        List<Dim> dims = values().listFromPython(arguments.get(1)).stream()
                .map(size -> graph.sizes().toDim(((Argument.Whole) size).value()))
                .toList();
        DataType type = ElementTypes.of(arguments.get(2).asString()).orElse(DataType.FLOAT);
        return graph.input(arguments.get(0).asString(), type, Shape.of(dims));
    }

    /** An input that no output is computed of, such as a label. */
    private @Nullable Object leaveOut(List<Value> arguments) {
        graph.builder().leaveOutIfUnused(array(arguments.get(0)));
        return null;
    }

    /** An array of numbers that Python knows: flat numbers, sizes and the element type's name. */
    private dev.entrepot.onnx.graph.Value constant(List<Value> arguments) {
        String name = arguments.get(2).asString();
        DataType type = ElementTypes.of(name)
                .orElseThrow(() -> graph.notes().unsupported("array", "ONNX has no form of the element type " + name));
        Value shape = arguments.get(1);
        long[] sizes = IntStream.range(0, (int) shape.getArraySize())
                .mapToLong(i -> shape.getArrayElement(i).asLong())
                .toArray();
        DataType written = PlainNumbers.writes(type) ? type : DataType.FLOAT;
        Tensor tensor = PlainNumbers.tensor(arguments.get(0), Shape.of(sizes), written);
        dev.entrepot.onnx.graph.Value made = graph.builder().constant("constant", tensor);
        return written == type
                ? made
                : graph.builder().add("Cast", dev.entrepot.onnx.graph.Attributes.of("to", type.code()), made);
    }

    /** A parameter that has no weights: path, sizes, the element type's name and the number that all of it is. */
    private dev.entrepot.onnx.graph.Value fill(List<Value> arguments) {
        Value shape = arguments.get(1);
        long[] sizes = IntStream.range(0, (int) shape.getArraySize())
                .mapToLong(i -> shape.getArrayElement(i).asLong())
                .toArray();
        DataType type = ElementTypes.of(arguments.get(2).asString()).orElse(DataType.FLOAT);
        Tensor tensor =
                PlainNumbers.filled(Shape.of(sizes), type, arguments.get(3).asDouble());
        return graph.parameter(arguments.get(0).asString(), tensor);
    }

    /** The numbers of an array as Python has them; null if they are only known when the model runs. */
    private @Nullable Object contents(List<Value> arguments) {
        return KnownNumbers.of(graph.builder(), array(arguments.get(0)))
                .map(numbers -> numbers.toPython(sandbox))
                .orElse(null);
    }
}
