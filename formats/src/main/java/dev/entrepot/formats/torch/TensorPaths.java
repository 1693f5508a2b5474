package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchValue.Dict;
import dev.entrepot.formats.torch.TorchValue.Instance;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.TensorValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a value by their paths: keys, indices and attributes with dots between them. A module's tensors have the paths that its
 * state_dict gives them. Source: torch/nn/modules/module.py, Module.state_dict.
 */
final class TensorPaths {

    private static final int MOST_TENSORS = 100_000;
    private static final int MOST_STEPS = 2_000_000;
    private static final int DEEPEST = 200;

    private final SourceLocation file;
    private final Map<TorchValue, Boolean> holding = new IdentityHashMap<>();
    private final Set<TorchValue> above = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    private int steps;

    private TensorPaths(SourceLocation file) {
        this.file = file;
    }

    /** All tensors below a value; a tensor that is the value itself is called {@code tensor}. */
    static Map<String, TorchTensor> of(TorchValue value, SourceLocation file) {
        TensorPaths paths = new TensorPaths(file);
        if (value instanceof TensorValue tensor) {
            return Map.of("tensor", tensor.tensor());
        }
        if (paths.holdsTensor(value, 0)) {
            paths.walk(value, "");
        }
        return paths.tensors;
    }

    private void walk(TorchValue value, String path) {
        if (steps > MOST_STEPS || tensors.size() >= MOST_TENSORS) {
            throw ModelException.limitExceeded(
                    file,
                    "values",
                    "hold more than " + MOST_TENSORS + " tensors, or shared ones on more than " + MOST_STEPS
                            + " paths");
        }
        if (value instanceof TensorValue tensor) {
            tensors.putIfAbsent(path, tensor.tensor());
            return;
        }
        if (!above.add(value)) {
            return;
        }
        List<Map.Entry<String, TorchValue>> children = children(value);
        steps += children.size();
        for (Map.Entry<String, TorchValue> child : children) {
            if (holding.getOrDefault(child.getValue(), false) || child.getValue() instanceof TensorValue) {
                walk(child.getValue(), child.getKey().isEmpty() ? path : joined(path, child.getKey()));
            }
        }
        above.remove(value);
    }

    private static String joined(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private boolean holdsTensor(TorchValue value, int depth) {
        if (value instanceof TensorValue) {
            return true;
        }
        if (holding.containsKey(value) || depth > DEEPEST) {
            return holding.getOrDefault(value, false);
        }
        holding.put(value, false);
        boolean holds = false;
        for (Map.Entry<String, TorchValue> child : children(value)) {
            holds |= holdsTensor(child.getValue(), depth + 1);
        }
        holding.put(value, holds);
        return holds;
    }

    /** What lies directly below a value, by name; an empty name adds nothing to the path. */
    private static List<Map.Entry<String, TorchValue>> children(TorchValue value) {
        List<Map.Entry<String, TorchValue>> children = new ArrayList<>();
        if (value instanceof Dict dict) {
            children.addAll(dict.byText().entrySet());
        } else if (value instanceof Sequence sequence) {
            addItems(children, sequence.items());
        } else if (value instanceof Instance instance && instance.isModule()) {
            for (String group : List.of("_parameters", "_buffers", "_modules")) {
                instance.attribute(group).ifPresent(members -> children.addAll(children(members)));
            }
            instance.attribute("_non_persistent_buffers_set").ifPresent(names -> removeNamed(children, names));
        } else if (value instanceof Instance instance) {
            children.addAll(instance.attributes().entrySet());
            children.addAll(instance.entries().byText().entrySet());
            addItems(children, instance.items());
            instance.state().ifPresent(state -> children.add(Map.entry("", state)));
        }
        return children;
    }

    private static void removeNamed(List<Map.Entry<String, TorchValue>> children, TorchValue names) {
        if (names instanceof Sequence set) {
            Set<String> left = new HashSet<>();
            for (TorchValue item : set.items()) {
                if (item instanceof TorchValue.Text text) {
                    left.add(text.value());
                }
            }
            children.removeIf(child -> left.contains(child.getKey()));
        }
    }

    private static void addItems(List<Map.Entry<String, TorchValue>> children, List<TorchValue> items) {
        for (int i = 0; i < items.size(); i++) {
            children.add(Map.entry(Integer.toString(i), items.get(i)));
        }
    }
}
