package dev.entrepot.importers.torch.script;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that a model changes while it runs, and what they are when a call begins. A tensor becomes an input, and its new value an
 * output. A number that ends as it began, from the second call on, is that number.
 */
final class States {

    /** What an attribute is when a call begins. */
    private sealed interface Start {
        /** An input of this type. */
        record Input(DataType type, Shape shape) implements Start {}

        /** This value. */
        record Fixed(IValue value) implements Start {}
    }

    private final Map<String, Start> starts = new LinkedHashMap<>();
    private final Map<String, InputSpec> given = new LinkedHashMap<>();

    /** What the user says about attributes; what else the user speaks about are parameters. */
    States(ImportOptions options) {
        options.inputs().forEach(input -> given.put(input.name(), input));
    }

    /** The attribute's value when a call begins; empty if it is what the file holds. */
    Optional<IValue> value(TorchGraph graph, String path) {
        InputSpec spec = given.get(path);
        if (spec != null) {
            return Optional.of(spec.fixed()
                    .map(ForwardInputs::number)
                    .orElseGet(() -> input(graph, path, spec.type(), spec.shape())));
        }
        Start start = starts.get(path);
        if (start instanceof Start.Input input) {
            return Optional.of(input(graph, path, input.type(), input.shape()));
        }
        return start instanceof Start.Fixed fixed ? Optional.of(fixed.value()) : Optional.empty();
    }

    private static IValue input(TorchGraph graph, String path, DataType type, Shape shape) {
        return graph.input(path, type, shape);
    }

    /** Whether the attribute is an input of the model, so that its new value is an output. */
    boolean isInput(String path) {
        InputSpec spec = given.get(path);
        return spec != null ? spec.fixed().isEmpty() : starts.get(path) instanceof Start.Input;
    }

    /** What is said about attributes, by path. */
    Map<String, InputSpec> given() {
        return given;
    }

    /**
     * Learns from a walk what attributes are when the next call begins.
     *
     * @return whether that is something else than was assumed
     */
    boolean learn(TorchGraph graph, Map<String, IValue> written, Map<String, Shape> inFile) {
        boolean changed = false;
        for (Map.Entry<String, IValue> attribute : written.entrySet()) {
            String path = attribute.getKey();
            if (!given.containsKey(path)) {
                Optional<Start> next = next(graph, attribute.getValue(), inFile.get(path));
                changed |= next.isPresent() && !next.get().equals(starts.put(path, next.get()));
            }
        }
        return changed;
    }

    private static Optional<Start> next(TorchGraph graph, IValue value, @Nullable Shape inFile) {
        if (value instanceof TensorRef tensor) {
            Shape shape = inFile != null && inFile.isStatic() && inFile.elementCount() > 0 ? inFile : tensor.shape();
            return Optional.of(new Start.Input(tensor.dataType(), shape));
        }
        boolean known =
                graph.knownNumber(value).isPresent() || value instanceof IValue.Text || value instanceof IValue.None;
        if (known) {
            return Optional.of(new Start.Fixed(value));
        }
        if (value.isNumber()) {
            return Optional.of(new Start.Input(Promotion.ofNumber(value), Shape.SCALAR));
        }
        return Optional.empty();
    }
}
