package dev.entrepot.importers.torch.script.run;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.schema.Upgrader;
import dev.entrepot.importers.torch.schema.Upgraders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives operators the meaning that they had when the archive was written. Source: torch/csrc/jit/operator_upgraders/upgraders_entry.cpp. */
final class Upgrade {

    private static final long FLOAT = 6;
    private static final long DEFAULT_STEPS = 100;

    private final TorchGraph graph;
    private final long fileFormat;

    Upgrade(TorchGraph graph, long fileFormat) {
        this.graph = graph;
        this.fileFormat = fileFormat;
    }

    IValue call(String op, List<IValue> positional, Map<String, IValue> keyword) {
        List<Upgrader> upgraders = Upgraders.torch().of(op, fileFormat);
        if (upgraders.isEmpty()) {
            return graph.call(op, positional, keyword);
        }
        return switch (upgraders.get(0).change()) {
            case TRUNCATES_INTEGERS -> truncating(op, positional, keyword);
            case FILLS_WITH_FLOATS -> filling(op, positional, keyword);
            case TAKES_100_STEPS -> stepping(op, positional, keyword);
            case SAME -> graph.call(op, positional, keyword);
        };
    }

    private IValue truncating(String op, List<IValue> positional, Map<String, IValue> keyword) {
        boolean whole = positional.stream().anyMatch(TensorRef.class::isInstance)
                && positional.stream().allMatch(Upgrade::isWhole);
        if (!whole || keyword.containsKey("rounding_mode")) {
            return graph.call(op, positional, keyword);
        }
        Map<String, IValue> rounded = new LinkedHashMap<>(keyword);
        rounded.put("rounding_mode", IValue.of("trunc"));
        return graph.call(op, positional, rounded);
    }

    private static boolean isWhole(IValue value) {
        return value instanceof TensorRef tensor ? !tensor.dataType().isFloatingPoint() : value.isWhole();
    }

    private IValue filling(String op, List<IValue> positional, Map<String, IValue> keyword) {
        Map<String, IValue> typed = new LinkedHashMap<>(keyword);
        if (keyword.getOrDefault("dtype", IValue.NONE) instanceof IValue.None) {
            typed.put("dtype", IValue.of(FLOAT));
        }
        return graph.call(op, positional, typed);
    }

    private IValue stepping(String op, List<IValue> positional, Map<String, IValue> keyword) {
        List<IValue> stepped = new ArrayList<>(positional);
        boolean absent = stepped.size() < 3 && keyword.getOrDefault("steps", IValue.NONE) instanceof IValue.None;
        if (absent) {
            Map<String, IValue> named = new LinkedHashMap<>(keyword);
            named.put("steps", IValue.of(DEFAULT_STEPS));
            return graph.call(op, stepped, named);
        }
        if (stepped.size() > 2 && stepped.get(2) instanceof IValue.None) {
            stepped.set(2, IValue.of(DEFAULT_STEPS));
        }
        return graph.call(op, stepped, keyword);
    }
}
