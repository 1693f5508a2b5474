package dev.entrepot.formats.prototxt;

import dev.entrepot.bytes.ByteSource;

/**
 * A field of a binary message that nobody decoded: its bytes, still in the file. Weights are such fields, and messages whose schema is
 * not known.
 *
 * @param source the field's content, without tag and length
 */
public record ProtoBytes(ByteSource source) implements ProtoValue {

    /** {@code 1042 undecoded bytes}. */
    @Override
    public String toString() {
        return source.length() + " undecoded bytes";
    }
}
