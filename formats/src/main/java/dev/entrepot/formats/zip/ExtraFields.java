package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;

/** The extra fields of a header, of which only zip64's matters. Source: APPNOTE.TXT 4.5.3. */
final class ExtraFields {

    static final int ZIP64 = 1;
    static final long MASKED = 0xffff_ffffL;

    private ExtraFields() {}

    /**
     * The sizes of a header with those that are all ones taken from its zip64 field.
     *
     * @param header what the header itself says; a local header has no offset of a local header: 0 there
     */
    static Sizes zip64(SourceLocation where, String what, ByteSource extra, Sizes header) {
        if (!header.masked()) {
            return header;
        }
        ByteReader reader = new ByteReader(extra);
        while (reader.remaining() >= 4) {
            int id = reader.u16();
            int length = reader.u16();
            if (id == ZIP64) {
                return unmask(new ByteReader(reader.slice(length)), header, where, what);
            }
            reader.skip(length);
        }
        throw ModelException.malformed(where, what, "leaves its sizes to a zip64 field, but has none");
    }

    private static Sizes unmask(ByteReader field, Sizes header, SourceLocation where, String what) {
        long length = header.length == MASKED ? field.i64() : header.length;
        long packedLength = header.packedLength == MASKED ? field.i64() : header.packedLength;
        long localOffset = header.localOffset == MASKED ? field.i64() : header.localOffset;
        if (length < 0 || packedLength < 0 || localOffset < 0) {
            throw ModelException.malformed(where, what, "has a negative size in its zip64 field");
        }
        return new Sizes(length, packedLength, localOffset);
    }

    /** An entry's sizes and place. */
    record Sizes(long length, long packedLength, long localOffset) {
        boolean masked() {
            return length == MASKED || packedLength == MASKED || localOffset == MASKED;
        }
    }
}
