package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;

/** The header right before an entry's contents. Source: APPNOTE.TXT 4.3.7. */
final class LocalHeader {

    static final int SIGNATURE = 0x04034b50;
    static final int LENGTH = 30;

    /** Checksum and lengths follow the contents; they may be zero here. */
    static final int SIZES_FOLLOW = 1 << 3;

    private static final int UTF_8 = 1 << 11;

    private LocalHeader() {}

    /** Checks that the local header says the same as the directory, and finds the contents, which end before {@code limit}. */
    static ZipArchive.Span check(ByteSource source, CentralHeader central, long limit) {
        long start = central.localOffset();
        if (start > limit - LENGTH) {
            throw ModelException.malformed(
                    central.where(), central.what(), "should start at byte " + start + ", where no entry can be");
        }
        SourceLocation where = source.at(start);
        ByteReader reader = new ByteReader(source.slice(start, limit - start));
        if (reader.i32() != SIGNATURE) {
            throw ModelException.malformed(where, central.what(), "does not start with a local header's signature");
        }
        reader.skip(2);
        int flags = reader.u16();
        int method = reader.u16();
        reader.skip(4);
        long crc32 = reader.u32();
        long packedLength = reader.u32();
        long length = reader.u32();
        int nameLength = reader.u16();
        int extraLength = reader.u16();
        String name = reader.utf8(nameLength, nameLength);
        ExtraFields.Sizes sizes = ExtraFields.zip64(
                where, central.what(), reader.slice(extraLength), new ExtraFields.Sizes(length, packedLength, 0));

        requireSame(where, central, "name", "\"" + name + "\"", "\"" + central.name() + "\"");
        requireSame(where, central, "flags", flags & ~UTF_8, central.flags() & ~UTF_8);
        requireSame(where, central, "method", method, central.compression().method());
        boolean follow = (flags & SIZES_FOLLOW) != 0;
        if (!follow || crc32 != 0) {
            requireSame(where, central, "checksum", crc32, central.crc32());
        }
        if (!follow || sizes.length() != 0) {
            requireSame(where, central, "length", sizes.length(), central.length());
        }
        if (!follow || sizes.packedLength() != 0) {
            requireSame(where, central, "packed length", sizes.packedLength(), central.packedLength());
        }
        if (central.packedLength() > reader.remaining()) {
            throw ModelException.malformed(
                    where,
                    central.what(),
                    "is " + central.packedLength() + " bytes long, only " + reader.remaining() + " are left");
        }
        long dataStart = start + reader.position();
        return new ZipArchive.Span(central, start, dataStart, dataStart + central.packedLength());
    }

    private static void requireSame(
            SourceLocation where, CentralHeader central, String field, Object local, Object directory) {
        if (!local.equals(directory)) {
            throw ModelException.malformed(
                    where, central.what(), field + " is " + local + " here, but " + directory + " in the directory");
        }
    }
}
