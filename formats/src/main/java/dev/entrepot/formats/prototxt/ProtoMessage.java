package dev.entrepot.formats.prototxt;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A message whose fields are known by name only.
 *
 * <p>Whoever asks for a field says what it must be; a value of another kind, a number out of range or a single field that is given more
 * than once is a {@link ModelException} of kind malformed with the field's place. That is when Protocol Buffers' own text parser, which
 * knows the schema, refuses the file too.
 */
public final class ProtoMessage implements ProtoValue {

    private static final Set<String> TRUE = Set.of("true", "True", "t");
    private static final Set<String> FALSE = Set.of("false", "False", "f");

    private final List<ProtoField> fields;
    private final SourceLocation location;

    /**
     * A message of these fields.
     *
     * @param location where it begins
     * @param fields the fields, in order
     */
    public ProtoMessage(SourceLocation location, List<ProtoField> fields) {
        this.location = location;
        this.fields = List.copyOf(fields);
    }

    /** A message without fields. */
    public static ProtoMessage empty(SourceLocation location) {
        return new ProtoMessage(location, List.of());
    }

    /** Where this message begins. */
    public SourceLocation location() {
        return location;
    }

    /** Where the first field of this name stands, or where this message begins if there is none. */
    public SourceLocation location(String name) {
        return values(name).findFirst().map(ProtoField::location).orElse(location);
    }

    /** All fields, in order. */
    public List<ProtoField> fields() {
        return fields;
    }

    /** All fields of this name, in order. */
    public List<ProtoField> fields(String name) {
        return values(name).toList();
    }

    /** Whether there is a field of this name. */
    public boolean has(String name) {
        return values(name).findAny().isPresent();
    }

    /** The string of a field that must be there. */
    public String string(String name) {
        return require(name, ProtoMessage::toText);
    }

    /** The string of a field, or a default. */
    public String stringOr(String name, String byDefault) {
        return or(name, byDefault, ProtoMessage::toText);
    }

    /** The strings of a repeated field. */
    public List<String> strings(String name) {
        return values(name).map(ProtoMessage::toText).toList();
    }

    /** The text of a scalar field of any kind as it was written, or a default. */
    public String textOr(String name, String byDefault) {
        return or(name, byDefault, field -> {
            if (field.value() instanceof ProtoScalar scalar) {
                return scalar.text();
            }
            throw wrong(field, "a scalar");
        });
    }

    /** The whole number of a field that must be there. */
    public long longOf(String name) {
        return require(name, field -> toLong(field, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** The whole number of an int64 field, or a default. */
    public long longOr(String name, long byDefault) {
        return or(name, byDefault, field -> toLong(field, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** The whole numbers of a repeated int64 field. */
    public List<Long> longs(String name) {
        return values(name)
                .map(field -> toLong(field, Long.MIN_VALUE, Long.MAX_VALUE))
                .toList();
    }

    /** The whole number of an int32 field, or a default. */
    public int intOr(String name, int byDefault) {
        return or(name, byDefault, field -> (int) toLong(field, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** The whole number of a uint32 field, or a default; a negative number is malformed. */
    public long unsignedOr(String name, long byDefault) {
        return or(name, byDefault, field -> toLong(field, 0, 0xffff_ffffL));
    }

    /** The whole numbers of a repeated uint32 field; a negative number is malformed. */
    public List<Long> unsigneds(String name) {
        return values(name).map(field -> toLong(field, 0, 0xffff_ffffL)).toList();
    }

    /** The number of a float field, or a default. */
    public float floatOr(String name, float byDefault) {
        return or(name, byDefault, ProtoMessage::toFloat);
    }

    /** The numbers of a repeated float field. */
    public List<Float> floats(String name) {
        return values(name).map(ProtoMessage::toFloat).toList();
    }

    /** The truth value of a bool field, or a default: {@code true}, {@code True}, {@code t} or 1, and their opposites. */
    public boolean boolOr(String name, boolean byDefault) {
        return or(name, byDefault, ProtoMessage::toBool);
    }

    /** The truth values of a repeated bool field. */
    public List<Boolean> bools(String name) {
        return values(name).map(ProtoMessage::toBool).toList();
    }

    /**
     * The constant of an enum field, by its name or its number, or a default. The Java constants have the field's own names and stand in
     * the order of their numbers, from 0 without gaps.
     */
    public <E extends Enum<E>> E enumOr(String name, E byDefault) {
        return enumOr(name, byDefault, 0);
    }

    /** Like {@link #enumOr(String, Enum)}, where the first constant's number is {@code first}. */
    public <E extends Enum<E>> E enumOr(String name, E byDefault, int first) {
        E[] constants = byDefault.getDeclaringClass().getEnumConstants();
        String[] names = Stream.of(constants).map(Enum::name).toArray(String[]::new);
        OptionalInt index = enumIndex(name, first, names);
        return index.isPresent() ? constants[index.getAsInt()] : byDefault;
    }

    /** The name of an enum field's constant, which may be written as its number, or a default; the names stand in number order from 0. */
    public String enumOr(String name, String byDefault, String... names) {
        OptionalInt index = enumIndex(name, 0, names);
        return index.isPresent() ? names[index.getAsInt()] : byDefault;
    }

    /** The message of a field, or an empty one if the field is absent. */
    public ProtoMessage message(String name) {
        return or(name, empty(location), ProtoMessage::toMessage);
    }

    /** The messages of a repeated field. */
    public List<ProtoMessage> messages(String name) {
        return values(name).map(ProtoMessage::toMessage).toList();
    }

    /** This message with one field more, at the end and placed where this message begins. */
    public ProtoMessage plus(String name, ProtoValue value) {
        return plus(new ProtoField(name, value, value instanceof ProtoMessage message ? message.location : location));
    }

    /** This message with one field more, at the end. */
    public ProtoMessage plus(ProtoField field) {
        var more = new ArrayList<>(fields);
        more.add(field);
        return new ProtoMessage(location, more);
    }

    /** This message with more fields at the end. */
    public ProtoMessage plus(List<ProtoField> others) {
        var more = new ArrayList<>(fields);
        more.addAll(others);
        return new ProtoMessage(location, more);
    }

    /** This message without the fields of these names. */
    public ProtoMessage without(String... names) {
        List<String> gone = Arrays.asList(names);
        return new ProtoMessage(
                location,
                fields.stream().filter(field -> !gone.contains(field.name())).toList());
    }

    /** This message with one field in place of all of its name. */
    public ProtoMessage with(String name, ProtoValue value) {
        return without(name).plus(name, value);
    }

    /** The message in the text format, one field a line. */
    @Override
    public String toString() {
        return PrototxtPrinter.print(this);
    }

    private Stream<ProtoField> values(String name) {
        return fields.stream().filter(field -> field.name().equals(name));
    }

    private <T> T require(String name, Function<ProtoField, T> as) {
        List<ProtoField> found = fields(name);
        if (found.isEmpty()) {
            throw ModelException.malformed(location, "message", "has no field \"" + name + "\"");
        }
        return as.apply(single(found));
    }

    private <T> T or(String name, T byDefault, Function<ProtoField, T> as) {
        List<ProtoField> found = fields(name);
        return found.isEmpty() ? byDefault : as.apply(single(found));
    }

    private static ProtoField single(List<ProtoField> found) {
        if (found.size() > 1) {
            throw ModelException.malformed(
                    found.get(1).location(),
                    found.get(1).name(),
                    "is given " + found.size() + " times (first at "
                            + found.get(0).location() + "), one value is expected");
        }
        return found.get(0);
    }

    private OptionalInt enumIndex(String name, int first, String... names) {
        List<ProtoField> found = fields(name);
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        ProtoField field = single(found);
        long index = -1;
        if (field.value() instanceof ProtoScalar scalar) {
            index = switch (scalar.kind()) {
                case IDENTIFIER -> Arrays.asList(names).indexOf(scalar.text());
                case NUMBER -> Math.max(-1, toLong(field, Integer.MIN_VALUE, Integer.MAX_VALUE) - first);
                case STRING -> -1;
            };
        }
        if (index < 0 || index >= names.length) {
            throw wrong(field, "one of " + String.join(", ", names));
        }
        return OptionalInt.of((int) index);
    }

    private static String toText(ProtoField field) {
        if (field.value() instanceof ProtoScalar scalar && scalar.kind() == ProtoScalar.Kind.STRING) {
            return scalar.text();
        }
        throw wrong(field, "a quoted string");
    }

    private static long toLong(ProtoField field, long min, long max) {
        if (field.value() instanceof ProtoScalar scalar) {
            try {
                long value = scalar.toLong();
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Falls through to the one message for all that is not such a number.
            }
        }
        throw wrong(field, "a whole number from " + min + " to " + max);
    }

    private static float toFloat(ProtoField field) {
        if (field.value() instanceof ProtoScalar scalar && scalar.kind() != ProtoScalar.Kind.STRING) {
            try {
                return (float) scalar.toDouble();
            } catch (NumberFormatException e) {
                // Falls through to the one message for all that is not a number.
            }
        }
        throw wrong(field, "a decimal number");
    }

    private static boolean toBool(ProtoField field) {
        if (field.value() instanceof ProtoScalar scalar) {
            if (scalar.kind() == ProtoScalar.Kind.IDENTIFIER && TRUE.contains(scalar.text())) {
                return true;
            }
            if (scalar.kind() == ProtoScalar.Kind.IDENTIFIER && FALSE.contains(scalar.text())) {
                return false;
            }
            if (scalar.kind() == ProtoScalar.Kind.NUMBER) {
                return toLong(field, 0, 1) == 1;
            }
        }
        throw wrong(field, "true or false");
    }

    private static ProtoMessage toMessage(ProtoField field) {
        if (field.value() instanceof ProtoMessage message) {
            return message;
        }
        throw wrong(field, "a message in braces");
    }

    private static ModelException wrong(ProtoField field, String expected) {
        String found = field.value() instanceof ProtoMessage
                ? "a message"
                : field.value().toString();
        return ModelException.malformed(field.location(), field.name(), "is " + found + ", expected " + expected);
    }
}
