package dev.entrepot.importers.torch.modules;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.StateDict;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.formats.torch.TorchValue.Instance;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.tree.Execution;
import dev.entrepot.importers.torch.modules.tree.Module;
import dev.entrepot.importers.torch.operators.AtenTable;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks of which there are weights without code: pickled modules of known classes, and state_dicts of known families. */
public final class ModuleImporter {

    private final TorchFile file;
    private final ImportOptions options;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    private ModuleImporter(TorchFile file, ImportOptions options) {
        this.file = file;
        this.options = options;
    }

    /** Whether a file holds a whole module, not only its weights. */
    public static boolean holdsModule(TorchFile file) {
        return file.value() instanceof Instance instance && instance.isModule();
    }

    /**
     * Lowers the module or the state_dict of a file.
     *
     * @throws ModelException with every class and operator that is not known, or what kind of network the state_dict is not
     */
    public static Imported lower(TorchFile file, ImportOptions options) {
        ModuleImporter importer = new ModuleImporter(file, options);
        return holdsModule(file) ? importer.pickled((Instance) file.value()) : importer.recognised();
    }

    private Imported pickled(Instance root) {
        Module module = PickledModules.tree(root);
        return imported(module, FirstLayer.input(module), module.simpleName());
    }

    private Imported recognised() {
        StateDict state = StateDict.of(file, new StateDict.Options(options.weightsKey(), options.stripPrefix()));
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        state.tensors().forEach((name, tensor) -> tensors.put(name, SingleFloats.of(tensor)));
        Recognised network = Families.recognise(where(), tensors);
        warnings.addAll(state.notes());
        warnings.add("recognised as " + network.architecture()
                + " by its keys and shapes; what they do not tell, such as strides and activations, is as published");
        network.notes().forEach(note -> (note.contains("left out") ? dropped : warnings).add(note));
        Shape images = Shape.of(List.of(
                Dim.of("N"),
                FirstLayer.channels(network.module()),
                Dim.of(network.imageSize()),
                Dim.of(network.imageSize())));
        return imported(network.module(), new InputSpec("x", DataType.FLOAT, images), network.architecture());
    }

    private SourceLocation where() {
        return SourceLocation.file(file.name());
    }

    private Imported imported(Module module, InputSpec expected, String architecture) {
        InputSpec spec = input(expected);
        TorchGraph graph = new TorchGraph(AtenTable::find, module.simpleName(), where());
        TensorRef x = graph.input(spec.name(), spec.type(), spec.shape());
        Execution execution = new Execution(graph, ForwardTable.forwards());
        List<IValue> outputs = new ArrayList<>();
        collect(execution.run(module, x), outputs);
        graph.throwIfAny();
        for (int i = 0; i < outputs.size(); i++) {
            graph.reserve("output_" + i);
        }
        for (int i = 0; i < outputs.size(); i++) {
            graph.output("output_" + i, outputs.get(i));
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("entrepot.source.framework", "pytorch");
        metadata.put("entrepot.source.architecture", architecture);
        warnings.addAll(graph.warnings());
        return new Imported(Model.of(graph.build(), metadata), warnings, graph.approximations(), dropped);
    }

    /** What the caller says of the input, under whatever name. */
    private InputSpec input(InputSpec expected) {
        if (options.inputs().size() > 1) {
            throw ModelException.unsupported(
                    where(),
                    "network",
                    "has one input, \"" + expected.name() + "\"; "
                            + options.inputs().size() + " are given");
        }
        InputSpec spec =
                options.inputs().isEmpty() ? expected : options.inputs().get(0);
        if (!spec.shape().ranked()) {
            throw ModelException.unsupported(
                    where(),
                    "input \"" + spec.name() + "\"",
                    "has a shape that the network does not tell; give it with --input, such as x:float32[1,3,224,224]");
        }
        return spec;
    }

    private void collect(IValue value, List<IValue> outputs) {
        if (value instanceof IValue.TupleValue tuple) {
            tuple.items().forEach(item -> collect(item, outputs));
        } else if (value instanceof IValue.ListValue list) {
            list.items().forEach(item -> collect(item, outputs));
        } else if (value instanceof IValue.DictValue dict) {
            dict.entries().values().forEach(item -> collect(item, outputs));
        } else if (!(value instanceof IValue.None)) {
            outputs.add(value);
        }
    }
}
