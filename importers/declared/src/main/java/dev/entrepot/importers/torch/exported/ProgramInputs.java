package dev.entrepot.importers.torch.exported;

import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.formats.torch.exported.Argument;
import dev.entrepot.formats.torch.exported.ExportedProgram;
import dev.entrepot.formats.torch.exported.InputSpec;
import dev.entrepot.formats.torch.exported.TensorMeta;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the inputs of the program's graph are in the model: inputs, weights, states, or plain values. */
final class ProgramInputs {

    private final TorchGraph graph;
    private final TorchFile file;
    private final ExportedProgram program;
    private final States states;
    private final ImportOptions options;
    private final DimNames dims;
    private final List<String> userNames;
    private final Map<String, Tensor> defaults = new LinkedHashMap<>();
    private final Map<TorchTensor.View, TensorRef> byView = new HashMap<>();

    ProgramInputs(TorchGraph graph, TorchFile file, ExportedProgram program, States states, ImportOptions options) {
        this.graph = graph;
        this.file = file;
        this.program = program;
        this.states = states;
        this.options = options;
        this.dims = new DimNames(program.rangeConstraints());
        this.userNames = PortNames.inputs(program.graphModule(), graphNames());
    }

    private List<String> graphNames() {
        List<String> names = new ArrayList<>();
        for (InputSpec spec : program.graphModule().signature().inputSpecs()) {
            if (spec instanceof InputSpec.UserInput input) {
                names.add(String.join("_", input.arg().mentions()));
            } else if (spec instanceof InputSpec.ConstantInput constant) {
                names.add(constant.name());
            }
        }
        return names;
    }

    /** The names of the model's inputs. */
    List<String> names() {
        List<String> names = new ArrayList<>(userNames);
        names.addAll(states.kept().keySet());
        return names;
    }

    /** The names of symbolic sizes. */
    DimNames dims() {
        return dims;
    }

    /** What states hold in the file. */
    Map<String, Tensor> defaults() {
        return defaults;
    }

    /** Makes the model's inputs and weights; what is wrong with them is noted. */
    Values bind() {
        Values values = new Values(graph);
        names().forEach(graph::reserve);
        options.inputs().forEach(given -> requireInput(given.name()));
        List<InputSpec> specs = program.graphModule().signature().inputSpecs();
        userInputs(specs, values);
        specs.stream().filter(spec -> !isUsers(spec)).forEach(spec -> weight(spec, values));
        dims.least().forEach(graph::declareSymbol);
        return values;
    }

    private static boolean isUsers(InputSpec spec) {
        return spec instanceof InputSpec.UserInput || spec instanceof InputSpec.ConstantInput;
    }

    private void userInputs(List<InputSpec> specs, Values values) {
        int next = 0;
        for (InputSpec spec : specs) {
            if (spec instanceof InputSpec.UserInput input) {
                userInput(userNames.get(next++), input.arg(), values);
            } else if (spec instanceof InputSpec.ConstantInput constant) {
                graph.warn(
                        "argument \"" + userNames.get(next++) + "\"",
                        "is always " + shown(constant.value()) + " in the program, and no input");
            }
        }
    }

    private static String shown(Argument constant) {
        if (constant instanceof Argument.AsInt number) {
            return String.valueOf(number.value());
        } else if (constant instanceof Argument.AsFloat number) {
            return String.valueOf(number.value());
        } else if (constant instanceof Argument.AsBool bool) {
            return bool.value() ? "True" : "False";
        }
        return constant instanceof Argument.AsString text ? "\"" + text.value() + "\"" : "None";
    }

    private void requireInput(String name) {
        if (!userNames.contains(name)) {
            graph.note(graph.malformed("input \"" + name + "\"", "is not there; there are " + userNames));
        }
    }

    private void userInput(String name, Argument argument, Values values) {
        if (argument instanceof Argument.AsTensor tensor) {
            String writer = states.writerOfInput(tensor.name());
            if (!writer.isEmpty()) {
                graph.note(graph.unsupported(
                        "input \"" + name + "\"",
                        "is changed in place (" + writer + "), which an ONNX model cannot do; clone it first"));
            }
            values.put(tensor.name(), tensorInput(name, tensor.name()));
        } else if (argument instanceof Argument.AsSymInt) {
            TensorRef number = graph.input(name, DataType.INT64, Shape.SCALAR);
            argument.mentions().forEach(key -> values.put(key, graph.item(number.value())));
        }
    }

    private IValue tensorInput(String name, String graphName) {
        TensorMeta meta = program.graphModule().graph().tensorValues().get(graphName);
        if (meta == null) {
            graph.note(graph.malformed("input \"" + name + "\"", "has no element type and shape"));
            return IValue.BROKEN;
        }
        Shape shape = dims.shape(meta);
        DataType type = Values.dataType(graph, meta.dtype());
        Optional<dev.entrepot.importers.InputSpec> given = options.input(name);
        if (given.isPresent() && !fits(given.get(), type, shape)) {
            graph.note(graph.malformed(
                    "input \"" + name + "\"",
                    "was exported as " + type.numpyName() + shape + ", which cannot become "
                            + given.get().type().numpyName() + given.get().shape()));
        }
        return graph.input(
                name, type, given.map(dev.entrepot.importers.InputSpec::shape).orElse(shape));
    }

    /** A size that the program knows as a number is built into it. */
    private static boolean fits(dev.entrepot.importers.InputSpec given, DataType type, Shape shape) {
        if (given.type() != type || !given.shape().ranked() || given.shape().rank() != shape.rank()) {
            return false;
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis).isKnown() && !given.shape().dim(axis).equals(shape.dim(axis))) {
                return false;
            }
        }
        return true;
    }

    private void weight(InputSpec spec, Values values) {
        if (spec instanceof InputSpec.Parameter parameter) {
            weight("parameter", parameter.parameterName(), parameter.arg(), values);
        } else if (spec instanceof InputSpec.Buffer buffer) {
            weight("buffer", buffer.bufferName(), buffer.arg(), values);
        } else if (spec instanceof InputSpec.TensorConstant constant) {
            weight("constant", constant.tensorConstantName(), constant.arg(), values);
        } else if (spec instanceof InputSpec.CustomObj object) {
            graph.note(graph.unsupported(
                    "object \"" + object.customObjName() + "\"",
                    "is of the custom class " + object.classFqn() + ", which is not known here"));
        } else {
            graph.note(graph.unsupported("token", "orders effects, which ONNX has no form of"));
        }
    }

    private void weight(String what, String target, String name, Values values) {
        if (!states.liveness().isNeeded(name)) {
            return;
        }
        Optional<TorchTensor> found = Optional.ofNullable(file.tensors().get(target))
                .or(() -> Optional.ofNullable(file.constants().get(target)));
        if (found.isEmpty()) {
            graph.note(graph.malformed(what + " \"" + target + "\"", "has no tensor in the file"));
        } else if (found.get().quantization().isPresent()) {
            graph.note(graph.unsupported(what + " \"" + target + "\"", "is quantized"));
        } else {
            values.put(name, tensor(target, found.get()));
        }
    }

    private IValue tensor(String target, TorchTensor tensor) {
        Values.dataType(graph, tensor.dtype());
        if (states.kept().containsKey(target)) {
            defaults.put(target, tensor.tensor());
            graph.warn(
                    "buffer \"" + target + "\"",
                    "is changed by the program: the model takes it as an input, which has the file's value as default, and"
                            + " gives its next value as output \"" + target + "_next\"");
            return graph.input(target, tensor.tensor().type(), tensor.tensor().shape());
        }
        return tensor.view().isEmpty()
                ? graph.parameter(target, tensor.tensor())
                : byView.computeIfAbsent(tensor.view().get(), view -> graph.parameter(target, tensor.tensor()));
    }
}
