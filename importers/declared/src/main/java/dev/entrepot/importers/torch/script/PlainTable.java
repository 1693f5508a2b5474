package dev.entrepot.importers.torch.script;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.script.ScriptValue.SequenceValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The operators that TorchScript code calls on values that are no tensors, and what becomes of them. The only such list. */
final class PlainTable {

    private static final Map<String, PlainFunction> TABLE = Map.ofEntries(Stream.of(
                    PlainNumbers.table(),
                    Comparisons.table(),
                    PlainLists.table(),
                    PlainContainers.table(),
                    PlainTexts.table(),
                    PlainFacts.table())
            .flatMap(family -> family)
            .toArray(Map.Entry[]::new));

    private PlainTable() {}

    /** The operator's result, if these arguments are plain values to it. */
    static Optional<IValue> call(PlainCall call) {
        Optional<IValue> combined = containers(call);
        if (combined.isPresent()) {
            return combined;
        }
        PlainFunction function = TABLE.get(call.op());
        return function == null ? Optional.empty() : function.apply(call);
    }

    /** Sums and products of lists and texts. */
    private static Optional<IValue> containers(PlainCall call) {
        if (call.count() != 2) {
            return Optional.empty();
        }
        IValue left = call.get(0);
        IValue right = call.get(1);
        if (call.op().equals("aten::add") || call.op().equals("aten::add_")) {
            if (left instanceof IValue.Text a && right instanceof IValue.Text b) {
                return Optional.of(IValue.of(a.value() + b.value()));
            }
            if (left instanceof IValue.ListValue a && right instanceof IValue.ListValue b) {
                if (call.op().equals("aten::add")) {
                    return Optional.of(IValue.list(Stream.concat(a.items().stream(), b.items().stream())
                            .toList()));
                }
                call.journal().changing(a);
                a.items().addAll(List.copyOf(b.items()));
                return Optional.of(a);
            }
            return grown(call, left, right);
        }
        if (call.op().equals("aten::mul") && left instanceof IValue.ListValue list && right instanceof IValue.Int) {
            return Optional.of(repeated(call, list));
        }
        return Optional.empty();
    }

    private static Optional<IValue> grown(PlainCall call, IValue left, IValue right) {
        if (!(left instanceof SequenceValue list) || !(right instanceof IValue.ListValue more)) {
            return Optional.empty();
        }
        SequenceValue grown = new SequenceValue(list.sequence());
        more.items().forEach(item -> PlainLists.append(call, grown, item));
        return Optional.of(grown);
    }

    private static IValue repeated(PlainCall call, IValue.ListValue list) {
        IValue.ListValue repeated = IValue.list(List.of());
        long times = call.integer(1);
        if (times * list.items().size() > 1 << 20) {
            throw call.malformed("repeats a list of " + list.items().size() + " items " + times + " times");
        }
        for (long i = 0; i < times; i++) {
            repeated.items().addAll(list.items());
        }
        return repeated;
    }
}
