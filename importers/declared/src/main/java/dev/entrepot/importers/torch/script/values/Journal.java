package dev.entrepot.importers.torch.script.values;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.DictValue;
import dev.entrepot.importers.torch.aten.IValue.ListValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.SequenceValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what lists, dictionaries and objects held before a branch changed them, so that the other branch finds them as they were.
 */
public final class Journal {

    /** What a container holds: items, entries or fields. */
    public record Contents(List<IValue> items, Map<Object, IValue> entries) {}

    private final Deque<Map<IValue, Contents>> open = new ArrayDeque<>();

    /** Notes that this list, dictionary or object is about to change. */
    public void changing(IValue container) {
        if (!open.isEmpty()) {
            open.getFirst().computeIfAbsent(container, Journal::contents);
        }
    }

    /** Begins a branch. */
    public void begin() {
        open.push(new IdentityHashMap<>());
    }

    /** What the containers that changed in this branch hold now. */
    public Map<IValue, Contents> changes() {
        Map<IValue, Contents> now = new IdentityHashMap<>();
        open.getFirst().keySet().forEach(container -> now.put(container, contents(container)));
        return now;
    }

    /** Ends a branch: everything is as it was before. */
    public void end() {
        open.pop().forEach(Journal::put);
    }

    /** What a container holds now. */
    public static Contents contents(IValue container) {
        if (container instanceof ListValue list) {
            return new Contents(List.copyOf(list.items()), Map.of());
        }
        Map<Object, IValue> entries = new LinkedHashMap<>();
        if (container instanceof SequenceValue list) {
            return new Contents(List.of(new IValue.Scalar(list.sequence())), Map.of());
        } else if (container instanceof DictValue dict) {
            entries.putAll(dict.entries());
        } else if (container instanceof ObjectValue object) {
            entries.putAll(object.fields());
        }
        return new Contents(List.of(), entries);
    }

    /** Makes a container hold this. */
    public static void put(IValue container, Contents contents) {
        if (container instanceof ListValue list) {
            list.items().clear();
            list.items().addAll(contents.items());
        } else if (container instanceof SequenceValue list) {
            list.set(((IValue.Scalar) contents.items().get(0)).value());
        } else if (container instanceof DictValue dict) {
            dict.entries().clear();
            contents.entries().forEach((key, value) -> dict.entries().put((IValue) key, value));
        } else if (container instanceof ObjectValue object) {
            object.fields().clear();
            contents.entries().forEach((key, value) -> object.fields().put((String) key, value));
        }
    }
}
