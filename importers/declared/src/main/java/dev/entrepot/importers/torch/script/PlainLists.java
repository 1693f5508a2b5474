package dev.entrepot.importers.torch.script;

import static java.util.Map.entry;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.ListValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.script.ScriptValue.SequenceValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Operators on lists. Source: torch/csrc/jit/runtime/register_ops_utils.h. */
final class PlainLists {

    private PlainLists() {}

    static Stream<Map.Entry<String, PlainFunction>> table() {
        return Stream.of(
                entry("aten::append", PlainLists::append),
                entry("aten::extend", PlainLists::extend),
                entry("aten::insert", PlainLists::insert),
                entry("aten::reverse", PlainLists::reverse),
                entry("aten::remove", PlainLists::remove),
                entry("aten::count", PlainLists::count),
                entry("aten::index", PlainLists::index),
                entry("aten::list", PlainLists::copy),
                entry("aten::sorted", PlainLists::sorted),
                entry("aten::sort", PlainLists::sort),
                entry("aten::slice", PlainLists::slice),
                entry("aten::any", call -> quantified(call, "Or", false)),
                entry("aten::all", call -> quantified(call, "And", true)));
    }

    private static Optional<ListValue> list(PlainCall call) {
        return call.get(0) instanceof ListValue list ? Optional.of(list) : Optional.empty();
    }

    /** The list, about to be changed. */
    private static Optional<ListValue> changing(PlainCall call) {
        Optional<ListValue> list = list(call);
        list.ifPresent(call.journal()::changing);
        return list;
    }

    /** Grows a list of tensors whose length is open. */
    static void append(PlainCall call, SequenceValue list, IValue item) {
        if (!(item instanceof TensorRef tensor)) {
            throw call.graph()
                    .unsupported(call.op(), "puts a " + item.sort() + " into a list whose length depends on data");
        }
        list.set(call.graph().builder().add("SequenceInsert", list.sequence(), tensor.value()));
    }

    private static Optional<IValue> append(PlainCall call) {
        if (call.get(0) instanceof SequenceValue list) {
            call.journal().changing(list);
            append(call, list, call.get(1));
            return Optional.of(list);
        }
        return changing(call).map(list -> {
            list.items().add(call.get(1));
            return list;
        });
    }

    private static Optional<IValue> extend(PlainCall call) {
        return changing(call).map(list -> {
            list.items().addAll(List.copyOf(call.items(1)));
            return IValue.NONE;
        });
    }

    private static Optional<IValue> insert(PlainCall call) {
        return changing(call).map(list -> {
            int size = list.items().size();
            long at = call.integer(1);
            list.items().add((int) Math.max(0, Math.min(size, at < 0 ? at + size : at)), call.get(2));
            return IValue.NONE;
        });
    }

    private static Optional<IValue> reverse(PlainCall call) {
        return changing(call).map(list -> {
            Collections.reverse(list.items());
            return IValue.NONE;
        });
    }

    private static Optional<IValue> remove(PlainCall call) {
        return changing(call).map(list -> {
            list.items().remove(find(call, list));
            return IValue.NONE;
        });
    }

    private static Optional<IValue> index(PlainCall call) {
        boolean search = call.count() == 2 && !(call.get(1) instanceof ListValue);
        return search ? list(call).map(list -> IValue.of(find(call, list))) : Optional.empty();
    }

    private static int find(PlainCall call, ListValue list) {
        for (int i = 0; i < list.items().size(); i++) {
            if (isEqual(call, list.items().get(i), call.get(1))) {
                return i;
            }
        }
        throw call.malformed("does not find " + call.get(1) + " in the list");
    }

    private static Optional<IValue> count(PlainCall call) {
        return list(call)
                .map(list -> IValue.of(list.items().stream()
                        .filter(item -> isEqual(call, item, call.get(1)))
                        .count()));
    }

    private static boolean isEqual(PlainCall call, IValue a, IValue b) {
        IValue same = Comparisons.equal(call.graph(), a, b).orElse(IValue.of(a == b));
        if (same instanceof IValue.Bool known) {
            return known.value();
        }
        throw call.graph().unsupported(call.op(), "depends on whether " + a + " is " + b + ", which is open");
    }

    private static Optional<IValue> copy(PlainCall call) {
        if (call.get(0) instanceof IValue.Text text) {
            return Optional.of(IValue.list(text.value()
                    .codePoints()
                    .mapToObj(c -> IValue.of(Character.toString(c)))
                    .toList()));
        }
        return PlainCall.itemsOf(call.get(0)).map(IValue::list);
    }

    private static Optional<IValue> sorted(PlainCall call) {
        return PlainCall.itemsOf(call.get(0)).map(items -> {
            List<IValue> ordered = new ArrayList<>(items);
            ordered.sort(order(call));
            return IValue.list(ordered);
        });
    }

    private static Optional<IValue> sort(PlainCall call) {
        return changing(call).map(list -> {
            boolean backwards = call.get(1) instanceof IValue.Bool reverse && reverse.value();
            list.items().sort(backwards ? order(call).reversed() : order(call));
            return IValue.NONE;
        });
    }

    private static Comparator<IValue> order(PlainCall call) {
        return (a, b) -> {
            if (a instanceof IValue.Text x && b instanceof IValue.Text y) {
                return x.value().compareTo(y.value());
            }
            Optional<Double> x = call.graph().knownNumber(a);
            Optional<Double> y = call.graph().knownNumber(b);
            if (x.isEmpty() || y.isEmpty() || a instanceof TensorRef || b instanceof TensorRef) {
                throw call.graph().unsupported(call.op(), "orders values that are only known when the model runs");
            }
            return Double.compare(x.get(), y.get());
        };
    }

    private static Optional<IValue> slice(PlainCall call) {
        if (call.get(0) instanceof IValue.Text text) {
            StringBuilder cut = new StringBuilder();
            positions(call, text.value().length())
                    .forEach(i -> cut.append(text.value().charAt(i)));
            return Optional.of(IValue.of(cut.toString()));
        }
        return PlainCall.itemsOf(call.get(0)).map(items -> {
            List<IValue> cut =
                    positions(call, items.size()).stream().map(items::get).toList();
            return call.get(0) instanceof ListValue ? IValue.list(cut) : IValue.tuple(cut);
        });
    }

    /** The positions that {@code start:end:step} of arguments 1 to 3 means. */
    private static List<Integer> positions(PlainCall call, int size) {
        long step = call.isNone(3) ? 1 : call.integer(3);
        if (step == 0) {
            throw call.malformed("has a step of 0");
        }
        long start = call.isNone(1) ? (step > 0 ? 0 : size - 1) : bound(call.integer(1), size, step);
        long end = call.isNone(2) ? (step > 0 ? size : -1) : bound(call.integer(2), size, step);
        List<Integer> positions = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            positions.add((int) i);
        }
        return positions;
    }

    private static long bound(long at, int size, long step) {
        long fromFront = at < 0 ? at + size : at;
        return step > 0 ? Math.max(0, Math.min(size, fromFront)) : Math.max(-1, Math.min(size - 1, fromFront));
    }

    private static Optional<IValue> quantified(PlainCall call, String op, boolean start) {
        if (!(call.get(0) instanceof ListValue list)) {
            return Optional.empty();
        }
        IValue answer = IValue.of(start);
        for (IValue item : list.items()) {
            answer = Comparisons.combined(
                    call.graph(),
                    op,
                    answer,
                    Comparisons.toBool(call.graph(), item).orElseThrow());
        }
        return Optional.of(answer);
    }
}
