package dev.entrepot.importers.torch.script.run;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.Statement;
import dev.entrepot.importers.torch.aten.Branch;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.ListValue;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.values.Frame;
import dev.entrepot.importers.torch.script.values.Journal;
import dev.entrepot.importers.torch.script.values.Reachable;
import dev.entrepot.importers.torch.script.values.ScriptValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.SequenceValue;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A loop whose number of rounds is only known when the model runs. Its body is walked with stand-ins for all that a round hands on to the
 * next, again and again until it is known what that is: variables, tensors that are written in place, lists that grow.
 */
final class DataLoop {

    private static final int MOST_WALKS = 6;

    private final Interpreter interpreter;
    private final TorchGraph graph;
    private final SourceLocation where;
    private final List<Statement> body;
    private final Frame frame;
    private final Map<String, IValue> before;

    /** What rounds hand on, with the types of the stand-ins. */
    private final Map<Slot, ValueType> slots = new LinkedHashMap<>();

    /** Lists from before the loop that grow in it, which are sequences in it and behind it. */
    private final Map<ListValue, SequenceValue> growing = new IdentityHashMap<>();

    /** The types of the tensors that a walk put last into the lists it changed. */
    private final Map<ListValue, ValueType> lastItems = new IdentityHashMap<>();

    /** A place whose value one round hands on to the next. */
    private sealed interface Slot {
        /** A tensor or number in a variable, at a path of positions in lists and tuples. */
        record Variable(String name, List<Integer> path) implements Slot {}

        /** A tensor that is written in place. */
        record Written(TensorRef tensor) implements Slot {}

        /** A list that grows. */
        record Grown(SequenceValue list) implements Slot {}
    }

    /** What became of a walk. */
    private record Round(
            Map<Slot, Value> inputs, Map<Slot, Value> outputs, Value goesOn, boolean complete, GraphBuilder builder) {}

    DataLoop(Interpreter interpreter, SourceLocation where, List<Statement> body, Frame frame) {
        this.interpreter = interpreter;
        this.graph = interpreter.graph();
        this.where = where;
        this.body = body;
        this.frame = frame;
        this.before = frame.saved();
    }

    /**
     * Adds the loop.
     *
     * @param trips how often at most, of a {@code for}
     * @param test the condition and its first value, of a {@code while}
     * @param counter the variable that counts, of a {@code for}
     */
    void run(Optional<Value> trips, Optional<Map.Entry<Expression, Value>> test, Optional<Expression> counter) {
        for (String name : AssignedNames.in(body)) {
            IValue value = before.get(name);
            if (value != null) {
                slots(name, value, List.of());
            }
        }
        for (int walk = 0; walk < MOST_WALKS; walk++) {
            Round round = walk(test.map(Map.Entry::getKey), counter);
            if (round.complete) {
                finish(round, trips, test.map(Map.Entry::getValue));
                return;
            }
        }
        throw ModelException.unsupported(
                where, "loop", "runs as often as data say, and what its rounds hand on changes its type");
    }

    private void slots(String name, IValue value, List<Integer> path) {
        if (value instanceof TensorRef tensor) {
            slots.put(new Slot.Variable(name, path), tensor.value().type());
        } else if (value.isNumber()) {
            slots.put(new Slot.Variable(name, path), ValueType.tensor(Promotion.ofNumber(value), Shape.SCALAR));
        } else {
            List<IValue> items = ScriptValue.itemsOf(value).orElse(List.of());
            for (int i = 0; i < items.size(); i++) {
                List<Integer> inner = new ArrayList<>(path);
                inner.add(i);
                slots(name, items.get(i), List.copyOf(inner));
            }
        }
    }

    private Round walk(Optional<Expression> test, Optional<Expression> counter) {
        Journal journal = interpreter.journal();
        journal.begin();
        frame.restore(before);
        int most = slots.size();
        try {
            Branch<Round> branch = graph.branch("loop", () -> round(test, counter));
            Round round = branch.result();
            boolean found = grownLists(journal) | writtenTensors(branch) | slots.size() > most;
            return found
                    ? new Round(round.inputs, round.outputs, round.goesOn, false, branch.builder())
                    : new Round(round.inputs, round.outputs, round.goesOn, round.complete, branch.builder());
        } finally {
            journal.end();
            frame.restore(before);
        }
    }

    private Round round(Optional<Expression> test, Optional<Expression> counter) {
        GraphBuilder builder = graph.builder();
        String prefix = "loop_" + interpreter.nextLoop() + "_";
        Value iteration = builder.input(prefix + "round", DataType.INT64, Shape.SCALAR);
        builder.input(prefix + "goes_on", DataType.BOOL, Shape.SCALAR);
        Map<Slot, Value> inputs = new LinkedHashMap<>();
        growing.forEach((list, sequence) -> frame.locals().replaceAll((n, v) -> v == list ? sequence : v));
        for (Map.Entry<Slot, ValueType> slot : slots.entrySet()) {
            Value input = declare(builder, prefix + inputs.size(), slot.getValue());
            inputs.put(slot.getKey(), input);
            stand(slot.getKey(), input);
        }
        counter.ifPresent(target -> interpreter.assign(target, graph.item(iteration), frame));
        if (interpreter.run(body, frame) != null) {
            throw ModelException.unsupported(
                    where, "loop", "returns from within, and how often it runs depends on data");
        }
        graph.at(where);
        interpreter.journal().changes().forEach((changed, contents) -> {
            int last = contents.items().size() - 1;
            if (changed instanceof ListValue list
                    && last >= 0
                    && contents.items().get(last) instanceof TensorRef item) {
                lastItems.put(list, item.value().type());
            }
        });
        Value goesOn = test.map(expression ->
                        graph.toValue(interpreter.truth(interpreter.value(expression, frame), where), DataType.BOOL))
                .orElseGet(() -> graph.toValue(IValue.of(true), DataType.BOOL));
        Map<Slot, Value> outputs = new LinkedHashMap<>();
        boolean complete = true;
        for (Slot slot : new ArrayList<>(slots.keySet())) {
            Value output = result(slot);
            complete &= fits(slot, output);
            outputs.put(slot, output);
        }
        return new Round(inputs, outputs, goesOn, complete, builder);
    }

    private static Value declare(GraphBuilder builder, String name, ValueType type) {
        if (type instanceof ValueType.TensorType tensor) {
            return builder.input(name, tensor.type(), tensor.shape());
        }
        return builder.input(name, type);
    }

    /** Puts the stand-in into its place. */
    private void stand(Slot slot, Value input) {
        if (slot instanceof Slot.Variable variable) {
            IValue old = frame.locals().getOrDefault(variable.name(), IValue.NONE);
            frame.set(variable.name(), replaced(old, variable.path(), input));
        } else if (slot instanceof Slot.Written written) {
            written.tensor().assign(input);
        } else if (slot instanceof Slot.Grown grown) {
            interpreter.journal().changing(grown.list());
            grown.list().set(input);
        }
    }

    /** The value with what stands at a path replaced. */
    private IValue replaced(IValue old, List<Integer> path, Value input) {
        if (path.isEmpty()) {
            return old instanceof TensorRef ? graph.tensor(input) : graph.item(input);
        }
        List<IValue> items = new ArrayList<>(ScriptValue.itemsOf(old).orElseThrow());
        items.set(path.get(0), replaced(items.get(path.get(0)), path.subList(1, path.size()), input));
        return old instanceof ListValue ? IValue.list(items) : IValue.tuple(items);
    }

    private Value result(Slot slot) {
        if (slot instanceof Slot.Written written) {
            return written.tensor().value();
        } else if (slot instanceof Slot.Grown grown) {
            return grown.list().sequence();
        }
        Slot.Variable variable = (Slot.Variable) slot;
        IValue value = frame.locals().getOrDefault(variable.name(), IValue.NONE);
        for (int position : variable.path()) {
            List<IValue> items = ScriptValue.itemsOf(value).orElse(List.of());
            value = position < items.size() ? items.get(position) : IValue.NONE;
        }
        if (!(value instanceof TensorRef) && !value.isNumber()) {
            graph.throwIfAny();
            throw ModelException.unsupported(
                    where,
                    "loop",
                    "gives \"" + variable.name() + "\" as a " + value.sort()
                            + ", which is a tensor or number before it, and how often it runs depends on data");
        }
        return value instanceof TensorRef tensor
                ? tensor.value()
                : graph.toValue(value, ((ValueType.TensorType) typeOf(slot)).type());
    }

    /** Whether a stand-in's type can hold what a round gives; widens it otherwise. */
    private boolean fits(Slot slot, Value output) {
        if (!(slots.get(slot) instanceof ValueType.TensorType assumed)
                || !(output.type() instanceof ValueType.TensorType given)) {
            return true;
        }
        if (assumed.type() != given.type()) {
            throw ModelException.unsupported(where, "loop", "hands on a tensor of " + assumed + " as one of " + given);
        }
        Shape common = common(assumed.shape(), given.shape());
        slots.put(slot, ValueType.tensor(assumed.type(), common));
        return common.equals(assumed.shape());
    }

    private static Shape common(Shape a, Shape b) {
        if (!a.ranked() || !b.ranked() || a.rank() != b.rank()) {
            return Shape.UNRANKED;
        }
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < a.rank(); axis++) {
            dims.add(a.dim(axis).equals(b.dim(axis)) ? a.dim(axis) : Dim.UNKNOWN);
        }
        return Shape.of(dims);
    }

    private boolean grownLists(Journal journal) {
        boolean found = false;
        frame.restore(before);
        Set<IValue> reachable = Reachable.from(interpreter.frames());
        for (IValue changed : new LinkedHashSet<>(journal.changes().keySet())) {
            if (!reachable.contains(changed) || changed instanceof SequenceValue) {
                continue;
            }
            if (!(changed instanceof ListValue list) || !frame.locals().containsValue(list)) {
                throw ModelException.unsupported(
                        where, "loop", "changes a " + changed.sort() + ", and how often it runs depends on data");
            }
            found = true;
            grow(list);
        }
        return found;
    }

    private void grow(ListValue list) {
        if (!(lastItems.get(list) instanceof ValueType.TensorType item)) {
            throw ModelException.unsupported(
                    where,
                    "loop",
                    "puts something else than tensors into a list, and how often it runs depends on data");
        }
        Shape shape = list.items().isEmpty() && item.shape().isStatic() ? item.shape() : rankOf(item.shape());
        Value empty = graph.builder()
                .add("SequenceEmpty", Attributes.of("dtype", item.type().code()));
        SequenceValue sequence = new SequenceValue(empty);
        growing.put(list, sequence);
        slots.put(new Slot.Grown(sequence), new ValueType.SequenceType(ValueType.tensor(item.type(), shape)));
    }

    private static Shape rankOf(Shape shape) {
        return shape.ranked() ? Shape.ofRank(shape.rank()) : shape;
    }

    private boolean writtenTensors(Branch<?> branch) {
        boolean found = false;
        for (TensorRef tensor : branch.writes().keySet()) {
            found |= slots.putIfAbsent(new Slot.Written(tensor), tensor.value().type()) == null;
        }
        return found;
    }

    private void finish(Round round, Optional<Value> trips, Optional<Value> first) {
        GraphBuilder builder = round.builder;
        List<Value> ends = new ArrayList<>();
        graph.inside(builder, () -> {
            ends.add(builder.add("Identity", round.goesOn));
            round.outputs.values().forEach(output -> ends.add(builder.add("Identity", output)));
            return ends;
        });
        ends.forEach(builder::output);
        List<Value> inputs = new ArrayList<>();
        inputs.add(trips.orElse(Value.NONE));
        inputs.add(first.orElse(Value.NONE));
        slots.keySet().forEach(slot -> inputs.add(start(slot)));
        List<Value> results =
                graph.builder().add("Loop", slots.size(), Attributes.NONE.with("body", builder.build()), inputs);
        growing.forEach((list, sequence) -> frame.locals().replaceAll((n, v) -> v == list ? sequence : v));
        int at = 0;
        for (Slot slot : slots.keySet()) {
            Value result = results.get(at++);
            stand(slot, slot instanceof Slot.Grown ? result.withType(typeOf(slot)) : result);
        }
    }

    private ValueType typeOf(Slot slot) {
        return Objects.requireNonNull(slots.get(slot));
    }

    /** What a place holds before the first round. */
    private Value start(Slot slot) {
        if (slot instanceof Slot.Written written) {
            return written.tensor().value();
        } else if (slot instanceof Slot.Grown grown) {
            Value sequence = grown.list().sequence();
            for (Map.Entry<ListValue, SequenceValue> list : growing.entrySet()) {
                if (list.getValue() == grown.list()) {
                    for (IValue item : list.getKey().items()) {
                        sequence = graph.builder().add("SequenceInsert", sequence, graph.toValue(item));
                    }
                }
            }
            return sequence;
        }
        Slot.Variable variable = (Slot.Variable) slot;
        IValue value = before.getOrDefault(variable.name(), IValue.NONE);
        for (int position : variable.path()) {
            value = ScriptValue.itemsOf(value).orElseThrow().get(position);
        }
        DataType type = ((ValueType.TensorType) typeOf(slot)).type();
        return value instanceof TensorRef tensor ? tensor.value() : graph.toValue(value, type);
    }
}
