package dev.entrepot.formats.torch.exported;

import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import java.util.HashSet;
import java.util.Set;

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
        argument.mentions().forEach(name -> {
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
        argument.mentions().forEach(name -> {
            if (!defined.contains(name)) {
                problems.malformed(where, what, "uses \"" + name + "\", which nothing before it defines");
            }
        });
    }
}
