package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;

/**
 * Walks the fields of one binary Protocol Buffers message. Contents are not read: what has a length becomes a slice.
 *
 * <p>Source: the Protocol Buffers encoding: tag, then varint, 8 bytes, length and bytes, group, or 4 bytes.
 */
final class WireFields {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private static final int DEEPEST_GROUP = 100;

    private final ByteSource message;
    private final ByteReader reader;
    private long start;
    private int number;
    private int wireType;

    WireFields(ByteSource message) {
        this.message = message;
        this.reader = new ByteReader(message);
    }

    /** Goes to the next field; false at the message's end. The field before must have been taken or skipped. */
    boolean next() {
        if (reader.atEnd()) {
            return false;
        }
        start = reader.position();
        long tag = reader.varint();
        number = (int) (tag >>> 3);
        wireType = (int) tag & 7;
        if (tag >>> 32 != 0 || number == 0 || wireType > FIXED32) {
            throw ModelException.malformed(
                    here(),
                    "binary message",
                    "a field begins here with the tag " + Long.toUnsignedString(tag) + ", which no field can have");
        }
        return true;
    }

    /** The field's number. */
    int number() {
        return number;
    }

    /** How the field's value is encoded. */
    int wireType() {
        return wireType;
    }

    /** Where the field begins. */
    SourceLocation here() {
        return message.at(start);
    }

    /** The offset of the field's first byte in the message. */
    long start() {
        return start;
    }

    /** The offset of the next byte in the message. */
    long position() {
        return reader.position();
    }

    long varint() {
        return reader.varint();
    }

    float f32() {
        return reader.f32();
    }

    double f64() {
        return reader.f64();
    }

    /** The content of a field with a length. */
    ByteSource bytes() {
        long length = reader.varint();
        if (length < 0 || length > reader.remaining()) {
            throw ModelException.malformed(
                    here(),
                    "field " + number,
                    "claims to be " + Long.toUnsignedString(length) + " bytes long, " + reader.remaining()
                            + " are left in its message; the file may be cut off");
        }
        return reader.slice(length);
    }

    /** Goes over the field's value. */
    void skip() {
        switch (wireType) {
            case VARINT -> reader.varint();
            case FIXED64 -> skip(Long.BYTES);
            case BYTES -> bytes();
            case FIXED32 -> skip(Integer.BYTES);
            case START_GROUP -> skipGroup();
            default -> throw ModelException.malformed(here(), "field " + number, "ends a group that did not begin");
        }
    }

    private void skip(int count) {
        if (reader.remaining() < count) {
            throw ModelException.malformed(
                    here(),
                    "field " + number,
                    "needs " + count + " bytes, " + reader.remaining()
                            + " are left in its message; the file may be cut off");
        }
        reader.skip(count);
    }

    private void skipGroup() {
        SourceLocation opened = here();
        int depth = 1;
        while (depth > 0) {
            if (!next()) {
                throw ModelException.malformed(opened, "group", "does not end in its message");
            }
            if (wireType == START_GROUP) {
                depth++;
            } else if (wireType == END_GROUP) {
                depth--;
            } else {
                skip();
            }
            if (depth > DEEPEST_GROUP) {
                throw ModelException.limitExceeded(
                        opened, "group", "is nested more than " + DEEPEST_GROUP + " levels deep, which is the limit");
            }
        }
    }
}
