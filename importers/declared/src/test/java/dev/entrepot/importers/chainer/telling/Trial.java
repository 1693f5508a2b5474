package dev.entrepot.importers.chainer.telling;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.ChainerGraph;
import dev.entrepot.importers.chainer.functions.FunctionTable;
import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.Comparison;
import dev.entrepot.validator.compare.OutputComparison;
import dev.entrepot.validator.compare.Tolerance;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One call of a telling: lowered, run on ONNX Runtime, compared; once with known sizes and once with symbolic ones. */
final class Trial {

    private static final OnnxRuntime RUNTIME = OnnxRuntime.start();
    private static final SessionOptions CPU =
            SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU).withThreads(1);

    private final Telling telling;
    private final long seed;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private boolean symbolic;
    private ChainerGraph graph = fresh();

    Trial(Telling telling, long seed) {
        this.telling = telling;
        this.seed = seed;
    }

    private static ChainerGraph fresh() {
        return new ChainerGraph(FunctionTable::find, "telling", SourceLocation.file("telling"));
    }

    /** What is wrong, if anything is. */
    Optional<String> outcome() {
        return outcome("known sizes").or(() -> {
            symbolic = true;
            return outcome("symbolic sizes");
        });
    }

    private Optional<String> outcome(String how) {
        try {
            return tried().map(why -> how + ": " + why);
        } catch (ModelException e) {
            // A function may need to know sizes; that it says so is enough.
            boolean needsSizes = symbolic
                    && e.problems().stream()
                            .allMatch(problem -> problem.kind() == Problem.Kind.UNSUPPORTED
                                    && problem.why().contains("give the input's sizes as numbers"));
            return needsSizes ? Optional.empty() : Optional.of(how + ": " + e.problems());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Optional<String> tried() throws IOException {
        graph = fresh();
        inputs.clear();
        Call call = telling.draw().apply(new Dice(seed));
        List<Argument> positional = call.positional.stream().map(this::argument).toList();
        Map<String, Argument> keyword = new LinkedHashMap<>();
        call.keyword.forEach((name, value) -> keyword.put(name, argument(value)));
        Argument result = graph.call(telling.function(), positional, keyword);
        List<Argument> results = flat(result).toList();
        for (int i = 0; i < results.size(); i++) {
            graph.output("output_" + i, results.get(i));
        }
        Model model = Model.of(graph.build(), Map.of());
        Checker.require("telling", model);
        if (results.size() != call.expected.size()) {
            return Optional.of("gives " + results.size() + " results, expected " + call.expected.size());
        }
        return compared(call, run(model));
    }

    /** The arrays of a tuple and of tuples in it, in order. */
    private static Stream<Argument> flat(Argument result) {
        return result instanceof Argument.Items items ? items.items().stream().flatMap(Trial::flat) : Stream.of(result);
    }

    private Optional<String> compared(Call call, Map<String, Tensor> outputs) {
        for (int i = 0; i < call.expected.size(); i++) {
            Tensor expected = call.expected.get(i).tensor();
            Tensor actual = outputs.get("output_" + i);
            Tolerance tolerance = call.tolerance.orElse(Tolerance.standard(expected.type()));
            OutputComparison comparison = Comparison.of("output_" + i, expected, actual, tolerance);
            if (!comparison.passed()) {
                return Optional.of(call.positional.stream().map(Trial::shown).toList() + " " + call.keyword.keySet()
                        + " -> expected " + expected + ", got " + actual + ": " + comparison);
            }
        }
        return Optional.empty();
    }

    private static String shown(@Nullable Object argument) {
        return argument instanceof NdArray array
                ? array.type().numpyName() + Arrays.toString(array.shape())
                : argument instanceof Weight weight
                        ? shown(weight.array())
                        : argument instanceof int[] sizes ? Arrays.toString(sizes) : String.valueOf(argument);
    }

    private Map<String, Tensor> run(Model model) throws IOException {
        try (RunnableModel runnable = RunnableModel.of(ByteSource.of("telling.onnx", OnnxWriter.toBytes(model)));
                Session session = RUNTIME.open(runnable, CPU)) {
            Map<String, Tensor> used = new LinkedHashMap<>();
            session.inputs().forEach(input -> used.put(input.name(), inputs.get(input.name())));
            return session.run(used).outputs();
        }
    }

    private Argument argument(@Nullable Object value) {
        if (value == null) {
            return Argument.NONE;
        } else if (value instanceof NdArray array) {
            String name = "x" + inputs.size();
            inputs.put(name, array.tensor());
            return Argument.of(graph.input(name, array.type(), shape(array)));
        } else if (value instanceof Weight weight) {
            return Argument.of(graph.parameter(
                    "W" + System.identityHashCode(weight), weight.array().tensor()));
        } else if (value instanceof Argument ready) {
            return ready;
        } else if (value instanceof Boolean flag) {
            return Argument.of(flag.booleanValue());
        } else if (value instanceof Integer || value instanceof Long) {
            return Argument.of(((Number) value).longValue());
        } else if (value instanceof Double real) {
            return Argument.of(real.doubleValue());
        } else if (value instanceof DataType type) {
            return Argument.of(type.numpyName());
        } else if (value instanceof String text) {
            return Argument.of(text);
        } else if (value instanceof int[] sizes) {
            return Argument.ofAll(Arrays.stream(sizes).asLongStream().toArray());
        } else if (value instanceof List<?> items) {
            List<Argument> made = new ArrayList<>();
            items.forEach(item -> made.add(argument(item)));
            return Argument.of(made);
        }
        throw new IllegalArgumentException("no argument: " + value);
    }

    /** In the symbolic trial every axis longer than 1 has a symbol; axes of one size share it, as those of several inputs must. */
    private Shape shape(NdArray array) {
        return Shape.of(IntStream.of(array.shape())
                .mapToObj(size -> symbolic && size > 1 ? Dim.of("S" + size) : Dim.of(size))
                .toList());
    }
}
