package dev.entrepot.importers.torch.aten;

import dev.entrepot.importers.torch.schema.Argument;
import dev.entrepot.importers.torch.schema.DefaultValue;
import dev.entrepot.importers.torch.schema.FunctionSchema;
import dev.entrepot.importers.torch.schema.SchemaType;
import dev.entrepot.importers.torch.schema.SchemaType.Plain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the overload that arguments fit: first without conversions, then with those that PyTorch makes by itself.
 *
 * <p>Source: torch/csrc/jit/frontend/schema_matching.cpp, matchSchemas and tryMatchArgument; torch/csrc/utils/python_arg_parser.cpp for
 * sizes given one by one and for NumPy's argument names.
 */
final class Overloads {

    /** NumPy's and eager PyTorch's names of arguments that schemas name otherwise. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "input",
            "self",
            "axis",
            "dim",
            "keepdims",
            "keepdim",
            "x",
            "self",
            "x1",
            "self",
            "x2",
            "other",
            "mat1",
            "self");

    private enum Conversion {
        NONE,
        IMPLICIT
    }

    private Overloads() {}

    /** @throws dev.entrepot.bytes.ModelException if no overload fits */
    static AtenCall bind(
            TorchGraph graph,
            String op,
            List<FunctionSchema> candidates,
            List<IValue> positional,
            Map<String, IValue> keyword) {
        for (Conversion conversion : Conversion.values()) {
            for (FunctionSchema schema : candidates) {
                Optional<Map<String, IValue>> bound = arguments(schema, positional, keyword, conversion);
                if (bound.isPresent()) {
                    return new AtenCall(graph, schema, bound.get());
                }
            }
        }
        String given = Stream.concat(
                        positional.stream().map(IValue::sort),
                        keyword.entrySet().stream()
                                .map(entry ->
                                        entry.getKey() + "=" + entry.getValue().sort()))
                .collect(Collectors.joining(", "));
        throw graph.malformed(
                op,
                "is called with (" + given + "), expected "
                        + candidates.stream().map(FunctionSchema::toString).collect(Collectors.joining(" or ")));
    }

    /** The overloads of lists and dictionaries that take these arguments, broken values among them: they hold them like any others. */
    static List<FunctionSchema> holding(
            List<FunctionSchema> candidates, List<IValue> positional, Map<String, IValue> keyword) {
        return candidates.stream()
                .filter(schema -> !schema.arguments().isEmpty()
                        && isContainer(schema.arguments().get(0).type()))
                .filter(schema ->
                        arguments(schema, positional, keyword, Conversion.NONE).isPresent())
                .toList();
    }

    private static boolean isContainer(SchemaType type) {
        return type instanceof SchemaType.DictType
                || type instanceof SchemaType.ListType list && list.element() instanceof SchemaType.Variable;
    }

    private static Optional<Map<String, IValue>> arguments(
            FunctionSchema schema, List<IValue> positional, Map<String, IValue> keyword, Conversion conversion) {
        Map<String, IValue> named = new LinkedHashMap<>();
        keyword.forEach((name, value) -> named.put(ownName(schema, name), value));
        Map<String, IValue> bound = new LinkedHashMap<>();
        int next = 0;
        for (Argument argument : schema.arguments()) {
            IValue value = named.remove(argument.name());
            if (value == null && !argument.keywordOnly() && next < positional.size()) {
                boolean oneByOne = isLastPositional(schema, argument)
                        && isSizes(argument.type())
                        && positional.subList(next, positional.size()).stream().allMatch(IValue.Int.class::isInstance);
                value = oneByOne ? IValue.list(positional.subList(next, positional.size())) : positional.get(next);
                next = oneByOne ? positional.size() : next + 1;
            }
            if (value == null && argument.isRequired()) {
                return Optional.empty();
            }
            if (value != null && !matches(value, argument.type(), conversion)) {
                return Optional.empty();
            }
            bound.put(
                    argument.name(),
                    value != null ? value : toIValue(argument.defaultValue().orElseThrow()));
        }
        if (schema.variadic()) {
            bound.put(AtenCall.REST, IValue.list(positional.subList(next, positional.size())));
            next = positional.size();
        }
        return next == positional.size() && named.isEmpty() ? Optional.of(bound) : Optional.empty();
    }

    private static String ownName(FunctionSchema schema, String name) {
        String other = OTHER_NAMES.get(name);
        return other != null && schema.argument(name).isEmpty() ? other : name;
    }

    private static boolean isLastPositional(FunctionSchema schema, Argument argument) {
        List<Argument> ordered =
                schema.arguments().stream().filter(a -> !a.keywordOnly()).toList();
        return ordered.indexOf(argument) == ordered.size() - 1;
    }

    private static boolean isSizes(SchemaType type) {
        return type.present() instanceof SchemaType.ListType list
                && (list.element() == Plain.INT || list.element() == Plain.SYM_INT);
    }

    private static boolean matches(IValue value, SchemaType type, Conversion conversion) {
        if (value instanceof IValue.Broken) {
            return type instanceof SchemaType.Variable;
        }
        if (type instanceof SchemaType.OptionalType optional) {
            return value instanceof IValue.None || matches(value, optional.element(), conversion);
        }
        if (type instanceof SchemaType.ListType list) {
            return matchesList(value, list, conversion);
        }
        if (type instanceof SchemaType.TupleType tuple) {
            return value instanceof IValue.TupleValue given
                    && given.items().size() == tuple.elements().size();
        }
        if (type instanceof SchemaType.DictType) {
            return value instanceof IValue.DictValue;
        }
        if (type instanceof SchemaType.ClassType) {
            return value instanceof IValue.Opaque;
        }
        return type instanceof SchemaType.Variable || matchesPlain(value, (Plain) type, conversion);
    }

    private static boolean matchesList(IValue value, SchemaType.ListType type, Conversion conversion) {
        if (value instanceof IValue.ListValue list) {
            return list.items().stream().allMatch(item -> matches(item, type.element(), conversion));
        }
        if (value instanceof IValue.TupleValue tuple) {
            return tuple.items().stream().allMatch(item -> matches(item, type.element(), conversion));
        }
        return conversion == Conversion.IMPLICIT
                && type.size().isPresent()
                && matches(value, type.element(), conversion);
    }

    private static boolean matchesPlain(IValue value, Plain type, Conversion conversion) {
        boolean number = value.isNumber();
        boolean implicit = conversion == Conversion.IMPLICIT;
        return switch (type) {
            case TENSOR -> value instanceof TensorRef || implicit && number;
            case INT, SYM_INT ->
                value instanceof IValue.Int || implicit && (value instanceof TensorRef || value instanceof IValue.Bool);
            case FLOAT ->
                value instanceof IValue.Real
                        || isComputedFloat(value)
                        || implicit && (value instanceof TensorRef || value instanceof IValue.Int);
            case BOOL, SYM_BOOL ->
                value.isBool() || implicit && (value instanceof TensorRef || value instanceof IValue.Int);
            case SCALAR -> number || implicit && value instanceof TensorRef;
            case COMPLEX -> false;
            case STR -> value instanceof IValue.Text;
            case DEVICE -> value instanceof IValue.Device || implicit && value instanceof IValue.Text;
            case SCALAR_TYPE, LAYOUT, MEMORY_FORMAT, QUANTIZATION_SCHEME -> value instanceof IValue.Int;
            case NONE, GENERATOR, STORAGE, STREAM -> value instanceof IValue.None;
            case ANY, ANY_CLASS, ANY_ENUM -> true;
        };
    }

    private static boolean isComputedFloat(IValue value) {
        return value instanceof IValue.Scalar scalar
                && scalar.value().dataType().isFloatingPoint();
    }

    private static IValue toIValue(DefaultValue value) {
        if (value instanceof DefaultValue.Int number) {
            return IValue.of(number.value());
        }
        if (value instanceof DefaultValue.Real real) {
            return IValue.of(real.value());
        }
        if (value instanceof DefaultValue.Bool bool) {
            return IValue.of(bool.value());
        }
        if (value instanceof DefaultValue.Text text) {
            return IValue.of(text.value());
        }
        if (value instanceof DefaultValue.ListOf list) {
            return IValue.list(list.elements().stream().map(Overloads::toIValue).toList());
        }
        return IValue.NONE;
    }
}
