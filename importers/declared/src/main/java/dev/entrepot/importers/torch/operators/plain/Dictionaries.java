package dev.entrepot.importers.torch.operators.plain;

import static dev.entrepot.importers.torch.operators.entries.Entries.overloads;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Entries;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * TorchScript's dictionaries, whose keys are plain values. They keep the order in which keys came.
 *
 * <p>Source: torch/csrc/jit/runtime/register_prim_ops.cpp, dictSetItem and so on.
 */
public final class Dictionaries {

    private static final String KEYS = "str int bool float complex Tensor";
    private static final String DICTS = "Dict_str Dict_int Dict_bool Dict_float Dict_complex Dict_Tensor";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Stream.of(
                    Stream.of(
                            plain("aten::dict", Dictionaries::dict),
                            plain("aten::get", call -> found(call, false)),
                            plain("aten::items", Dictionaries::items),
                            plain(
                                    "aten::keys",
                                    call -> IValue.list(
                                            List.copyOf(entries(call).keySet()))),
                            plain("aten::popitem", Dictionaries::popItem),
                            plain("aten::setdefault", Dictionaries::setDefault),
                            plain("aten::update", Dictionaries::update)),
                    overloads("aten::Delete", DICTS, call -> removed(call)),
                    overloads(
                            "aten::__contains__",
                            KEYS,
                            call -> IValue.of(entries(call).containsKey(call.get("key")))),
                    overloads("aten::__getitem__", DICTS, call -> found(call, true)),
                    overloads("aten::_set_item", KEYS, Dictionaries::setItem),
                    overloads("aten::clear", KEYS, Dictionaries::clear),
                    overloads("aten::copy", DICTS, Dictionaries::dict),
                    overloads(
                            "aten::len", DICTS, call -> IValue.of(entries(call).size())),
                    overloads("aten::pop", DICTS, call -> removed(call)),
                    overloads(
                            "aten::pop",
                            "Dict_default_str Dict_default_int Dict_default_bool Dict_default_float Dict_default_complex Dict_default_Tensor",
                            Dictionaries::pop),
                    overloads(
                            "aten::values",
                            KEYS,
                            call -> IValue.list(List.copyOf(entries(call).values()))))
            .flatMap(entries -> entries)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    // spotless:on

    private Dictionaries() {}

    private static Map<IValue, IValue> entries(AtenCall call) {
        return entries(call, Entries.same(call));
    }

    private static Map<IValue, IValue> entries(AtenCall call, IValue value) {
        if (value instanceof IValue.DictValue dict) {
            return dict.entries();
        }
        throw call.malformed("is called on a " + value.sort() + ", expected a dict");
    }

    /** A new dictionary of another one's entries, or of a list of keys and values. */
    private static IValue dict(AtenCall call) {
        IValue.DictValue dict = new IValue.DictValue();
        if (call.schema().arguments().isEmpty()) {
            return dict;
        }
        if (Entries.same(call) instanceof IValue.DictValue other) {
            dict.entries().putAll(other.entries());
            return dict;
        }
        for (IValue item : call.items(call.schema().arguments().get(0).name())) {
            if (!(item instanceof IValue.TupleValue pair) || pair.items().size() != 2) {
                throw call.malformed("makes a dict of a " + item.sort() + ", expected a pair");
            }
            dict.entries().put(pair.items().get(0), pair.items().get(1));
        }
        return dict;
    }

    private static IValue found(AtenCall call, boolean required) {
        IValue found = entries(call).get(call.get("key"));
        if (found == null && required) {
            throw call.malformed("the dict has no key " + call.get("key"));
        }
        return found == null ? call.get("default_value") : found;
    }

    private static IValue items(AtenCall call) {
        return IValue.list(entries(call).entrySet().stream()
                .map(entry -> IValue.tuple(List.of(entry.getKey(), entry.getValue())))
                .toList());
    }

    private static IValue setItem(AtenCall call) {
        entries(call).put(call.get("idx"), call.get("v"));
        return IValue.NONE;
    }

    private static IValue setDefault(AtenCall call) {
        entries(call).putIfAbsent(call.get("key"), call.get("default_value"));
        return found(call, true);
    }

    private static IValue update(AtenCall call) {
        entries(call).putAll(new java.util.LinkedHashMap<>(entries(call, call.get("to_add"))));
        return IValue.NONE;
    }

    private static IValue removed(AtenCall call) {
        IValue found = found(call, true);
        entries(call).remove(call.get("key"));
        return found;
    }

    private static IValue pop(AtenCall call) {
        IValue found = found(call, false);
        entries(call).remove(call.get("key"));
        return found;
    }

    private static IValue popItem(AtenCall call) {
        if (entries(call).isEmpty()) {
            throw call.malformed("the dict is empty");
        }
        var entry = List.copyOf(entries(call).entrySet()).get(entries(call).size() - 1);
        IValue pair = IValue.tuple(List.of(entry.getKey(), entry.getValue()));
        entries(call).remove(entry.getKey());
        return pair;
    }

    private static IValue clear(AtenCall call) {
        entries(call).clear();
        return IValue.NONE;
    }
}
