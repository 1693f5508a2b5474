package dev.entrepot.importers.caffe;

import dev.entrepot.formats.prototxt.ProtoMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A layer's parameter message as a lowering reads it, with the default beside each name.
 *
 * <p>It remembers which fields were asked for, so that a field nobody understands is told to the user instead of being lost.
 */
final class Parameters {

    private static final Set<String> WITHOUT_EFFECT = Set.of("engine", "force_nd_im2col", "debug_info");

    private final ProtoMessage message;
    private final String name;
    private final Set<String> asked = new HashSet<>();

    Parameters(ProtoMessage message, String name) {
        this.message = message;
        this.name = name;
    }

    boolean has(String field) {
        return asked(field).has(field);
    }

    long longOr(String field, long absent) {
        return asked(field).longOr(field, absent);
    }

    List<Long> longs(String field) {
        return asked(field).longs(field);
    }

    float floatOr(String field, float absent) {
        return asked(field).floatOr(field, absent);
    }

    float requireFloat(String field) {
        asked(field).textOr(field, "");
        if (!message.has(field)) {
            throw new IllegalArgumentException(name + "." + field + " must be given");
        }
        return message.floatOr(field, 0);
    }

    List<Float> floats(String field) {
        return asked(field).floats(field);
    }

    boolean boolOr(String field, boolean absent) {
        return asked(field).boolOr(field, absent);
    }

    String stringOr(String field, String absent) {
        return asked(field).stringOr(field, absent);
    }

    /** The name of an enum's constant, which may be written as its number; {@code names} in number order from 0. */
    String enumOr(String field, String absent, String... names) {
        return asked(field).enumOr(field, absent, names);
    }

    Parameters message(String field) {
        return new Parameters(asked(field).message(field), name + "." + field);
    }

    List<ProtoMessage> messages(String field) {
        return asked(field).messages(field);
    }

    /** The filler of this name, or a constant one of {@code absent} if there is none. */
    Filler filler(String field, float absent) {
        if (!message.has(field)) {
            return new Filler("constant", absent);
        }
        ProtoMessage filler = message.message(field);
        return new Filler(filler.stringOr("type", "constant"), filler.floatOr("value", 0));
    }

    /** The fields that nobody asked for and that may mean something, with their message's name. */
    List<String> unread() {
        return message.fields().stream()
                .map(field -> field.name())
                .filter(field -> !asked.contains(field) && !WITHOUT_EFFECT.contains(field) && !field.endsWith("filler"))
                .distinct()
                .map(field -> name + "." + field)
                .toList();
    }

    private ProtoMessage asked(String field) {
        asked.add(field);
        return message;
    }
}
