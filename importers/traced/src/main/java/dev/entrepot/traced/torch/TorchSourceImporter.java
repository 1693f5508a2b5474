package dev.entrepot.traced.torch;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.aten.ScalarTypes;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.operators.AtenTable;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.Sandbox;
import dev.entrepot.traced.SandboxLimits;
import dev.entrepot.traced.SourceExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.graalvm.polyglot.Value;

/** A network in PyTorch source, with the weights of a checkpoint, becomes ONNX: the source is run once and every operator it calls is lowered. */
public final class TorchSourceImporter {

    private final SourceExpression expression;
    private final Weights weights;
    private final ImportOptions options;
    private final Sandbox sandbox;
    private final TorchGraph graph;
    private final TorchFunctions functions;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    private TorchSourceImporter(SourceExpression expression, Weights weights, ImportOptions options, Sandbox sandbox) {
        this.expression = expression;
        this.weights = weights;
        this.options = options;
        this.sandbox = sandbox;
        SourceLocation where = SourceLocation.file(expression.file());
        this.graph = new TorchGraph(AtenTable::find, expression.expression(), where);
        this.functions = new TorchFunctions(graph, sandbox);
    }

    /**
     * Runs the source and lowers what it computes.
     *
     * @param files the source; one of them has the expression's file as its name
     * @param expression what makes the network
     * @param weights its weights
     * @param printer takes what the source prints
     * @throws ModelException with everything that is wrong with the source or the weights, with file and line
     */
    public static Imported lower(
            List<PythonFile> files,
            SourceExpression expression,
            Weights weights,
            ImportOptions options,
            SandboxLimits limits,
            Consumer<String> printer) {
        try (Sandbox sandbox = new Sandbox(files, limits, printer)) {
            return new TorchSourceImporter(expression, weights, options, sandbox).lowered();
        }
    }

    /** Lowers; names that nobody has and operators that could not be lowered come before what may only follow from them. */
    private Imported lowered() {
        try {
            return unchecked();
        } catch (ModelException e) {
            if (e.kind() != Problem.Kind.LIMIT_EXCEEDED) {
                sandbox.requireNothingMissing();
                graph.throwIfAny();
            }
            throw e;
        }
    }

    private Imported unchecked() {
        functions.connect();
        Value network = run("make", expression.file(), expression.expression());
        bind(network);
        List<InputSpec> inputs = inputs(network);
        Value answer = traced(network, inputs);
        sandbox.requireNothingMissing();
        Value outputs = answer.getArrayElement(0);
        List<String> names = names(outputs);
        names.forEach(graph::reserve);
        for (int i = 0; i < names.size(); i++) {
            graph.output(
                    names.get(i), outputs.getArrayElement(i).getArrayElement(1).asHostObject());
        }
        answer.getArrayElement(1).as(List.class).forEach(item -> dropped.add(String.valueOf(item)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("entrepot.source.framework", "pytorch");
        Model model = Model.of(graph.build(), metadata);
        return new Imported(model, allWarnings(), graph.approximations(), dropped);
    }

    private List<String> allWarnings() {
        List<String> all = new ArrayList<>(weights.notes());
        all.addAll(warnings);
        all.addAll(sandbox.warnings());
        all.addAll(graph.warnings());
        return all;
    }

    private Value run(String function, Object... arguments) {
        return sandbox.call(sandbox.function("torch._trace", function), arguments);
    }

    private Value traced(Value network, List<InputSpec> inputs) {
        List<String> names = inputs.stream().map(InputSpec::name).toList();
        List<Object> values = inputs.stream().map(this::value).toList();
        return run("run", network, sandbox.list(names), sandbox.list(values), takesAny(network));
    }

    /** An input of the graph, or the plain number that is given for it. */
    private Object value(InputSpec input) {
        if (input.fixed().isEmpty()) {
            return graph.input(input.name(), input.type(), input.shape());
        }
        double number = input.fixed().get();
        if (input.type() == DataType.BOOL) {
            return number != 0;
        }
        return input.type().isFloatingPoint() ? (Object) number : (Object) (long) number;
    }

    // --- weights

    private void bind(Value network) {
        List<StateEntry> state = new ArrayList<>();
        Value entries = run("state", network);
        for (long i = 0; i < entries.getArraySize(); i++) {
            Value entry = entries.getArrayElement(i);
            state.add(new StateEntry(
                    entry.getArrayElement(0).asString(),
                    longs(entry.getArrayElement(1)),
                    entry.getArrayElement(3).asBoolean(),
                    entry.getArrayElement(5).asBoolean(),
                    ScalarTypes.dataType(entry.getArrayElement(2).asLong()).orElse(DataType.UNDEFINED),
                    Optional.of(entry.getArrayElement(4))
                            .filter(first -> !first.isNull())
                            .map(Value::asDouble)));
        }
        Map<String, Tensor> matched = weights.matched(state, expression.file(), options, warnings);
        List<String> names = List.copyOf(matched.keySet());
        List<TensorRef> tensors = matched.entrySet().stream()
                .map(weight -> graph.parameter(weight.getKey(), weight.getValue()))
                .toList();
        run("bind_all", network, sandbox.list(names), sandbox.list(tensors));
    }

    private static long[] longs(Value list) {
        return LongStream.range(0, list.getArraySize())
                .map(i -> list.getArrayElement(i).asLong())
                .toArray();
    }

    // --- inputs and outputs

    private boolean takesAny(Value network) {
        return parameters(network).stream().anyMatch(parameter -> parameter.kind() == Parameter.ANY_NUMBER);
    }

    /** The inputs in forward's order. */
    private List<InputSpec> inputs(Value network) {
        List<Parameter> parameters = parameters(network);
        String shown = parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
        if (options.inputs().isEmpty()) {
            String example = parameters.isEmpty() ? "x" : parameters.get(0).name();
            throw ModelException.unsupported(
                    SourceLocation.file(expression.file()),
                    "forward(" + shown + ")",
                    "the source does not state its inputs' shapes; give each as --input " + example
                            + ":float32[N,3,224,224]");
        }
        if (takesAny(network)) {
            return options.inputs();
        }
        Problems problems = new Problems();
        for (InputSpec input : options.inputs()) {
            if (parameters.stream().noneMatch(parameter -> parameter.name().equals(input.name()))) {
                problems.malformed(
                        SourceLocation.file(expression.file()),
                        "input \"" + input.name() + "\"",
                        "is no parameter of forward(" + shown + ")");
            }
        }
        for (Parameter parameter : parameters) {
            if (!parameter.optional() && options.input(parameter.name()).isEmpty()) {
                problems.malformed(
                        SourceLocation.file(expression.file()),
                        "parameter \"" + parameter.name() + "\" of forward",
                        "has no --input that tells its shape");
            }
        }
        problems.throwIfAny();
        return parameters.stream()
                .map(parameter -> options.input(parameter.name()).orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }

    private record Parameter(String name, boolean optional, int kind) {
        static final int ANY_NUMBER = 2;
    }

    private List<Parameter> parameters(Value network) {
        Value found = run("parameters", network);
        List<Parameter> parameters = new ArrayList<>();
        for (long i = 0; i < found.getArraySize(); i++) {
            Value item = found.getArrayElement(i);
            parameters.add(new Parameter(
                    item.getArrayElement(0).asString(),
                    item.getArrayElement(1).asBoolean(),
                    item.getArrayElement(2).asInt()));
        }
        return parameters;
    }

    /** The outputs' names: dictionary keys, and output_0, output_1 for those without. */
    private static List<String> names(Value outputs) {
        List<String> names = new ArrayList<>();
        for (long i = 0; i < outputs.getArraySize(); i++) {
            String name = outputs.getArrayElement(i).getArrayElement(0).asString();
            names.add(name.isEmpty() ? "output_" + i : name);
        }
        return names;
    }
}
