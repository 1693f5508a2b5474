package dev.entrepot.formats.torch.exported;

import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every value of a graph is defined once, and before it is used. Subgraphs see nothing of what is around them. */
final class GraphNames {

    private final Set<String> defined = new HashSet<>();
    private final Problems problems = new Problems();

    private GraphNames() {}

    /** @throws dev.entrepot.bytes.ModelException (malformed) with every name that is not so */
    static void check(Graph graph, SourceLocation where) {
        GraphNames names = new GraphNames();
        graph.inputs().forEach(input -> names.define(input, where, "graph"));
        for (Node node : graph.nodes()) {
            String what = "node (" + node.target() + ")";
            node.inputs().forEach(input -> names.use(input.arg(), node.where(), what));
            node.outputs().forEach(output -> names.define(output, node.where(), what));
        }
        graph.outputs().forEach(output -> names.use(output, where, "graph's output"));
        names.problems.throwIfAny();
    }

    private void define(Argument argument, SourceLocation where, String what) {
        of(argument).forEach(name -> {
            if (!defined.add(name)) {
                problems.malformed(where, what, "defines \"" + name + "\" again");
            }
        });
    }

    private void use(Argument argument, SourceLocation where, String what) {
        // An object of a custom class may lie among the constants.
        if (argument instanceof Argument.AsCustomObj) {
            return;
        }
        of(argument).forEach(name -> {
            if (!defined.contains(name)) {
                problems.malformed(where, what, "uses \"" + name + "\", which nothing before it defines");
            }
        });
    }

    private static Stream<String> of(Argument argument) {
        if (argument instanceof Argument.AsTensor tensor) {
            return Stream.of(tensor.name());
        } else if (argument instanceof Argument.AsTensors tensors) {
            return tensors.names().stream();
        } else if (argument instanceof Argument.AsOptionalTensor tensor) {
            return tensor.name().stream();
        } else if (argument instanceof Argument.AsOptionalTensors tensors) {
            return tensors.names().stream().flatMap(Optional::stream);
        } else if (argument instanceof Argument.AsNestedTensors nested) {
            return nested.names().stream().flatMap(List::stream);
        } else if (argument instanceof Argument.AsStringToArgument named) {
            return named.values().values().stream().flatMap(GraphNames::of);
        } else if (argument instanceof Argument.AsCustomObj object) {
            return Stream.of(object.name());
        }
        return symbolic(argument).stream()
                .filter(SymArgument.Named.class::isInstance)
                .map(value -> ((SymArgument.Named) value).name());
    }

    private static List<SymArgument> symbolic(Argument argument) {
        if (argument instanceof Argument.AsSymInt value) {
            return List.of(value.value());
        } else if (argument instanceof Argument.AsSymInts values) {
            return values.values();
        } else if (argument instanceof Argument.AsSymFloat value) {
            return List.of(value.value());
        } else if (argument instanceof Argument.AsSymFloats values) {
            return values.values();
        } else if (argument instanceof Argument.AsSymBool value) {
            return List.of(value.value());
        }
        return argument instanceof Argument.AsSymBools values ? values.values() : List.of();
    }
}
