package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the fields of one Protocol Buffers message, in file order.
 *
 * <p>A field that is not asked for is skipped, so unknown fields do no harm. A child message shares its parent's cursor: walk it to its
 * end before the parent's {@link #next}, or leave it, which skips the rest of it. Source: the Protocol Buffers encoding guide.
 */
final class Message {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_VARINT = 10;

    private final ByteSource source;
    private final ByteReader in;
    private final long begin;
    private final long end;
    private final Budget budget;
    private final @Nullable Message parent;
    private final String field;
    private final int index;

    private int number;
    private int wireType;
    private long start;
    private long scalar;
    private long valueEnd;

    private Message(
            ByteSource source,
            ByteReader in,
            long end,
            Budget budget,
            @Nullable Message parent,
            String field,
            int index) {
        this.source = source;
        this.in = in;
        this.begin = in.position();
        this.end = end;
        this.budget = budget;
        this.parent = parent;
        this.field = field;
        this.index = index;
        this.start = begin;
        this.valueEnd = begin;
    }

    /** The message that is the whole of {@code source}. */
    static Message whole(ByteSource source, Budget budget, String name) {
        return new Message(source, new ByteReader(source), source.length(), budget, null, name, -1);
    }

    /** The same message over a cursor of its own, at its first field; {@code bytes} are those that {@link #bytes} gave. */
    Message again(ByteSource bytes) {
        return new Message(bytes, new ByteReader(bytes), bytes.length(), budget, parent, field, index);
    }

    /** Goes to the next field; false at the message's end. */
    boolean next() {
        in.skip(valueEnd - in.position());
        start = in.position();
        if (start == end) {
            return false;
        }
        long tag = varint(end);
        number = (int) (tag >>> 3);
        wireType = (int) tag & 7;
        if (number == 0 || tag >>> 32 != 0) {
            throw malformed("has the tag " + tag + ", which is not a field's");
        }
        switch (wireType) {
            case VARINT -> scalar = varint(end);
            case FIXED64 -> {
                requireLeft(Long.BYTES);
                scalar = in.i64();
            }
            case FIXED32 -> {
                requireLeft(Integer.BYTES);
                scalar = in.i32();
            }
            case LENGTH -> {
                scalar = varint(end);
                requireLeft(scalar);
            }
            default ->
                throw malformed("has field " + number + " with wire type " + wireType + ", which ONNX does not use");
        }
        valueEnd = in.position() + (wireType == LENGTH ? scalar : 0);
        return true;
    }

    /** The current field's number. */
    int number() {
        return number;
    }

    /** The current field's value as an int64. */
    long int64() {
        requireWireType(VARINT);
        return scalar;
    }

    /** The current field's value as an int32, cut to its low bits as Protocol Buffers has it. */
    int int32() {
        return (int) int64();
    }

    /** The current field's value as a float32. */
    float float32() {
        requireWireType(FIXED32);
        return Float.intBitsToFloat((int) scalar);
    }

    /** The current field's value as a name. */
    String name() {
        return text(budget.limits().nameBytes(), "name");
    }

    /** The current field's value as a text. */
    String text() {
        return text(budget.limits().textBytes(), "text");
    }

    /** The current field's value as bytes; they are not read. */
    ByteSource bytes() {
        requireWireType(LENGTH);
        return source.slice(valueEnd - scalar, scalar);
    }

    /** The current field's value as a message, which is the only one of this field. */
    Message child(String childField) {
        return child(childField, -1);
    }

    /** The current field's value as a message, the one at {@code childIndex} of this field. */
    Message child(String childField, int childIndex) {
        requireWireType(LENGTH);
        item();
        return new Message(source, in, valueEnd, budget, this, childField, childIndex);
    }

    /** The current field's values as varints, whether it is packed or a single one. */
    void varints(LongConsumer each) {
        if (wireType == VARINT) {
            each.accept(scalar);
            return;
        }
        requireWireType(LENGTH);
        while (in.position() < valueEnd) {
            each.accept(varint(valueEnd));
        }
    }

    /** The current field's values as 32 bits each, whether it is packed or a single one. */
    void fixed32s(LongConsumer each) {
        if (wireType == FIXED32) {
            each.accept(scalar);
            return;
        }
        requirePackedBy(Integer.BYTES);
        while (in.position() < valueEnd) {
            each.accept(in.i32());
        }
    }

    /** The current field's values as 64 bits each, whether it is packed or a single one. */
    void fixed64s(LongConsumer each) {
        if (wireType == FIXED64) {
            each.accept(scalar);
            return;
        }
        requirePackedBy(Long.BYTES);
        while (in.position() < valueEnd) {
            each.accept(in.i64());
        }
    }

    /** Whether the current field holds many values, rather than a single number. */
    boolean isPacked() {
        return wireType == LENGTH;
    }

    /** Counts one more thing that is kept in memory. */
    void item() {
        budget.item(here());
    }

    Budget budget() {
        return budget;
    }

    /** The place of the current field, or of the whole message before its first field and after its last. */
    SourceLocation here() {
        return source.at(start == end ? begin : start);
    }

    /** Where in the model this is, such as {@code model.graph.node[17].attribute[0]}. */
    String path() {
        String own = index < 0 ? field : field + "[" + index + "]";
        return parent == null ? own : parent.path() + "." + own;
    }

    /** This message does not follow the format, {@code why} as in {@code has no name}. */
    ModelException malformed(String why) {
        return ModelException.malformed(here(), path(), why);
    }

    /** This message means something that is not supported. */
    ModelException unsupported(String why) {
        return ModelException.unsupported(here(), path(), why);
    }

    /** This message asks for more than a limit allows. */
    ModelException limitExceeded(String why) {
        return ModelException.limitExceeded(here(), path(), why);
    }

    private String text(long limit, String kind) {
        requireWireType(LENGTH);
        if (scalar == 0) {
            return "";
        }
        if (scalar > limit) {
            throw limitExceeded("has a " + kind + " of " + scalar + " bytes, the limit is " + limit);
        }
        item();
        budget.text(scalar, here());
        return in.utf8(scalar, limit);
    }

    private void requireWireType(int expected) {
        if (wireType != expected) {
            throw malformed("has field " + number + " with wire type " + wireType + ", expected " + expected);
        }
    }

    private void requirePackedBy(int width) {
        requireWireType(LENGTH);
        if (scalar % width != 0) {
            throw malformed("has field " + number + " of " + scalar + " bytes, expected a multiple of " + width);
        }
    }

    private void requireLeft(long count) {
        long left = end - in.position();
        if (count < 0 || count > left) {
            throw malformed("ends too early: field " + number + " takes " + Long.toUnsignedString(count) + " bytes, "
                    + left + " are left");
        }
    }

    private long varint(long bound) {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            if (in.position() >= bound) {
                throw malformed("ends in the middle of a number");
            }
            int next = in.u8();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("has a number that goes on after " + LONGEST_VARINT + " bytes");
    }
}
