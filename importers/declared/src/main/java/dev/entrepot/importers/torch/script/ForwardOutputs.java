package dev.entrepot.importers.torch.script;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.values.ScriptValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.Maybe;
import dev.entrepot.importers.torch.script.values.ScriptValue.NamedTuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What forward returns, as outputs with names: the keys of dictionaries and the fields of named tuples, else {@code output}. Positions in
 * lists and tuples follow, unless only one of them holds anything.
 */
final class ForwardOutputs {

    private final TorchGraph graph;
    private final Map<String, IValue> outputs = new LinkedHashMap<>();
    private final List<String> dropped = new ArrayList<>();

    private ForwardOutputs(TorchGraph graph) {
        this.graph = graph;
    }

    /** The values by name. */
    static ForwardOutputs of(TorchGraph graph, IValue result) {
        ForwardOutputs outputs = new ForwardOutputs(graph);
        outputs.add(result, List.of(), List.of());
        return outputs;
    }

    Map<String, IValue> values() {
        return outputs;
    }

    /** What is returned and is no output. */
    List<String> dropped() {
        return dropped;
    }

    /** Adds them to the graph, under names that no input has. */
    void addTo(Set<String> taken) {
        Set<String> names = new HashSet<>(taken);
        outputs.forEach((wanted, value) -> {
            String name = wanted;
            for (int i = 0; !names.add(name); i++) {
                name = wanted + "_out" + (i == 0 ? "" : String.valueOf(i));
            }
            graph.output(name, value);
        });
    }

    private void add(IValue value, List<String> keys, List<Integer> positions) {
        if (value instanceof IValue.DictValue dict) {
            dict.entries().forEach((key, item) -> add(item, with(keys, key.shown()), positions));
        } else if (value instanceof NamedTuple tuple) {
            for (int i = 0; i < tuple.items().size(); i++) {
                add(tuple.items().get(i), with(keys, tuple.names().get(i)), positions);
            }
        } else if (ScriptValue.itemsOf(value).isPresent()) {
            List<IValue> items = ScriptValue.itemsOf(value).get();
            long holding = items.stream().filter(ForwardOutputs::holds).count();
            for (int i = 0; i < items.size(); i++) {
                add(items.get(i), keys, holding > 1 ? with(positions, i) : positions);
            }
        } else if (value instanceof IValue.None || value instanceof IValue.Text) {
            dropped.add("output \"" + name(keys, positions) + "\" is always " + value.shown());
        } else if (value instanceof Maybe) {
            throw graph.unsupported(
                    "forward", "returns \"" + name(keys, positions) + "\" as a tensor or None, depending on data");
        } else if (value instanceof IValue.Opaque) {
            throw graph.unsupported("forward", "returns " + value + ", which is no tensor");
        } else {
            outputs.put(name(keys, positions), value);
        }
    }

    /** Whether there is a tensor in a value. */
    private static boolean holds(IValue value) {
        if (value instanceof IValue.DictValue dict) {
            return dict.entries().values().stream().anyMatch(ForwardOutputs::holds);
        }
        return ScriptValue.itemsOf(value)
                .map(items -> items.stream().anyMatch(ForwardOutputs::holds))
                .orElse(!(value instanceof IValue.None));
    }

    private static String name(List<String> keys, List<Integer> positions) {
        if (keys.isEmpty() && positions.isEmpty()) {
            return "output_0";
        }
        StringBuilder name = new StringBuilder(keys.isEmpty() ? "output" : String.join("_", keys));
        positions.forEach(position -> name.append('_').append(position));
        return name.toString();
    }

    private static <T> List<T> with(List<T> list, T item) {
        List<T> more = new ArrayList<>(list);
        more.add(item);
        return more;
    }
}
