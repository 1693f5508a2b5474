package dev.entrepot.importers.torch.script;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.FunctionDefinition;
import dev.entrepot.formats.torch.script.FunctionDefinition.Parameter;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.DictValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.values.Types;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What forward is called with. Code does not say shapes: the user gives them, or the example that a traced model carries.
 *
 * <p>A parameter's input has the parameter's name. The items of a list or tuple are {@code images.0}, {@code images.1}, the entries of a
 * dictionary {@code batch.image}; a list has as many items as are given. A parameter of a plain number is a scalar input, unless it has a
 * default or the user says {@code sr=16000}.
 */
final class ForwardInputs {

    private final TorchGraph graph;
    private final Map<String, InputSpec> specs = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    /**
     * Inputs for a graph.
     *
     * @param graph gets the inputs
     * @param options what the user says
     * @param examples the types of the example's tensors, in order; none if there is no example
     */
    ForwardInputs(TorchGraph graph, ImportOptions options, List<InputSpec> examples) {
        this.graph = graph;
        examples.forEach(example -> specs.put(example.name(), example));
        options.inputs().forEach(input -> specs.put(input.name(), input));
    }

    /** A number that the user fixed. */
    static IValue number(double fixed) {
        return fixed == Math.rint(fixed) && Math.abs(fixed) < 1L << 53 ? IValue.of((long) fixed) : IValue.of(fixed);
    }

    /**
     * The arguments, by parameter; a parameter that has a default and that nobody speaks about is not among them.
     *
     * @throws ModelException (malformed) if shapes are missing, with all parameters
     */
    Map<String, IValue> arguments(FunctionDefinition forward, SourceLocation file) {
        List<Parameter> parameters =
                forward.parameters().subList(1, forward.parameters().size());
        Map<String, IValue> arguments = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            boolean spoken = specs.keySet().stream()
                    .anyMatch(name -> name.equals(parameter.name()) || name.startsWith(parameter.name() + "."));
            boolean needed = parameter.absent().isEmpty();
            if (spoken || needed) {
                argument(parameter.name(), parameter.type()).ifPresent(value -> arguments.put(parameter.name(), value));
            }
        }
        if (!missing.isEmpty()) {
            throw ModelException.malformed(file, "forward(" + shown(parameters) + ")", missingShapes());
        }
        return arguments;
    }

    private String missingShapes() {
        return "the file does not say the shape of " + String.join(", ", missing) + "; give "
                + missing.stream()
                        .map(name -> "--input " + name + ":float32[N,3,224,224]")
                        .collect(Collectors.joining(" "))
                + " with its own element type and sizes";
    }

    private static String shown(List<Parameter> parameters) {
        return parameters.stream()
                .map(p -> p.name()
                        + p.type().map(type -> ": " + Types.shown(type)).orElse(""))
                .collect(Collectors.joining(", "));
    }

    private Optional<IValue> argument(String name, Optional<Expression> type) {
        String head = type.map(Types::head).orElse("Tensor");
        List<Expression> parts = type.map(Types::parts).orElse(List.of());
        return switch (head) {
            case "Optional" -> isSpoken(name) ? argument(name, Optional.of(parts.get(0))) : Optional.of(IValue.NONE);
            case "int" -> Optional.of(number(name, DataType.INT64));
            case "float" -> Optional.of(number(name, DataType.FLOAT));
            case "bool" -> Optional.of(number(name, DataType.BOOL));
            case "List" -> list(name, parts);
            case "Tuple" -> tuple(name, parts);
            case "Dict" -> dict(name, parts);
            case "str", "Device" -> {
                missing.add(name);
                yield Optional.empty();
            }
            default -> tensor(name);
        };
    }

    private boolean isSpoken(String name) {
        return specs.keySet().stream().anyMatch(given -> given.equals(name) || given.startsWith(name + "."));
    }

    private Optional<IValue> tensor(String name) {
        InputSpec spec = specs.get(name);
        if (spec == null) {
            missing.add(name);
            return Optional.empty();
        }
        return Optional.of(
                spec.fixed().isPresent()
                        ? graph.tensor(graph.toValue(number(spec.fixed().get())))
                        : graph.input(name, spec.type(), spec.shape()));
    }

    private IValue number(String name, DataType type) {
        InputSpec spec = specs.get(name);
        if (spec != null && spec.fixed().isPresent()) {
            double fixed = spec.fixed().get();
            return type == DataType.BOOL
                    ? IValue.of(fixed != 0)
                    : type == DataType.FLOAT ? IValue.of(fixed) : number(fixed);
        }
        TensorRef input = graph.input(name, type, Shape.SCALAR);
        return graph.item(input.value());
    }

    private Optional<IValue> list(String name, List<Expression> parts) {
        List<IValue> items = new ArrayList<>();
        while (isSpoken(name + "." + items.size())) {
            argument(name + "." + items.size(), parts.stream().findFirst()).ifPresent(items::add);
        }
        if (items.isEmpty()) {
            missing.add(name + ".0");
            return Optional.empty();
        }
        return Optional.of(IValue.list(items));
    }

    private Optional<IValue> tuple(String name, List<Expression> parts) {
        List<IValue> items = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            argument(name + "." + i, Optional.of(parts.get(i))).ifPresent(items::add);
        }
        return Optional.of(IValue.tuple(items));
    }

    private Optional<IValue> dict(String name, List<Expression> parts) {
        DictValue dict = new DictValue();
        for (String given : List.copyOf(specs.keySet())) {
            if (given.startsWith(name + ".")) {
                String key = given.substring(name.length() + 1);
                argument(given, parts.stream().skip(1).findFirst())
                        .ifPresent(value -> dict.entries().put(IValue.of(key), value));
            }
        }
        if (dict.entries().isEmpty()) {
            missing.add(name + ".KEY");
            return Optional.empty();
        }
        return Optional.of(dict);
    }
}
