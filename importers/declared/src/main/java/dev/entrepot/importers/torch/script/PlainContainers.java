package dev.entrepot.importers.torch.script;

import static java.util.Map.entry;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.DictValue;
import dev.entrepot.importers.torch.aten.IValue.ListValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.script.ScriptValue.SequenceValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Operators on dictionaries, and those that lists, dictionaries and texts share. Source: torch/csrc/jit/runtime/register_prim_ops.cpp. */
final class PlainContainers {

    private PlainContainers() {}

    static Stream<Map.Entry<String, PlainFunction>> table() {
        return Stream.of(
                entry("aten::len", PlainContainers::length),
                entry("aten::__getitem__", call -> Optional.of(item(call))),
                entry("aten::_set_item", PlainContainers::setItem),
                entry("aten::__contains__", PlainContainers::contains),
                entry("aten::Delete", PlainContainers::delete),
                entry("aten::pop", PlainContainers::pop),
                entry("aten::clear", PlainContainers::clear),
                entry("aten::copy", PlainContainers::copy),
                entry("aten::dict", PlainContainers::dict),
                entry(
                        "aten::keys",
                        call -> dict(call, 0)
                                .map(d -> IValue.list(List.copyOf(d.entries().keySet())))),
                entry(
                        "aten::values",
                        call -> dict(call, 0)
                                .map(d -> IValue.list(List.copyOf(d.entries().values())))),
                entry("aten::items", call -> dict(call, 0).map(d -> IValue.list(pairs(d)))),
                entry("aten::get", PlainContainers::get),
                entry("aten::setdefault", PlainContainers::setDefault),
                entry("aten::update", PlainContainers::update));
    }

    private static Optional<DictValue> dict(PlainCall call, int index) {
        return call.get(index) instanceof DictValue dict ? Optional.of(dict) : Optional.empty();
    }

    private static List<IValue> pairs(DictValue dict) {
        List<IValue> pairs = new ArrayList<>();
        dict.entries().forEach((key, value) -> pairs.add(IValue.tuple(List.of(key, value))));
        return pairs;
    }

    private static Optional<IValue> length(PlainCall call) {
        IValue value = call.get(0);
        if (value instanceof IValue.Text text) {
            return Optional.of(
                    IValue.of(text.value().codePointCount(0, text.value().length())));
        }
        if (value instanceof DictValue dict) {
            return Optional.of(IValue.of(dict.entries().size()));
        }
        if (value instanceof SequenceValue list) {
            return Optional.of(call.graph().item(call.graph().builder().add("SequenceLength", list.sequence())));
        }
        if (value instanceof TensorRef tensor) {
            return Optional.of(IValue.of(call.graph().sizeOf(tensor.value(), 0)));
        }
        return PlainCall.itemsOf(value).map(items -> IValue.of(items.size()));
    }

    private static IValue item(PlainCall call) {
        IValue container = call.get(0);
        if (container instanceof DictValue dict) {
            IValue found = dict.entries().get(call.get(1));
            if (found == null) {
                throw call.malformed("does not find the key " + call.get(1) + " in the dictionary");
            }
            return found;
        }
        if (container instanceof SequenceValue list) {
            return call.graph()
                    .tensor(call.graph()
                            .builder()
                            .add("SequenceAt", list.sequence(), call.graph().scalar(call.size(1))));
        }
        if (container instanceof IValue.Text text) {
            int at = at(call, text.value().length());
            return IValue.of(text.value().substring(at, at + 1));
        }
        List<IValue> items = call.items(0);
        return items.get(at(call, items.size()));
    }

    /** The position that argument 1 means; negative ones count from the end. */
    private static int at(PlainCall call, int size) {
        SizeExpr index = call.size(1);
        if (!index.isNumber()) {
            throw call.graph()
                    .unsupported(call.op(), "takes item " + index + " of a list; give the input's sizes as numbers");
        }
        long at = call.integer(1) < 0 ? call.integer(1) + size : call.integer(1);
        if (at < 0 || at >= size) {
            throw call.malformed("takes item " + call.integer(1) + " of " + size);
        }
        return (int) at;
    }

    private static Optional<IValue> setItem(PlainCall call) {
        call.journal().changing(call.get(0));
        if (call.get(0) instanceof ListValue list) {
            list.items().set(at(call, list.items().size()), call.get(2));
            return Optional.of(list);
        }
        return dict(call, 0).map(dict -> {
            dict.entries().put(call.get(1), call.get(2));
            return IValue.NONE;
        });
    }

    private static Optional<IValue> contains(PlainCall call) {
        if (call.get(0) instanceof DictValue dict) {
            return Optional.of(IValue.of(dict.entries().containsKey(call.get(1))));
        }
        if (call.get(0) instanceof IValue.Text text) {
            return Optional.of(IValue.of(text.value().contains(call.text(1))));
        }
        Optional<List<IValue>> items = PlainCall.itemsOf(call.get(0));
        if (items.isEmpty()) {
            return Optional.empty();
        }
        IValue any = IValue.of(false);
        for (IValue item : items.get()) {
            Optional<IValue> same = Comparisons.equal(call.graph(), item, call.get(1));
            any = Comparisons.combined(call.graph(), "Or", any, same.orElse(IValue.of(item == call.get(1))));
        }
        return Optional.of(any);
    }

    private static Optional<IValue> delete(PlainCall call) {
        call.journal().changing(call.get(0));
        if (call.get(0) instanceof ListValue list) {
            list.items().remove(at(call, list.items().size()));
        } else {
            dict(call, 0).ifPresent(dict -> dict.entries().remove(call.get(1)));
        }
        return Optional.of(IValue.NONE);
    }

    private static Optional<IValue> pop(PlainCall call) {
        call.journal().changing(call.get(0));
        if (call.get(0) instanceof ListValue list) {
            int size = list.items().size();
            long wanted = call.isNone(1) ? -1 : call.integer(1);
            int at = (int) (wanted < 0 ? wanted + size : wanted);
            if (at < 0 || at >= size) {
                throw call.malformed("takes item " + wanted + " of " + size);
            }
            return Optional.of(list.items().remove(at));
        }
        return dict(call, 0).map(dict -> {
            IValue found = dict.entries().remove(call.get(1));
            if (found == null && call.count() < 3) {
                throw call.malformed("does not find the key " + call.get(1) + " in the dictionary");
            }
            return found == null ? call.get(2) : found;
        });
    }

    private static Optional<IValue> clear(PlainCall call) {
        call.journal().changing(call.get(0));
        if (call.get(0) instanceof ListValue list) {
            list.items().clear();
        } else {
            dict(call, 0).ifPresent(dict -> dict.entries().clear());
        }
        return Optional.of(IValue.NONE);
    }

    private static Optional<IValue> copy(PlainCall call) {
        if (call.get(0) instanceof ListValue list) {
            return Optional.of(IValue.list(list.items()));
        }
        return dict(call, 0).map(PlainContainers::copied);
    }

    private static DictValue copied(DictValue dict) {
        DictValue copy = new DictValue();
        copy.entries().putAll(dict.entries());
        return copy;
    }

    /** {@code dict(another)} or {@code dict([(key, value)])}. */
    private static Optional<IValue> dict(PlainCall call) {
        if (call.get(0) instanceof DictValue dict) {
            return Optional.of(copied(dict));
        }
        DictValue made = new DictValue();
        if (call.count() > 0) {
            for (IValue pair : call.items(0)) {
                List<IValue> both = PlainCall.itemsOf(pair).orElse(List.of());
                if (both.size() != 2) {
                    throw call.malformed("is made of a " + pair.sort() + ", expected pairs");
                }
                made.entries().put(both.get(0), both.get(1));
            }
        }
        return Optional.of(made);
    }

    private static Optional<IValue> get(PlainCall call) {
        return dict(call, 0).map(dict -> dict.entries().getOrDefault(call.get(1), call.get(2)));
    }

    private static Optional<IValue> setDefault(PlainCall call) {
        call.journal().changing(call.get(0));
        return dict(call, 0).map(dict -> {
            dict.entries().putIfAbsent(call.get(1), call.get(2));
            return dict.entries().getOrDefault(call.get(1), call.get(2));
        });
    }

    private static Optional<IValue> update(PlainCall call) {
        call.journal().changing(call.get(0));
        return dict(call, 0).map(dict -> {
            dict(call, 1).ifPresent(more -> dict.entries().putAll(more.entries()));
            return IValue.NONE;
        });
    }
}
