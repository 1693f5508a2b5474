package dev.entrepot.traced;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.graalvm.polyglot.Value;

/** A network in Python source, with its weights, becomes ONNX: the source is run once and every operator it calls is lowered. */
public final class SourceImporter {

    private final SourceExpression expression;
    private final Weights weights;
    private final ImportOptions options;
    private final Sandbox sandbox;
    private final TracedFramework framework;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    private SourceImporter(
            TracedFramework framework,
            SourceExpression expression,
            Weights weights,
            ImportOptions options,
            Sandbox sandbox) {
        this.framework = framework;
        this.expression = expression;
        this.weights = weights;
        this.options = options;
        this.sandbox = sandbox;
    }

    /**
     * Runs the source and lowers what it computes.
     *
     * @param framework the framework that the source is written for
     * @param files the source; one of them has the expression's file as its name
     * @param expression what makes the network
     * @param weights its weights
     * @param printer takes what the source prints
     * @throws ModelException with everything that is wrong with the source or the weights, with file and line
     */
    public static Imported lower(
            TracedFramework framework,
            List<PythonFile> files,
            SourceExpression expression,
            Weights weights,
            ImportOptions options,
            SandboxLimits limits,
            Consumer<String> printer) {
        try (Sandbox sandbox = new Sandbox(files, limits, printer)) {
            return new SourceImporter(framework, expression, weights, options, sandbox).lowered();
        }
    }

    /** Lowers; names that nobody has and operators that could not be lowered come before what may only follow from them. */
    private Imported lowered() {
        try {
            return unchecked();
        } catch (ModelException e) {
            if (e.kind() != Problem.Kind.LIMIT_EXCEEDED) {
                sandbox.requireNothingMissing();
                framework.notes().throwIfAny();
            }
            throw e;
        }
    }

    private Imported unchecked() {
        framework.connect(sandbox);
        Value network = run("make", expression.file(), expression.expression());
        bind(network);
        List<InputSpec> inputs = inputs(network);
        Value answer = traced(network, inputs);
        sandbox.requireNothingMissing();
        Value outputs = answer.getArrayElement(0);
        List<String> names = names(outputs);
        names.forEach(framework::reserve);
        for (int i = 0; i < names.size(); i++) {
            framework.output(names.get(i), outputs.getArrayElement(i).getArrayElement(1));
        }
        answer.getArrayElement(1).as(List.class).forEach(item -> dropped.add(String.valueOf(item)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("entrepot.source.framework", framework.name());
        Model model = Model.of(framework.build(), metadata);
        return new Imported(model, allWarnings(), framework.notes().approximations(), dropped);
    }

    private List<String> allWarnings() {
        List<String> all = new ArrayList<>(weights.notes());
        all.addAll(warnings);
        all.addAll(sandbox.warnings());
        all.addAll(framework.notes().warnings());
        return all;
    }

    private Value run(String function, Object... arguments) {
        return sandbox.call(sandbox.function(framework.module(), function), arguments);
    }

    private Value traced(Value network, List<InputSpec> inputs) {
        List<String> names = inputs.stream().map(InputSpec::name).toList();
        List<Object> values = inputs.stream().map(this::value).toList();
        return run("run", network, sandbox.list(names), sandbox.list(values), takesAny(network));
    }

    /** An input of the graph, or the plain value that is given for it. */
    private Object value(InputSpec input) {
        if (input.literal().isPresent()) {
            return sandbox.call(
                    sandbox.function("_network", "literal"),
                    input.name(),
                    input.literal().get());
        }
        if (input.fixed().isEmpty()) {
            return framework.input(input.name(), input.type(), input.shape());
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
                    shape(entry.getArrayElement(1)),
                    entry.getArrayElement(3).asBoolean(),
                    entry.getArrayElement(5).asBoolean(),
                    framework.dataType(entry.getArrayElement(2)),
                    Optional.of(entry.getArrayElement(4))
                            .filter(first -> !first.isNull())
                            .map(Value::asDouble)));
        }
        Map<String, Tensor> matched =
                weights.matched(state, framework::isCounter, expression.file(), options, warnings);
        List<String> names = List.copyOf(matched.keySet());
        List<Object> tensors = matched.entrySet().stream()
                .map(weight -> framework.parameter(weight.getKey(), weight.getValue()))
                .toList();
        run("bind_all", network, sandbox.list(names), sandbox.list(tensors));
    }

    /** A shape as the shim tells it: -1 where a size is open, None where even the number of axes is. */
    private static Shape shape(Value told) {
        if (told.isNull()) {
            return Shape.UNRANKED;
        }
        return Shape.of(LongStream.range(0, told.getArraySize())
                .map(i -> told.getArrayElement(i).asLong())
                .mapToObj(size -> size < 0 ? Dim.UNKNOWN : Dim.of(size))
                .toList());
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
        Set<String> known = parameters.stream().map(Parameter::name).collect(Collectors.toSet());
        List<InputSpec> others = options.inputs().stream()
                .filter(input -> !known.contains(input.name()))
                .toList();
        Optional<Parameter> dictionary = dictionary(parameters, others);
        Problems problems = new Problems();
        others.stream()
                .filter(input -> dictionary.isEmpty() || !input.staysInput())
                .forEach(input -> problems.malformed(
                        SourceLocation.file(expression.file()),
                        "input \"" + input.name() + "\"",
                        "is no parameter of forward(" + shown + ")"));
        for (Parameter parameter : parameters) {
            boolean spoken = options.input(parameter.name()).isPresent()
                    || dictionary.filter(parameter::equals).isPresent();
            if (!parameter.optional() && !spoken) {
                problems.malformed(
                        SourceLocation.file(expression.file()),
                        "parameter \"" + parameter.name() + "\" of forward",
                        "has no --input that tells its shape");
            }
        }
        problems.throwIfAny();
        List<InputSpec> inputs = new ArrayList<>(others);
        parameters.stream()
                .flatMap(parameter -> options.input(parameter.name()).stream())
                .forEach(inputs::add);
        return inputs;
    }

    /** The parameter that takes the inputs that are no parameters, by their names: {@code inputs} of {@code forward(inputs, outputs)}. */
    private Optional<Parameter> dictionary(List<Parameter> parameters, List<InputSpec> others) {
        return parameters.stream()
                .filter(parameter -> parameter.dictionary() && !others.isEmpty())
                .filter(parameter -> options.input(parameter.name()).isEmpty())
                .findFirst();
    }

    /** A parameter of forward: its name, whether it may be left out, Python's kind of it, whether it can be a dictionary of inputs. */
    private record Parameter(String name, boolean optional, int kind, boolean dictionary) {
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
                    item.getArrayElement(2).asInt(),
                    item.getArraySize() > 3 && item.getArrayElement(3).asBoolean()));
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
