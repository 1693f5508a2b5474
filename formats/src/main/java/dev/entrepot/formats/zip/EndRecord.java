package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the end of an archive says about its directory. Source: APPNOTE.TXT 4.3.14 to 4.3.16.
 *
 * @param entries the number of entries
 * @param directoryLength the directory's bytes
 * @param directoryOffset where the directory starts
 */
record EndRecord(long entries, long directoryLength, long directoryOffset) {

    static final int SIGNATURE = 0x06054b50;
    static final int ZIP64_SIGNATURE = 0x06064b50;
    static final int ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
    static final int LENGTH = 22;
    static final int ZIP64_LENGTH = 56;
    static final int ZIP64_LOCATOR_LENGTH = 20;

    private static final int LONGEST_COMMENT = 0xffff;

    /** Finds the end record and checks that the directory lies right before it. */
    static EndRecord find(ByteSource source) {
        long at = locate(source);
        ByteReader reader = new ByteReader(source.slice(at, LENGTH));
        reader.skip(4);
        requireOnePart(source.at(at), reader.u16(), reader.u16());
        int here = reader.u16();
        EndRecord short32 = new EndRecord(reader.u16(), reader.u32(), reader.u32());
        requireAllHere(source.at(at), here, short32.entries);
        long locatorAt = at - ZIP64_LOCATOR_LENGTH;
        if (locatorAt < 0 || new ByteReader(source.slice(locatorAt, 4)).i32() != ZIP64_LOCATOR_SIGNATURE) {
            return short32.requireBefore(source, at);
        }
        long zip64At = zip64Offset(source, locatorAt);
        return zip64(source, zip64At, locatorAt)
                .requireLike(short32, source.at(at))
                .requireBefore(source, zip64At);
    }

    private static long locate(ByteSource source) {
        int size = (int) Math.min(source.length(), LENGTH + LONGEST_COMMENT);
        ByteBuffer tail = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        try {
            source.read(source.length() - size, tail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int at = size - LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == SIGNATURE && (tail.getShort(at + 20) & 0xffff) == size - at - LENGTH) {
                return source.length() - size + at;
            }
        }
        throw ModelException.malformed(
                SourceLocation.file(source.name()),
                "archive",
                "has no end record: it is no zip archive, or was cut off");
    }

    private static long zip64Offset(ByteSource source, long locatorAt) {
        ByteReader locator = new ByteReader(source.slice(locatorAt, ZIP64_LOCATOR_LENGTH));
        locator.skip(4);
        int disk = locator.i32();
        long at = locator.i64();
        requireOnePart(source.at(locatorAt), disk, Math.max(0, locator.i32() - 1));
        if (at < 0 || at > locatorAt - ZIP64_LENGTH) {
            throw ModelException.malformed(
                    source.at(locatorAt), "zip64 locator", "points at byte " + at + ", where no end record can be");
        }
        return at;
    }

    private static EndRecord zip64(ByteSource source, long at, long locatorAt) {
        ByteReader reader = new ByteReader(source.slice(at, ZIP64_LENGTH));
        if (reader.i32() != ZIP64_SIGNATURE) {
            throw ModelException.malformed(source.at(at), "zip64 end record", "does not start with its signature");
        }
        long size = reader.i64();
        if (size != locatorAt - at - 12) {
            throw ModelException.malformed(
                    source.at(at), "zip64 end record", "says " + size + " bytes follow, not " + (locatorAt - at - 12));
        }
        reader.skip(4);
        requireOnePart(source.at(at), reader.i32(), reader.i32());
        long here = reader.i64();
        EndRecord end = new EndRecord(reader.i64(), reader.i64(), reader.i64());
        requireAllHere(source.at(at), here, end.entries);
        return end;
    }

    /** Each field of the older record is either all ones or the same. */
    private EndRecord requireLike(EndRecord older, SourceLocation where) {
        boolean same = (older.entries == 0xffff || older.entries == entries)
                && (older.directoryLength == 0xffff_ffffL || older.directoryLength == directoryLength)
                && (older.directoryOffset == 0xffff_ffffL || older.directoryOffset == directoryOffset);
        if (!same) {
            throw ModelException.malformed(where, "end record", "says " + older + ", the zip64 end record " + this);
        }
        return this;
    }

    private EndRecord requireBefore(ByteSource source, long end) {
        if (directoryOffset < 0 || directoryLength < 0 || directoryOffset != end - directoryLength) {
            throw ModelException.malformed(
                    source.at(end),
                    "end record",
                    "says that the directory has " + directoryLength + " bytes from byte " + directoryOffset
                            + ", which does not end here");
        }
        return this;
    }

    private static void requireOnePart(SourceLocation where, int disk, int directoryDisk) {
        if (disk != 0 || directoryDisk != 0) {
            throw ModelException.unsupported(where, "archive", "is one part of several");
        }
    }

    private static void requireAllHere(SourceLocation where, long here, long entries) {
        if (here != entries) {
            throw ModelException.unsupported(
                    where, "archive", "is one part of several: " + here + " of " + entries + " entries are here");
        }
    }
}
