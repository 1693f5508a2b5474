package dev.entrepot.importers.torch.script.values;

import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.Expression.Attribute;
import dev.entrepot.formats.torch.script.Expression.Name;
import dev.entrepot.formats.torch.script.Expression.Subscript;
import dev.entrepot.formats.torch.script.Expression.TupleLiteral;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.script.values.ScriptValue.EnumValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.NamedTuple;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** Types as code writes them. Source: torch/csrc/jit/frontend/script_type_parser.cpp. */
public final class Types {

    private Types() {}

    /** The type's head: {@code List} of {@code List[int]}, a class's qualified name. */
    public static String head(Expression type) {
        if (type instanceof Name name) {
            return name.name();
        } else if (type instanceof Attribute attribute) {
            return head(attribute.object()) + "." + attribute.name();
        } else if (type instanceof Subscript subscript) {
            return head(subscript.object());
        } else if (type instanceof Expression.NoneLiteral) {
            return "NoneType";
        }
        return "";
    }

    /** What stands in the brackets of a type. */
    public static List<Expression> parts(Expression type) {
        return type instanceof Subscript subscript ? subscript.indices() : List.of();
    }

    /** The type as it is written. */
    public static String shown(Expression type) {
        if (type instanceof TupleLiteral tuple) {
            return tuple.items().stream().map(Types::shown).collect(Collectors.joining(", ", "(", ")"));
        }
        List<Expression> parts = parts(type);
        return parts.isEmpty()
                ? head(type)
                : head(type) + parts.stream().map(Types::shown).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Whether a value is of a type, or of one of several in brackets. */
    public static boolean isInstance(IValue value, Expression type) {
        if (type instanceof TupleLiteral either) {
            return either.items().stream().anyMatch(each -> isInstance(value, each));
        }
        List<Expression> parts = parts(type);
        return switch (head(type)) {
            case "Tensor" -> value instanceof TensorRef;
            case "int" -> value instanceof IValue.Int;
            case "float" -> value instanceof IValue.Real || isScalar(value, DataType.FLOAT, DataType.DOUBLE);
            case "bool" -> value instanceof IValue.Bool || isScalar(value, DataType.BOOL, DataType.BOOL);
            case "str" -> value instanceof IValue.Text;
            case "NoneType" -> value instanceof IValue.None;
            case "Any" -> true;
            case "number" -> value.isNumber();
            case "Device" -> value instanceof IValue.Device;
            case "Optional" -> value instanceof IValue.None || isInstance(value, parts.get(0));
            case "Union" -> parts.stream().anyMatch(each -> isInstance(value, each));
            case "list", "List" ->
                value instanceof IValue.ListValue list
                        && (parts.isEmpty() || list.items().stream().allMatch(item -> isInstance(item, parts.get(0))));
            case "tuple", "Tuple" -> isTuple(value, parts);
            case "Dict" ->
                value instanceof IValue.DictValue dict
                        && (parts.size() != 2
                                || dict.entries().entrySet().stream()
                                        .allMatch(entry -> isInstance(entry.getKey(), parts.get(0))
                                                && isInstance(entry.getValue(), parts.get(1))));
            default -> isOfClass(value, head(type));
        };
    }

    private static boolean isTuple(IValue value, List<Expression> parts) {
        if (!(value instanceof IValue.TupleValue) && !(value instanceof NamedTuple)) {
            return false;
        }
        List<IValue> items = ScriptValue.itemsOf(value).orElseThrow();
        if (parts.isEmpty()) {
            return true;
        }
        if (items.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!isInstance(items.get(i), parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isScalar(IValue value, DataType type, DataType other) {
        return value instanceof IValue.Scalar scalar
                && (scalar.value().dataType() == type || scalar.value().dataType() == other);
    }

    private static boolean isOfClass(IValue value, String qualified) {
        if (value instanceof ObjectValue object) {
            return object.className().equals(qualified);
        } else if (value instanceof NamedTuple tuple) {
            return tuple.className().equals(qualified);
        }
        return value instanceof EnumValue member && member.className().equals(qualified);
    }
}
