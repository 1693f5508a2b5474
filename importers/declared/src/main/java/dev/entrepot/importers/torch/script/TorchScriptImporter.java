package dev.entrepot.importers.torch.script;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.formats.torch.TorchValue.Instance;
import dev.entrepot.formats.torch.script.CompilationUnit;
import dev.entrepot.formats.torch.script.FunctionDefinition;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.operators.AtenTable;
import dev.entrepot.importers.torch.script.run.Interpreter;
import dev.entrepot.importers.torch.script.run.RaisedException;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * TorchScript archives to ONNX: traced, scripted and frozen models, and those for mobile that hold code.
 *
 * <p>The model's {@code forward} is interpreted. Attributes that it changes become inputs with the attribute's name, and their new values
 * outputs {@code NAME_next}.
 */
public final class TorchScriptImporter {

    private static final int MOST_WALKS = 4;

    private final TorchFile file;
    private final ImportOptions options;
    private final CompilationUnit code;
    private final Instance root;
    private final FunctionDefinition forward;
    private final SourceLocation where;

    private TorchScriptImporter(TorchFile file, ImportOptions options) {
        this.file = file;
        this.options = options;
        this.where = SourceLocation.file(file.name());
        this.code = CompilationUnit.of(file.code());
        if (code.modules().isEmpty()) {
            throw ModelException.unsupported(
                    where, "archive", "holds no code, only byte code for mobile; save the model with torch.jit.save");
        }
        if (!(file.value() instanceof Instance instance)) {
            throw ModelException.malformed(where, "data.pkl", "holds " + file.value() + ", a module is expected");
        }
        this.root = instance;
        this.forward = code.classNamed(instance.className())
                .map(type -> type.methods().get("forward"))
                .orElseThrow(() -> ModelException.malformed(
                        where, "class " + instance.className(), "has no method forward in the archive's code"));
    }

    /**
     * Lowers the model of an archive.
     *
     * @throws ModelException with all that is malformed or not supported
     */
    public static Imported lower(TorchFile file, ImportOptions options) {
        return new TorchScriptImporter(file, options).lower();
    }

    private Imported lower() {
        List<InputSpec> examples = TracedInputs.of(file, forward);
        boolean symbolic =
                examples.stream().anyMatch(example -> !example.shape().isStatic());
        if (!symbolic) {
            return lower(examples);
        }
        try {
            return lower(examples);
        } catch (ModelException e) {
            return lower(TracedInputs.withSizes(file, forward));
        }
    }

    private Imported lower(List<InputSpec> examples) {
        States states = new States(options);
        Map<String, Shape> inFile = new HashMap<>();
        for (Map.Entry<String, TorchTensor> tensor : file.tensors().entrySet()) {
            inFile.put(tensor.getKey(), tensor.getValue().tensor().shape());
        }
        Set<String> changing = Set.of();
        for (int walk = 0; walk < MOST_WALKS; walk++) {
            try {
                Walk done = new Walk(states, examples);
                Map<String, IValue> written = done.objects.written();
                if (!states.learn(done.graph, written, inFile)) {
                    return done.imported(written);
                }
                changing = written.keySet();
            } catch (ModelException e) {
                throw changing.isEmpty() ? e : withHint(e, changing);
            }
        }
        throw withHint(
                ModelException.unsupported(where, "forward", "changes attributes to something else in every call"),
                changing);
    }

    private ModelException withHint(ModelException problem, Set<String> changing) {
        var problems = new ArrayList<>(problem.problems());
        problems.addAll(ModelException.unsupported(
                        where,
                        "state",
                        "forward changes " + String.join(", ", changing)
                                + ", which therefore are inputs; --input NAME:DTYPE[SIZES] gives such an input's shape,"
                                + " --input NAME=NUMBER gives an attribute its value for every call")
                .problems());
        return new ModelException(problems);
    }

    /** One interpretation of forward. */
    private final class Walk {
        private final TorchGraph graph = new TorchGraph(AtenTable::find, "main", where);
        private final States states;
        private final ModuleObjects objects;
        private final Interpreter interpreter;
        private final ForwardOutputs outputs;
        private final Map<String, IValue> arguments;

        Walk(States states, List<InputSpec> examples) {
            this.states = states;
            this.objects = new ModuleObjects(graph, states);
            try {
                this.interpreter = new Interpreter(graph, code, objects.constants(file.constants()), formatVersion());
                this.arguments = new ForwardInputs(graph, options, examples).arguments(forward, where);
                ObjectValue module = (ObjectValue) objects.value(root, "");
                List<IValue> positional = new ArrayList<>();
                Map<String, IValue> keyword = new LinkedHashMap<>(arguments);
                this.outputs = ForwardOutputs.of(
                        graph, interpreter.callMethod(module, "forward", positional, keyword, forward.where()));
            } catch (ModelException e) {
                throw together(e);
            } catch (RaisedException e) {
                throw ModelException.malformed(e.where(), "model", "refuses these inputs: " + e.getMessage());
            }
        }

        /** What ends the walk, with all that was noted before it. */
        private ModelException together(ModelException last) {
            Set<Problem> all = new LinkedHashSet<>();
            try {
                graph.throwIfAny();
            } catch (ModelException noted) {
                all.addAll(noted.problems());
            }
            all.addAll(last.problems());
            return new ModelException(List.copyOf(all));
        }

        Imported imported(Map<String, IValue> written) {
            Set<String> taken = new HashSet<>(arguments.keySet());
            states.given().keySet().forEach(taken::add);
            taken.addAll(written.keySet());
            List<String> dropped = new ArrayList<>(interpreter.dropped());
            dropped.addAll(outputs.dropped());
            outputs.addTo(taken);
            List<String> warnings = new ArrayList<>();
            written.forEach((path, value) -> {
                if (states.isInput(path)) {
                    graph.output(path + "_next", value);
                    warnings.add("attribute \"" + path + "\" changes from call to call: feed the output \"" + path
                            + "_next\" back as the input \"" + path + "\"; the file begins with " + begins(path));
                } else {
                    warnings.add("attribute \"" + path + "\" is changed by forward; the ONNX model takes it to be "
                            + states.value(graph, path).map(IValue::shown).orElse("what the file says")
                            + " in every call");
                }
            });
            Map<String, String> metadata = new LinkedHashMap<>();
            metadata.put("entrepot.source.framework", "pytorch");
            Model model = Model.of(graph.build(), metadata);
            warnings.addAll(graph.warnings());
            return new Imported(model, warnings, graph.approximations(), dropped);
        }

        private String begins(String path) {
            TorchTensor tensor = file.tensors().get(path);
            return tensor == null ? "a number" : tensor.toString();
        }
    }

    private long formatVersion() {
        String version = file.facts().getOrDefault("version", file.facts().getOrDefault(".data/version", "3"));
        try {
            return Long.parseLong(version.strip());
        } catch (NumberFormatException e) {
            throw ModelException.malformed(where, "version", "is \"" + version + "\", a number is expected");
        }
    }
}
