package dev.entrepot.validator.data;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType.TensorType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Matches a reference's arrays to a model's inputs and outputs, and gathers all that does not fit. */
final class Matching {

    private final Reference reference;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final Map<String, Tensor> left;
    private final List<String> faults = new ArrayList<>();

    Matching(Reference reference, List<Value> inputs, List<Value> outputs) {
        this.reference = reference;
        this.inputs = inputs;
        this.outputs = outputs;
        this.left = new LinkedHashMap<>(reference.arrays());
    }

    Case match() {
        Map<String, Tensor> given = take(inputs, "input_");
        Map<String, Tensor> expected = take(outputs, "output_");
        List<String> without = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Value input = inputs.get(i);
            Tensor tensor = given.get(input.name());
            if (tensor == null) {
                faults.add("input \"" + input.name() + "\" is missing: neither \"" + input.name() + "\" nor \"input_"
                        + i + "\" is there");
            } else {
                requireFit(input, tensor);
            }
        }
        for (Value output : outputs) {
            if (!expected.containsKey(output.name())) {
                without.add(output.name());
            }
        }
        if (expected.isEmpty()) {
            faults.add("no output is there");
        }
        left.keySet()
                .forEach(name -> faults.add("array \"" + name + "\" is neither an input nor an output of the model"));
        throwIfAny();
        return new Case(reference.set(), given, expected, without);
    }

    /** What has the values' names, then, for those not found, what has their positions. */
    private Map<String, Tensor> take(List<Value> values, String prefix) {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        for (Value value : values) {
            Tensor tensor = left.remove(value.name());
            if (tensor != null) {
                byName.put(value.name(), tensor);
            }
        }
        Map<String, Tensor> found = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            String name = values.get(i).name();
            Tensor tensor = byName.containsKey(name) ? byName.get(name) : left.remove(prefix + i);
            if (tensor != null) {
                found.put(name, tensor);
            }
        }
        return found;
    }

    private void requireFit(Value input, Tensor tensor) {
        if (!(input.type() instanceof TensorType type)) {
            faults.add("input \"" + input.name() + "\" is no tensor in the model");
        } else if (type.type() != tensor.type() || !fits(type.shape(), tensor.shape())) {
            faults.add("input \"" + input.name() + "\" is " + tensor + ", the model takes " + type);
        }
    }

    private static boolean fits(Shape declared, Shape given) {
        if (!declared.ranked()) {
            return true;
        }
        if (declared.rank() != given.rank()) {
            return false;
        }
        for (int axis = 0; axis < declared.rank(); axis++) {
            if (declared.dim(axis).isKnown() && !declared.dim(axis).equals(given.dim(axis))) {
                return false;
            }
        }
        return true;
    }

    private void throwIfAny() {
        if (faults.isEmpty()) {
            return;
        }
        String arrays = reference.arrays().entrySet().stream()
                .map(array -> "\"" + array.getKey() + "\" " + array.getValue())
                .collect(Collectors.joining(", "));
        throw ModelException.malformed(
                SourceLocation.file(reference.set()),
                "reference",
                "does not fit the model: " + String.join("; ", faults) + ". The model takes " + names(inputs)
                        + " and gives " + names(outputs) + "; the reference holds "
                        + (arrays.isEmpty() ? "nothing" : arrays));
    }

    private static String names(List<Value> values) {
        return values.isEmpty()
                ? "nothing"
                : values.stream()
                        .map(value -> "\"" + value.name() + "\" " + value.type())
                        .collect(Collectors.joining(", "));
    }
}
