package dev.entrepot.traced.torch;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.ScalarTypes;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.tensor.DataType;
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
import java.util.Optional;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** What the shim of torch asks Java for, by name; {@code torch/_calls.py} calls these. */
final class TorchFunctions {

    private final TorchGraph graph;
    private final Sandbox sandbox;
    private @Nullable TorchValues values;

    TorchFunctions(TorchGraph graph, Sandbox sandbox) {
        this.graph = graph;
        this.sandbox = sandbox;
    }

    /** Gives the shim its functions. */
    void connect() {
        SizeFunctions.connect(sandbox, graph.notes());
        sandbox.call(sandbox.function("torch._core", "_connect"), sandbox.dictionary(table()));
        values = new TorchValues(graph, sandbox);
    }

    TorchValues values() {
        if (values == null) {
            throw new IllegalStateException("not connected yet");
        }
        return values;
    }

    private Map<String, HostFunction> table() {
        Map<String, HostFunction> table = new LinkedHashMap<>();
        table.put("enter", this::enter);
        table.put("knows", arguments -> graph.knows(arguments.get(0).asString()));
        table.put("shim", arguments -> Sandbox.hasShim(arguments.get(0).asString()));
        table.put("call", this::call);
        table.put("real", arguments -> IValue.of(arguments.get(0).asDouble()));
        table.put("device", arguments -> new IValue.Device(arguments.get(0).asString()));
        table.put("broken", arguments -> IValue.BROKEN);
        table.put("sizes", this::sizes);
        table.put("rank", arguments -> rank(tensor(arguments.get(0))));
        table.put(
                "dtype",
                arguments -> ScalarTypes.number(tensor(arguments.get(0)).dataType()));
        table.put("constant", this::constant);
        table.put("scalar", this::scalar);
        table.put("item", arguments -> values().toPython(item(arguments.get(0))));
        table.put("whole", this::whole);
        table.put("truth", this::truth);
        table.put("contents", this::contents);
        return table;
    }

    // --- where and what

    private String enter(List<Value> arguments) {
        String before = graph.layer();
        graph.layer(arguments.get(0).asString());
        return before;
    }

    private @Nullable Object call(List<Value> arguments) {
        IValue result = graph.call(
                arguments.get(0).asString(),
                values().listFromPython(arguments.get(1)),
                values().keywordsFromPython(arguments.get(2)));
        return values().toPython(result);
    }

    // --- tensors

    private TensorRef tensor(Value argument) {
        if (argument.asHostObject() instanceof TensorRef tensor) {
            return tensor;
        }
        graph.throwIfAny();
        throw new IllegalStateException("a broken value without a problem");
    }

    private int rank(TensorRef tensor) {
        if (!tensor.shape().ranked()) {
            throw graph.unsupported("tensor", "the number of its axes is not known");
        }
        return tensor.shape().rank();
    }

    private Value sizes(List<Value> arguments) {
        TensorRef tensor = tensor(arguments.get(0));
        return values().tuple(IntStream.range(0, rank(tensor))
                .mapToObj(axis -> (IValue) IValue.of(graph.sizeOf(tensor.value(), axis)))
                .toList());
    }

    private TensorRef constant(List<Value> arguments) {
        DataType type = type(arguments.get(2));
        Value shape = arguments.get(1);
        long[] sizes = IntStream.range(0, (int) shape.getArraySize())
                .mapToLong(i -> shape.getArrayElement(i).asLong())
                .toArray();
        DataType written = PlainNumbers.writes(type) ? type : DataType.FLOAT;
        Tensor tensor = PlainNumbers.tensor(arguments.get(0), Shape.of(sizes), written);
        return graph.tensor(graph.cast(graph.builder().constant("constant", tensor), type));
    }

    private DataType type(Value number) {
        return ScalarTypes.dataType(number.asLong())
                .orElseThrow(() -> graph.unsupported("tensor", "ONNX has no form of PyTorch's element type " + number));
    }

    private TensorRef scalar(List<Value> arguments) {
        return graph.tensor(graph.toValue(values().fromPython(arguments.get(0)), type(arguments.get(1))));
    }

    // --- numbers

    private IValue item(Value argument) {
        return graph.item(tensor(argument).value());
    }

    private @Nullable Object whole(List<Value> arguments) {
        IValue item = item(arguments.get(0));
        if (item instanceof IValue.Real real) {
            return (long) real.value();
        }
        if (item instanceof IValue.Scalar) {
            throw graph.unsupported("int", "the number in this tensor is only known when the model runs");
        }
        return item instanceof IValue.Bool bool ? (Object) (bool.value() ? 1L : 0L) : values().toPython(item);
    }

    private Object truth(List<Value> arguments) {
        Optional<Double> known = graph.knownNumber(item(arguments.get(0)));
        if (known.isEmpty()) {
            throw graph.unsupported(
                    "branch",
                    "depends on the value of a tensor, which is only known when the model runs; a traced network takes one way");
        }
        return known.get() != 0;
    }

    private @Nullable Object contents(List<Value> arguments) {
        TensorRef tensor = tensor(arguments.get(0));
        return KnownNumbers.of(graph.builder(), tensor.value())
                .map(numbers -> numbers.toPython(sandbox))
                .orElse(null);
    }
}
