package dev.entrepot.importers.torch.exported;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.exported.Argument;
import dev.entrepot.formats.torch.exported.ExportedProgram;
import dev.entrepot.formats.torch.exported.OutputSpec;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.operators.AtenTable;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Programs of {@code torch.export} to ONNX.
 *
 * <p>Inputs are called as forward's parameters, symbolic sizes after the first axis they are the size of, outputs as the keys of the
 * dictionary that is returned, else {@code output}, {@code output_0} and so on. A buffer that is written, and whose value reaches an output,
 * is an input with its value in the file as default, and an output {@code BUFFER_next}.
 */
public final class ExportedImporter {

    private final ExportedProgram program;
    private final TorchGraph graph;
    private final States states;
    private final ProgramInputs inputs;
    private final List<String> dropped = new ArrayList<>();

    private ExportedImporter(TorchFile file, ExportedProgram program, ImportOptions options) {
        this.program = program;
        this.graph = new TorchGraph(AtenTable::find, "main", SourceLocation.file(file.name()));
        this.states = new States(program.graphModule());
        this.inputs = new ProgramInputs(graph, file, program, states, options);
    }

    /**
     * Lowers the program of a file.
     *
     * @throws dev.entrepot.bytes.ModelException with all that is malformed or not supported
     */
    public static Imported lower(TorchFile file, ImportOptions options) {
        return new ExportedImporter(file, ExportedProgram.read(file), options).lower();
    }

    private Imported lower() {
        List<String> outputNames = outputNames();
        outputNames.forEach(graph::reserve);
        Values values = inputs.bind();
        graph.throwIfAny();
        new GraphWalk(graph, new HigherOrder(graph), program.graphModule().graph(), states.liveness(), values).run();
        addOutputs(outputNames, values);
        Graph built = withDefaults(graph.build());
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("entrepot.source.framework", "pytorch");
        metadata.put("entrepot.source.version", program.torchVersion());
        metadata.putAll(inputs.dims().metadata());
        states.dropped()
                .forEach(name ->
                        dropped.add("buffer \"" + name + "\" is written, but no output depends on what is written"));
        return new Imported(Model.of(built, metadata), graph.warnings(), graph.approximations(), dropped);
    }

    private List<OutputSpec> userOutputs() {
        return program.graphModule().signature().outputSpecs().stream()
                .filter(spec -> spec instanceof OutputSpec.UserOutput || spec instanceof OutputSpec.LossOutput)
                .toList();
    }

    /** Names that are not inputs' names already: ONNX has one name space for all values. */
    private List<String> outputNames() {
        Set<String> taken = new LinkedHashSet<>(inputs.names());
        List<String> names = new ArrayList<>();
        for (String wanted :
                PortNames.outputs(program.graphModule(), userOutputs().size())) {
            String name = wanted;
            for (int i = 0; !taken.add(name); i++) {
                name = wanted + "_out" + (i == 0 ? "" : String.valueOf(i));
            }
            names.add(name);
        }
        return names;
    }

    private void addOutputs(List<String> names, Values values) {
        List<OutputSpec> specs = userOutputs();
        for (int i = 0; i < specs.size(); i++) {
            Argument argument = specs.get(i) instanceof OutputSpec.UserOutput output
                    ? output.arg()
                    : new Argument.AsTensor(((OutputSpec.LossOutput) specs.get(i)).arg());
            IValue value = values.of(argument);
            if (argument.mentions().isEmpty()) {
                dropped.add("output \"" + names.get(i) + "\" is always the same: " + value);
            } else {
                graph.output(names.get(i), value);
            }
        }
        states.kept().forEach((state, next) -> graph.output(state + "_next", values.get(next)));
    }

    /** A state's input has its value in the file as default. Source: ONNX IR, overridable initializers. */
    private Graph withDefaults(Graph built) {
        Map<String, Tensor> initializers = new LinkedHashMap<>(built.initializers());
        initializers.putAll(inputs.defaults());
        return new Graph(
                built.name(),
                built.inputs(),
                built.outputs(),
                built.nodes(),
                initializers,
                built.doc(),
                built.metadata());
    }
}
