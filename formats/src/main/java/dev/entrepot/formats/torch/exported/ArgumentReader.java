package dev.entrepot.formats.torch.exported;

import static dev.entrepot.formats.torch.exported.DocumentFields.constant;
import static dev.entrepot.formats.torch.exported.DocumentFields.list;
import static dev.entrepot.formats.torch.exported.DocumentFields.real;
import static dev.entrepot.formats.torch.exported.DocumentFields.text;
import static dev.entrepot.formats.torch.exported.DocumentFields.union;
import static dev.entrepot.formats.torch.exported.DocumentFields.unknown;

import dev.entrepot.formats.json.JsonValue;
import dev.entrepot.formats.torch.exported.DocumentFields.Choice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads arguments and symbolic values. */
final class ArgumentReader {

    private ArgumentReader() {}

    static Argument argument(JsonValue object) {
        Choice choice = union(object, "argument");
        JsonValue value = choice.value();
        return switch (choice.tag()) {
            case "as_none" -> new Argument.AsNone();
            case "as_tensor" -> new Argument.AsTensor(tensor(value));
            case "as_tensors" -> new Argument.AsTensors(list(value, ArgumentReader::tensor));
            case "as_int" -> new Argument.AsInt(value.asLong());
            case "as_ints" -> new Argument.AsInts(list(value, JsonValue::asLong));
            case "as_float" -> new Argument.AsFloat(real(value));
            case "as_floats" -> new Argument.AsFloats(list(value, DocumentFields::real));
            case "as_string" -> new Argument.AsString(value.asText());
            case "as_strings" -> new Argument.AsStrings(list(value, JsonValue::asText));
            case "as_sym_int" -> new Argument.AsSymInt(symbolic(value));
            case "as_sym_ints" -> new Argument.AsSymInts(list(value, ArgumentReader::symbolic));
            case "as_scalar_type" -> new Argument.AsScalarType(DocumentFields.dtype(value));
            case "as_memory_format" -> new Argument.AsMemoryFormat(constant(value, MemoryFormat.class));
            case "as_layout" -> new Argument.AsLayout(constant(value, Layout.class));
            case "as_device" -> new Argument.AsDevice(DocumentFields.device(value));
            case "as_bool" -> new Argument.AsBool(value.asBool());
            case "as_bools" -> new Argument.AsBools(list(value, JsonValue::asBool));
            case "as_sym_bool" -> new Argument.AsSymBool(symbolic(value));
            case "as_sym_bools" -> new Argument.AsSymBools(list(value, ArgumentReader::symbolic));
            case "as_graph" -> new Argument.AsGraph(text(value, "name"), GraphReader.graph(value.member("graph")));
            case "as_optional_tensors" -> new Argument.AsOptionalTensors(list(value, ArgumentReader::optionalTensor));
            case "as_custom_obj" -> new Argument.AsCustomObj(text(value, "name"), className(value));
            case "as_operator" -> new Argument.AsOperator(value.asText());
            case "as_sym_float" -> new Argument.AsSymFloat(symbolic(value));
            case "as_sym_floats" -> new Argument.AsSymFloats(list(value, ArgumentReader::symbolic));
            case "as_optional_tensor" -> new Argument.AsOptionalTensor(optionalTensor(value));
            case "as_complex" -> new Argument.AsComplex(real(value.member("real")), real(value.member("imag")));
            case "as_nested_tensors" ->
                new Argument.AsNestedTensors(list(value, inner -> list(inner, ArgumentReader::tensor)));
            case "as_int_lists" -> new Argument.AsIntLists(list(value, inner -> list(inner, JsonValue::asLong)));
            case "as_float_lists" -> new Argument.AsFloatLists(list(value, inner -> list(inner, DocumentFields::real)));
            case "as_string_to_argument" -> new Argument.AsStringToArgument(arguments(value));
            default -> throw unknown(object, "argument", choice);
        };
    }

    static NamedArgument named(JsonValue object) {
        NamedArgument.Kind kind = object.find("kind")
                .map(number -> constant(number, NamedArgument.Kind.class))
                .orElse(NamedArgument.Kind.UNKNOWN);
        return new NamedArgument(text(object, "name"), argument(object.member("arg")), kind);
    }

    /** A TensorArgument or TokenArgument. */
    static String tensor(JsonValue object) {
        return text(object, "name");
    }

    private static Map<String, Argument> arguments(JsonValue members) {
        Map<String, Argument> arguments = new LinkedHashMap<>();
        members.asMembers().forEach((name, value) -> arguments.put(name, argument(value)));
        return arguments;
    }

    static String className(JsonValue customObj) {
        return customObj.find("class_fqn").map(JsonValue::asText).orElse("");
    }

    private static Optional<String> optionalTensor(JsonValue object) {
        Choice choice = union(object, "optional tensor");
        return switch (choice.tag()) {
            case "as_none" -> Optional.empty();
            case "as_tensor" -> Optional.of(tensor(choice.value()));
            default -> throw unknown(object, "optional tensor", choice);
        };
    }

    private static SymArgument symbolic(JsonValue object) {
        Choice choice = union(object, "symbolic argument");
        return choice.tag().equals("as_name")
                ? new SymArgument.Named(choice.value().asText())
                : new SymArgument.Known(symValue(object));
    }

    /** SymInt, SymFloat, SymBool, SymExprHint, and the plain members of their arguments. */
    static SymValue symValue(JsonValue object) {
        Choice choice = union(object, "symbolic value");
        JsonValue value = choice.value();
        return switch (choice.tag()) {
            case "as_int" -> new SymValue.Int(value.asLong());
            case "as_float" -> new SymValue.Real(real(value));
            case "as_bool" -> new SymValue.Bool(value.asBool());
            case "as_expr" ->
                new SymValue.Expr(text(value, "expr_str"), value.find("hint").map(ArgumentReader::symValue));
            default -> throw unknown(object, "symbolic value", choice);
        };
    }

    /** A size: a whole number or an expression. */
    static SymValue size(JsonValue object) {
        SymValue size = symValue(object);
        if (size instanceof SymValue.Expr || size instanceof SymValue.Int known && known.value() >= 0) {
            return size;
        }
        throw DocumentFields.malformed(object, "size", "should be a whole number, not negative, or an expression");
    }

    static List<Argument> argumentsOf(JsonValue object, String member) {
        return list(object.member(member), ArgumentReader::argument);
    }
}
