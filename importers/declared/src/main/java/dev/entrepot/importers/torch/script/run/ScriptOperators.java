package dev.entrepot.importers.torch.script.run;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.schema.AtenSchemas;
import dev.entrepot.importers.torch.schema.FunctionSchema;
import dev.entrepot.importers.torch.script.values.Journal;
import dev.entrepot.importers.torch.script.values.ScriptValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.EnumValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.Future;
import dev.entrepot.importers.torch.script.values.ScriptValue.Maybe;
import dev.entrepot.importers.torch.script.values.ScriptValue.SequenceValue;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Operators on values that only TorchScript code has: lists whose length is open, values that may be None, members of enums, what was
 * forked. All others are in the graph's table.
 */
final class ScriptOperators {

    private final TorchGraph graph;
    private final Journal journal;

    ScriptOperators(TorchGraph graph, Journal journal) {
        this.graph = graph;
        this.journal = journal;
    }

    /** The operator's result, if it is called on such a value. */
    Optional<IValue> call(String op, List<IValue> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        IValue first = arguments.get(0);
        if (op.equals("aten::wait")) {
            return Optional.of(first instanceof Future future ? future.value() : first);
        } else if (first instanceof EnumValue member) {
            return ofEnum(op, member);
        } else if (op.startsWith("aten::__is") && arguments.size() == 2) {
            return same(op, first, arguments.get(1));
        } else if (first instanceof Maybe maybe && op.matches(".*unwrap_optional|prim::unchecked_cast")) {
            return Optional.of(maybe.value());
        }
        return first instanceof SequenceValue list ? Optional.of(ofSequence(op, list, arguments)) : Optional.empty();
    }

    private static Optional<IValue> ofEnum(String op, EnumValue member) {
        return switch (op) {
            case "prim::EnumName" -> Optional.of(IValue.of(member.name()));
            case "prim::EnumValue" -> Optional.of(member.value());
            default -> Optional.empty();
        };
    }

    /** Whether a value that may be None is None. */
    private Optional<IValue> same(String op, IValue a, IValue b) {
        if (!(a instanceof Maybe maybe)) {
            return b instanceof Maybe ? same(op, b, a) : Optional.empty();
        }
        boolean asksNone = b instanceof IValue.None;
        if (!asksNone) {
            return Optional.empty();
        }
        IValue present = new IValue.Scalar(maybe.present());
        return Optional.of(op.equals("aten::__isnot__") ? present : graph.call("aten::__not__", present));
    }

    private IValue ofSequence(String op, SequenceValue list, List<IValue> arguments) {
        return switch (op) {
            case "aten::len" -> graph.item(graph.builder().add("SequenceLength", list.sequence()));
            case "aten::__getitem__" ->
                graph.tensor(graph.builder()
                        .add("SequenceAt", list.sequence(), graph.scalar(graph.toSize(arguments.get(1)))));
            case "aten::append" -> grown(op, list, arguments.subList(1, 2));
            case "aten::add_", "aten::extend" -> grown(op, list, items(op, arguments.get(1)));
            case "aten::add" -> grown(op, new SequenceValue(list.sequence()), items(op, arguments.get(1)));
            case "aten::cat" -> joined(list, arguments, 0);
            case "aten::stack" -> joined(list, arguments, 1);
            default -> throw graph.unsupported(op, "is called on a list whose length depends on data");
        };
    }

    private List<IValue> items(String op, IValue more) {
        return ScriptValue.itemsOf(more)
                .orElseThrow(() -> graph.unsupported(
                        op, "adds a " + more.sort() + " to a list whose length depends on data, expected a list"));
    }

    private IValue grown(String op, SequenceValue list, List<IValue> items) {
        journal.changing(list);
        for (IValue item : items) {
            if (!(item instanceof TensorRef tensor)) {
                throw graph.unsupported(op, "puts a " + item.sort() + " into a list whose length depends on data");
            }
            list.set(graph.builder().add("SequenceInsert", list.sequence(), tensor.value()));
        }
        return list;
    }

    private IValue joined(SequenceValue list, List<IValue> arguments, long newAxis) {
        long axis = arguments.size() < 2
                ? 0
                : graph.toSize(arguments.get(1))
                        .number()
                        .orElseThrow(() -> graph.unsupported("cat", "needs to know along which dimension it joins"));
        Attributes attributes = Attributes.of("axis", axis).with("new_axis", newAxis);
        Value value = graph.builder().add("ConcatFromSequence", attributes, list.sequence());
        return graph.tensor(value);
    }

    /** Tells the journal of the list or dictionary that an operator is about to change. */
    void noteChange(String op, List<IValue> arguments) {
        boolean container = !arguments.isEmpty()
                && (arguments.get(0) instanceof IValue.ListValue || arguments.get(0) instanceof IValue.DictValue);
        if (container && AtenSchemas.overloads(op).stream().anyMatch(ScriptOperators::changesContainer)) {
            journal.changing(arguments.get(0));
        }
    }

    private static boolean changesContainer(FunctionSchema schema) {
        return schema.arguments().stream()
                .limit(1)
                .flatMap(argument -> argument.alias().stream())
                .anyMatch(alias -> alias.write() && alias.depth() == 0);
    }
}
