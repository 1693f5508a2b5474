package dev.entrepot.formats.torch.exported;

import java.util.ArrayList;
import java.util.List;

/** The names of a graph's values that an argument mentions. */
final class ArgumentNames {

    private ArgumentNames() {}

    static List<String> of(Argument argument) {
        List<String> names = new ArrayList<>();
        collect(argument, names);
        return names;
    }

    private static void collect(Argument argument, List<String> into) {
        if (argument instanceof Argument.AsTensor tensor) {
            into.add(tensor.name());
        } else if (argument instanceof Argument.AsTensors tensors) {
            into.addAll(tensors.names());
        } else if (argument instanceof Argument.AsOptionalTensor tensor) {
            tensor.name().ifPresent(into::add);
        } else if (argument instanceof Argument.AsOptionalTensors tensors) {
            tensors.names().forEach(name -> name.ifPresent(into::add));
        } else if (argument instanceof Argument.AsNestedTensors nested) {
            nested.names().forEach(into::addAll);
        } else if (argument instanceof Argument.AsStringToArgument named) {
            named.values().values().forEach(value -> collect(value, into));
        } else if (argument instanceof Argument.AsSymInt value) {
            collect(value.value(), into);
        } else if (argument instanceof Argument.AsSymFloat value) {
            collect(value.value(), into);
        } else if (argument instanceof Argument.AsSymBool value) {
            collect(value.value(), into);
        } else if (argument instanceof Argument.AsSymInts values) {
            values.values().forEach(value -> collect(value, into));
        } else if (argument instanceof Argument.AsSymFloats values) {
            values.values().forEach(value -> collect(value, into));
        } else if (argument instanceof Argument.AsSymBools values) {
            values.values().forEach(value -> collect(value, into));
        } else if (argument instanceof Argument.AsCustomObj object) {
            into.add(object.name());
        }
    }

    private static void collect(SymArgument value, List<String> into) {
        if (value instanceof SymArgument.Named named) {
            into.add(named.name());
        }
    }
}
