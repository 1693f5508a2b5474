package dev.entrepot.formats.torch.exported;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.json.JsonValue;
import dev.entrepot.formats.torch.TorchDtype;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The plain members of the document's objects. Members that a later schema added are passed over, as PyTorch does. */
final class DocumentFields {

    private DocumentFields() {}

    /** The one member of a union that is set. */
    record Choice(String tag, JsonValue value) {}

    /** A union: an object of one member. Earlier writers put null for the others. */
    static Choice union(JsonValue object, String what) {
        List<Map.Entry<String, JsonValue>> set = object.asMembers().entrySet().stream()
                .filter(member -> !member.getValue().isNull())
                .toList();
        if (set.size() != 1) {
            throw malformed(object, what, "should have one member, has " + set.size());
        }
        return new Choice(set.get(0).getKey(), set.get(0).getValue());
    }

    static ModelException unknown(JsonValue object, String what, Choice choice) {
        return ModelException.unsupported(
                object.where(),
                what,
                "has the member \"" + choice.tag() + "\", which schemas up to " + ProgramReader.NEWEST
                        + " do not know");
    }

    static ModelException malformed(JsonValue value, String what, String why) {
        return ModelException.malformed(value.where(), what, why);
    }

    static String text(JsonValue object, String member) {
        return object.member(member).asText();
    }

    static <T> List<T> list(JsonValue array, Function<JsonValue, T> item) {
        return array.asItems().stream().map(item).toList();
    }

    static <T> List<T> listOrNone(JsonValue object, String member, Function<JsonValue, T> item) {
        return object.find(member).map(array -> list(array, item)).orElse(List.of());
    }

    static <T> Map<String, T> mapOrNone(JsonValue object, String member, Function<JsonValue, T> item) {
        Map<String, T> map = new LinkedHashMap<>();
        object.find(member)
                .ifPresent(members -> members.asMembers().forEach((key, value) -> map.put(key, item.apply(value))));
        return map;
    }

    /** A constant of an enum whose numbers count from 0. */
    static <E extends Enum<E>> E constant(JsonValue number, Class<E> type) {
        long index = number.asLong();
        E[] constants = type.getEnumConstants();
        if (index < 0 || index >= constants.length) {
            throw malformed(number, type.getSimpleName(), "has no number " + index);
        }
        return constants[(int) index];
    }

    static TorchDtype dtype(JsonValue number) {
        return TorchDtype.ofExportNumber(number.asLong())
                .orElseThrow(() -> ModelException.unsupported(
                        number.where(), "element type", "number " + number.asLong() + " is not known"));
    }

    static Device device(JsonValue object) {
        return new Device(text(object, "type"), object.find("index").map(JsonValue::asLong));
    }

    /** A number; infinities and NaN are texts where JSON has no number for them. */
    static double real(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return switch (text.value()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> value.asDouble();
            };
        }
        return value.asDouble();
    }

    /** A bound; infinite ones are left out, or infinite numbers in earlier schemas. */
    static Optional<Long> bound(JsonValue object, String member) {
        return object.find(member)
                .filter(value -> !(value instanceof JsonValue.Number number
                                && number.text().endsWith("Infinity"))
                        && !(value instanceof JsonValue.Text))
                .map(JsonValue::asLong);
    }
}
