package dev.entrepot.zoo.inspect;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.exported.Argument;
import dev.entrepot.formats.torch.exported.ExportedProgram;
import dev.entrepot.formats.torch.exported.Graph;
import dev.entrepot.formats.torch.exported.InputSpec;
import dev.entrepot.formats.torch.exported.ModuleFrame;
import dev.entrepot.formats.torch.exported.Node;
import dev.entrepot.formats.torch.exported.OutputSpec;
import dev.entrepot.formats.torch.exported.TensorMeta;
import dev.entrepot.zoo.inspect.Inspection.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the program of an exported file says of itself.
 *
 * @param inputs what forward takes
 * @param outputs what it returns
 * @param layers one for each call of an operator
 * @param notes versions, ranges of symbols, changed buffers, and how often each operator is called
 */
record ExportedOutline(List<String> inputs, List<String> outputs, List<Layer> layers, List<String> notes) {

    private static final ExportedOutline NONE = new ExportedOutline(List.of(), List.of(), List.of(), List.of());

    /** The outline; without layers, and with a note, where there is no program or it cannot be read. */
    static ExportedOutline of(TorchFile file) {
        if (file.documents().isEmpty()) {
            return NONE;
        }
        try {
            return of(ExportedProgram.read(file));
        } catch (ModelException e) {
            return new ExportedOutline(
                    List.of(), List.of(), List.of(), List.of("the program cannot be read: " + e.getMessage()));
        }
    }

    private static ExportedOutline of(ExportedProgram program) {
        Graph graph = program.graphModule().graph();
        List<String> inputs = new ArrayList<>();
        for (InputSpec spec : program.graphModule().signature().inputSpecs()) {
            if (spec instanceof InputSpec.UserInput input) {
                inputs.add(port(graph, input.arg()));
            }
        }
        List<String> outputs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        notes.add("exported by PyTorch " + program.torchVersion() + ", schema " + program.schemaVersion());
        program.rangeConstraints().forEach((symbol, range) -> notes.add("symbol " + symbol + " is " + range));
        for (OutputSpec spec : program.graphModule().signature().outputSpecs()) {
            if (spec instanceof OutputSpec.UserOutput output) {
                outputs.add(port(graph, output.arg()));
            } else {
                notes.add("output " + spec);
            }
        }
        operators(graph).forEach((operator, calls) -> notes.add("operator " + operator + ": " + calls));
        return new ExportedOutline(
                inputs,
                outputs,
                graph.nodes().stream().map(ExportedOutline::layer).toList(),
                notes);
    }

    private static Map<String, Long> operators(Graph graph) {
        return allNodes(graph).collect(Collectors.groupingBy(Node::target, TreeMap::new, Collectors.counting()));
    }

    /** The nodes, also of the graphs that higher-order operators take. */
    private static Stream<Node> allNodes(Graph graph) {
        return graph.nodes().stream()
                .flatMap(node -> Stream.concat(
                        Stream.of(node),
                        node.inputs().stream()
                                .map(input -> input.arg())
                                .filter(Argument.AsGraph.class::isInstance)
                                .flatMap(inner -> allNodes(((Argument.AsGraph) inner).graph()))));
    }

    private static Layer layer(Node node) {
        List<ModuleFrame> stack = node.moduleStack();
        return new Layer(
                stack.isEmpty() ? "" : stack.get(stack.size() - 1).path(),
                node.target(),
                node.inputs().stream()
                        .flatMap(input -> input.arg().mentions().stream())
                        .toList(),
                node.outputs().stream()
                        .flatMap(output -> output.mentions().stream())
                        .toList());
    }

    private static String port(Graph graph, Argument argument) {
        List<String> names = argument.mentions();
        if (names.isEmpty()) {
            return argument.toString();
        }
        TensorMeta meta = graph.tensorValues().get(names.get(0));
        return names.get(0) + (meta == null ? " int64[]" : " " + meta);
    }
}
