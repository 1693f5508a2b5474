package dev.entrepot.importers.chainer.call;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.WalkNotes;
import dev.entrepot.importers.size.SizeScope;
import dev.entrepot.importers.size.Sizes;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.infer.InvalidNodeException;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A Chainer program on its way into an ONNX graph: whoever runs the source calls functions here, by the names that
 * {@code chainer.functions} gives them.
 *
 * <p>What cannot be lowered is noted, its result is {@link Argument#BROKEN}, and the walk goes on, so that all of it is reported at once.
 */
public final class ChainerGraph {

    private final Function<String, Optional<Support>> functions;
    private final GraphBuilder builder;
    private final Sizes sizes;
    private final WalkNotes notes;
    private final Map<String, Value> parameters = new HashMap<>();
    private final Set<String> outputs = new HashSet<>();

    /**
     * An empty graph.
     *
     * @param functions what functions mean, by name
     * @param name the graph's name
     * @param where the file, for messages
     */
    public ChainerGraph(Function<String, Optional<Support>> functions, String name, SourceLocation where) {
        this.functions = functions;
        this.builder = new GraphBuilder(name);
        this.sizes = new Sizes(SizeScope.of(builder));
        this.notes = new WalkNotes("link", where);
    }

    /** Where the walk stands and what it found. */
    public WalkNotes notes() {
        return notes;
    }

    /** The graph that nodes go into. */
    public GraphBuilder builder() {
        return builder;
    }

    /** What is known of symbolic sizes. */
    public Sizes sizes() {
        return sizes;
    }

    /** Adds a graph input; the symbols in its shape stand for sizes of 1 and more. */
    public Value input(String name, DataType type, Shape shape) {
        Value value = builder.input(name, type, shape);
        sizes.declare(value);
        return value;
    }

    /** An array of the model's files under its own path, such as {@code conv1/W}; one path is one array. */
    public Value parameter(String path, Tensor tensor) {
        return parameters.computeIfAbsent(path, key -> builder.initializer(key, tensor));
    }

    /** Makes a value an output under this name. */
    public void output(String name, Argument value) {
        if (value.isBroken()) {
            return;
        }
        if (!(value instanceof Argument.Array array)) {
            throw notes.malformed("output \"" + name + "\"", "is " + value.sort() + ", expected a variable");
        }
        Value made = array.value();
        boolean fresh = !builder.isInput(made) && builder.constantOf(made).isEmpty() && outputs.add(made.name());
        builder.output(builder.rename(fresh ? made : builder.add("Identity", made), name));
    }

    /**
     * The graph, when everything is called.
     *
     * @throws ModelException with all that could not be lowered
     */
    public Graph build() {
        notes.throwIfAny();
        return builder.build();
    }

    /** Whether a function of this name is known, be it refused. */
    public boolean knows(String function) {
        return functions.apply(function).isPresent();
    }

    /** Calls a function, such as {@code max_pooling_2d}. */
    public Argument call(String function, List<Argument> positional, Map<String, Argument> keyword) {
        Optional<Support> support = functions.apply(function);
        if (support.isEmpty() || support.get() instanceof Support.Refused) {
            String why =
                    support.map(known -> ((Support.Refused) known).reason()).orElse("is not known here");
            notes.note(notes.unsupported(function, why));
            return Argument.BROKEN;
        }
        if (positional.stream().anyMatch(Argument::isBroken)
                || keyword.values().stream().anyMatch(Argument::isBroken)) {
            return Argument.BROKEN;
        }
        builder.origin(new Origin(notes.where().file(), notes.layer(), function));
        Support.Lowered lowered = (Support.Lowered) support.get();
        try {
            return lowered.lowering().lower(FunctionCall.bind(this, lowered.signature(), positional, keyword));
        } catch (ModelException e) {
            notes.note(e);
        } catch (InvalidNodeException e) {
            notes.note(notes.malformed(function, String.valueOf(e.getMessage())));
        }
        return Argument.BROKEN;
    }
}
