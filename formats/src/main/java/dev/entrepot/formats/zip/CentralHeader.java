package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/**
 * What an archive's directory says about one entry. Source: APPNOTE.TXT 4.3.12.
 *
 * @param where the place in the directory
 * @param name the entry's name
 * @param flags the general purpose bits
 * @param compression how the entry lies in the archive
 * @param crc32 the contents' checksum, unsigned
 * @param packedLength the bytes in the archive
 * @param length the bytes of the contents
 * @param localOffset where the local header starts
 */
record CentralHeader(
        SourceLocation where,
        String name,
        int flags,
        Compression compression,
        long crc32,
        long packedLength,
        long length,
        long localOffset) {

    static final int SIGNATURE = 0x02014b50;
    static final int LENGTH = 46;
    static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;

    /** No deflate stream unpacks to more than this many times its size. */
    private static final long GREATEST_RATIO = 1032;

    private static final int LONGEST_NAME = 1024;
    private static final int UNIX = 3;
    private static final int FILE_TYPE_MASK = 0170000;
    private static final int SYMBOLIC_LINK = 0120000;

    static List<CentralHeader> readAll(ByteSource source, EndRecord end) {
        if (end.entries() > ZipArchive.MAX_ENTRIES) {
            throw ModelException.limitExceeded(
                    source.at(end.directoryOffset()),
                    "archive",
                    "has " + end.entries() + " entries, the limit is " + ZipArchive.MAX_ENTRIES);
        }
        ByteSource directory = source.slice(end.directoryOffset(), end.directoryLength());
        ByteReader reader = new ByteReader(directory);
        List<CentralHeader> headers = new ArrayList<>();
        while (!reader.atEnd() && headers.size() < end.entries()) {
            headers.add(read(reader));
        }
        if (!reader.atEnd() || headers.size() != end.entries()) {
            throw ModelException.malformed(
                    reader.here(),
                    "archive",
                    "lists " + headers.size() + " entries and " + reader.remaining() + " more bytes, should be "
                            + end.entries() + " entries");
        }
        return headers;
    }

    /** The entry for messages: {@code entry "data.pkl"}. */
    String what() {
        return "entry \"" + name + "\"";
    }

    private static CentralHeader read(ByteReader reader) {
        SourceLocation where = reader.here();
        if (reader.i32() != SIGNATURE) {
            throw ModelException.malformed(where, "archive's directory", "does not go on with an entry");
        }
        int madeBy = reader.u16();
        reader.skip(2);
        int flags = reader.u16();
        int method = reader.u16();
        reader.skip(4);
        long crc32 = reader.u32();
        long packedLength = reader.u32();
        long length = reader.u32();
        int nameLength = reader.u16();
        int extraLength = reader.u16();
        int commentLength = reader.u16();
        int disk = reader.u16();
        reader.skip(2);
        int mode = reader.i32() >>> 16;
        long localOffset = reader.u32();
        String name = checkedName(where, reader.utf8(nameLength, LONGEST_NAME));
        String what = "entry \"" + name + "\"";
        ExtraFields.Sizes sizes = ExtraFields.zip64(
                where, what, reader.slice(extraLength), new ExtraFields.Sizes(length, packedLength, localOffset));
        reader.skip(commentLength);

        if ((flags & ENCRYPTED) != 0) {
            throw ModelException.unsupported(where, what, "is encrypted");
        }
        if (disk != 0) {
            throw ModelException.unsupported(where, what, "lies in part " + disk + " of an archive of several parts");
        }
        if (madeBy >> 8 == UNIX && (mode & FILE_TYPE_MASK) == SYMBOLIC_LINK) {
            throw ModelException.unsupported(where, what, "is a symbolic link");
        }
        CentralHeader header = new CentralHeader(
                where,
                name,
                flags,
                compression(where, what, method),
                crc32,
                sizes.packedLength(),
                sizes.length(),
                sizes.localOffset());
        header.requirePossibleLengths();
        return header;
    }

    private static Compression compression(SourceLocation where, String what, int method) {
        for (Compression compression : Compression.values()) {
            if (compression.method() == method) {
                return compression;
            }
        }
        throw ModelException.unsupported(
                where, what, "is compressed by method " + method + "; only 0 (stored) and 8 (deflated) are supported");
    }

    private void requirePossibleLengths() {
        boolean possible = compression == Compression.STORED
                ? length == packedLength
                : length >= 0 && packedLength >= 0 && length / GREATEST_RATIO <= packedLength;
        if (!possible) {
            throw ModelException.malformed(
                    where,
                    what(),
                    "cannot be " + length + " bytes long: " + compression + " in " + packedLength + " bytes");
        }
    }

    private static String checkedName(SourceLocation where, String name) {
        String what = "entry \"" + name + "\"";
        if (name.isEmpty() || name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw ModelException.malformed(where, what, "has an empty name, or control characters in it");
        }
        String slashed = name.replace('\\', '/');
        boolean absolute = slashed.startsWith("/") || slashed.matches("[A-Za-z]:.*");
        if (absolute || List.of(slashed.split("/", -1)).contains("..")) {
            throw ModelException.malformed(where, what, "names a place outside the archive's folder");
        }
        return name;
    }
}
