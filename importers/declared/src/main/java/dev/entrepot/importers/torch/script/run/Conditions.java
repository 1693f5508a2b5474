package dev.entrepot.importers.torch.script.run;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.Statement;
import dev.entrepot.importers.torch.aten.Branch;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.values.Frame;
import dev.entrepot.importers.torch.script.values.Journal;
import dev.entrepot.importers.torch.script.values.Journal.Contents;
import dev.entrepot.importers.torch.script.values.Merge;
import dev.entrepot.importers.torch.script.values.Merge.Merged;
import dev.entrepot.importers.torch.script.values.Reachable;
import dev.entrepot.importers.torch.script.values.Snapshot;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code if}. A condition that is known is followed; otherwise both branches are walked and become an If. A branch that raises cannot be
 * taken by a model that answers, so the other one is followed and the check is left out.
 */
final class Conditions {

    private final Interpreter interpreter;

    Conditions(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    /**
     * What became of a branch.
     *
     * @param raised why it cannot be taken
     * @param returned what it returns
     * @param assigned the variables that it assigned, with their values
     * @param changed the containers from before it that it changed
     * @param snapshot what all these held at its end
     */
    private record Outcome(
            @Nullable RaisedException raised,
            @Nullable IValue returned,
            Map<String, IValue> assigned,
            Set<IValue> changed,
            Snapshot snapshot) {}

    @Nullable
    IValue run(Statement.If statement, Frame frame) {
        TorchGraph graph = interpreter.graph();
        IValue test = interpreter.truth(interpreter.value(statement.test(), frame), statement.where());
        if (test instanceof IValue.Bool known) {
            return interpreter.run(known.value() ? statement.then() : statement.otherwise(), frame);
        }
        return decideLater(statement, graph.toValue(test), frame);
    }

    private @Nullable IValue decideLater(Statement.If statement, Value condition, Frame frame) {
        TorchGraph graph = interpreter.graph();
        Branch<Outcome> then = walk("then", statement.then(), frame);
        Branch<Outcome> otherwise = walk("else", statement.otherwise(), frame);
        RaisedException raisedThen = then.result().raised();
        RaisedException raisedElse = otherwise.result().raised();
        if (raisedThen != null && raisedElse != null) {
            throw raisedThen;
        }
        if (raisedThen != null) {
            interpreter.drop(raisedThen);
            return interpreter.run(statement.otherwise(), frame);
        }
        if (raisedElse != null) {
            interpreter.drop(raisedElse);
            return interpreter.run(statement.then(), frame);
        }
        graph.at(statement.where());
        Optional<Boolean> filled = saysFilled(statement.test(), frame);
        if (filled.isPresent() && ranksDiffer(then.result(), otherwise.result())) {
            graph.approximation(
                    "if",
                    "treats empty tensors apart, as tensors of another rank; the ONNX model treats them like others");
            return interpreter.run(filled.get() ? statement.then() : statement.otherwise(), frame);
        }
        return merge(statement, condition, then, otherwise, frame);
    }

    /** Whether a condition is true exactly if there is something ({@code n > 0}) or nothing ({@code n == 0}); empty if it is another. */
    private Optional<Boolean> saysFilled(Expression test, Frame frame) {
        boolean compares = test instanceof Expression.Call call
                && call.callee() instanceof Expression.Attribute function
                && List.of("gt", "ne", "eq").contains(function.name())
                && call.positional().size() == 2
                && call.positional().get(0) instanceof Expression.Name
                && call.positional().get(1) instanceof Expression.IntLiteral zero
                && zero.value() == 0;
        if (!compares) {
            return Optional.empty();
        }
        Expression.Call call = (Expression.Call) test;
        IValue count = interpreter.value(call.positional().get(0), frame);
        return count instanceof IValue.Int
                ? Optional.of(!((Expression.Attribute) call.callee()).name().equals("eq"))
                : Optional.empty();
    }

    private static boolean ranksDiffer(Outcome left, Outcome right) {
        for (Map.Entry<String, IValue> variable : left.assigned().entrySet()) {
            boolean differs = variable.getValue() instanceof TensorRef a
                    && right.assigned().get(variable.getKey()) instanceof TensorRef b
                    && left.snapshot().of(a).shape().ranked()
                    && right.snapshot().of(b).shape().ranked()
                    && left.snapshot().of(a).shape().rank()
                            != right.snapshot().of(b).shape().rank();
            if (differs) {
                return true;
            }
        }
        return false;
    }

    private Branch<Outcome> walk(String name, List<Statement> body, Frame frame) {
        Map<String, IValue> before = frame.saved();
        Journal journal = interpreter.journal();
        journal.begin();
        int depth = interpreter.frames().size();
        try {
            return interpreter.graph().branch(name, () -> {
                @Nullable RaisedException raised = null;
                @Nullable IValue returned = null;
                try {
                    returned = interpreter.run(body, frame);
                } catch (RaisedException e) {
                    raised = e;
                    while (interpreter.frames().size() > depth) {
                        interpreter.frames().pop();
                    }
                }
                return outcome(raised, returned, before, frame);
            });
        } finally {
            journal.end();
            frame.restore(before);
        }
    }

    private Outcome outcome(
            @Nullable RaisedException raised, @Nullable IValue returned, Map<String, IValue> before, Frame frame) {
        Snapshot snapshot = new Snapshot();
        Map<String, IValue> assigned = new LinkedHashMap<>();
        frame.locals().forEach((name, value) -> {
            if (before.get(name) != value) {
                assigned.put(name, value);
                snapshot.add(value);
            }
        });
        if (returned != null) {
            snapshot.add(returned);
        }
        Set<IValue> changed = new LinkedHashSet<>();
        Map<IValue, Contents> changes = interpreter.journal().changes();
        if (!changes.isEmpty()) {
            Map<String, IValue> after = frame.saved();
            frame.restore(before);
            Set<IValue> reachable = Reachable.from(interpreter.frames());
            frame.restore(after);
            changes.keySet().stream().filter(reachable::contains).forEach(container -> {
                changed.add(container);
                snapshot.add(container);
                Journal.contents(container).items().forEach(snapshot::add);
                Journal.contents(container).entries().values().forEach(snapshot::add);
            });
        }
        return new Outcome(raised, returned, assigned, changed, snapshot);
    }

    private @Nullable IValue merge(
            Statement.If statement, Value condition, Branch<Outcome> then, Branch<Outcome> otherwise, Frame frame) {
        TorchGraph graph = interpreter.graph();
        Outcome left = then.result();
        Outcome right = otherwise.result();
        if ((left.returned() == null) != (right.returned() == null)) {
            throw ModelException.unsupported(
                    statement.where(), "if", "returns in one branch only, and its condition depends on data");
        }
        Merge merge = new Merge(
                graph,
                new Merge.Side(then.builder(), left.snapshot()),
                new Merge.Side(otherwise.builder(), right.snapshot()));
        Map<TensorRef, Merged> writes = writes(merge, then, otherwise);
        Map<String, Merged> variables = new LinkedHashMap<>();
        for (Map.Entry<String, IValue> variable : left.assigned().entrySet()) {
            IValue other = right.assigned()
                    .getOrDefault(variable.getKey(), frame.locals().get(variable.getKey()));
            if (other != null) {
                variables.put(variable.getKey(), merge.of(variable.getKey(), variable.getValue(), other));
            }
        }
        for (Map.Entry<String, IValue> variable : right.assigned().entrySet()) {
            IValue other = frame.locals().get(variable.getKey());
            if (other != null && !left.assigned().containsKey(variable.getKey())) {
                variables.put(variable.getKey(), merge.of(variable.getKey(), other, variable.getValue()));
            }
        }
        Set<IValue> changed = new LinkedHashSet<>(left.changed());
        changed.addAll(right.changed());
        Map<IValue, Function<List<Value>, Contents>> containers = new IdentityHashMap<>();
        changed.forEach(container -> containers.put(container, merge.contents("a " + container.sort(), container)));
        @Nullable
        Merged returned = left.returned() == null || right.returned() == null
                ? null
                : merge.of("the result", left.returned(), right.returned());

        List<Value> outputs = node(condition, then, otherwise, merge);
        writes.forEach((tensor, merged) -> tensor.assign(((TensorRef) merged.apply(outputs)).value()));
        variables.forEach((name, merged) -> frame.set(name, merged.apply(outputs)));
        containers.forEach((container, merged) -> {
            interpreter.journal().changing(container);
            Journal.put(container, merged.apply(outputs));
        });
        return returned == null ? null : returned.apply(outputs);
    }

    /** Tensors from before the branches that one of them wrote. */
    private Map<TensorRef, Merged> writes(Merge merge, Branch<Outcome> then, Branch<Outcome> otherwise) {
        Set<TensorRef> written = new LinkedHashSet<>(then.writes().keySet());
        written.addAll(otherwise.writes().keySet());
        Map<TensorRef, Merged> writes = new LinkedHashMap<>();
        for (TensorRef tensor : written) {
            Value left = then.writes().getOrDefault(tensor, tensor.value());
            Value right = otherwise.writes().getOrDefault(tensor, tensor.value());
            writes.put(
                    tensor,
                    merge.of(
                            "a tensor",
                            interpreter.graph().tensor(left),
                            interpreter.graph().tensor(right)));
        }
        return writes;
    }

    private List<Value> node(Value condition, Branch<Outcome> then, Branch<Outcome> otherwise, Merge merge) {
        if (merge.leftOutputs().isEmpty()) {
            return List.of();
        }
        merge.leftOutputs().forEach(then.builder()::output);
        merge.rightOutputs().forEach(otherwise.builder()::output);
        Attributes branches = Attributes.NONE
                .with("then_branch", then.builder().build())
                .with("else_branch", otherwise.builder().build());
        return new ArrayList<>(
                interpreter.graph().builder().add("If", merge.leftOutputs().size(), branches, List.of(condition)));
    }
}
