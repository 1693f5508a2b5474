package dev.entrepot.formats.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes an archive entry by entry; the same entries make the same bytes. Source: PKWARE APPNOTE.TXT 6.3.10.
 *
 * <p>Every entry is dated 1980-01-01, the format's earliest day. Entries and archives of 4 GiB and more get zip64 fields.
 */
public final class ZipWriter {

    private static final int FIRST_DAY = 1 << 5 | 1;
    private static final int VERSION = 20;
    private static final int ZIP64_VERSION = 45;
    private static final int UTF_8 = 1 << 11;

    /** From this length on an entry gets a zip64 field; deflating may make it a little longer than it was. */
    private static final long LONG_ENTRY = 0xf000_0000L;

    private final SeekableByteChannel out;
    private final List<Written> written = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** Starts an archive at the channel's position, which must be its beginning. */
    public ZipWriter(SeekableByteChannel out) {
        this.out = out;
    }

    /** Contents that can be written once, such as {@code ByteSource::transferTo}. */
    @FunctionalInterface
    public interface Content {
        /** Writes all bytes. */
        void writeTo(WritableByteChannel out) throws IOException;
    }

    /**
     * Adds an entry.
     *
     * @param length the number of bytes that the content will write
     * @throws IllegalArgumentException if the name was added before, or the content has another length
     */
    public void add(String name, Compression compression, long length, Content content) throws IOException {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        if (!names.add(name) || encoded.length > 0xffff) {
            throw new IllegalArgumentException("entry \"" + name + "\" was added before, or its name is too long");
        }
        boolean zip64 = length >= LONG_ENTRY;
        long offset = out.position();
        Written entry = new Written(encoded, compression, 0, 0, length, offset, zip64);
        writeFully(entry.localHeader());
        long start = out.position();
        CheckedChannel checked = CheckedChannel.over(out, compression);
        try (checked) {
            content.writeTo(checked);
        }
        if (checked.length() != length) {
            throw new IllegalArgumentException("entry \"" + name + "\" should have " + length + " bytes, but "
                    + checked.length() + " were written");
        }
        long end = out.position();
        entry = new Written(encoded, compression, checked.crc32(), end - start, length, offset, zip64);
        out.position(offset);
        writeFully(entry.localHeader());
        out.position(end);
        written.add(entry);
    }

    /** Writes the directory. The channel is left open. */
    public void finish() throws IOException {
        long start = out.position();
        for (Written entry : written) {
            writeFully(entry.centralHeader());
        }
        long end = out.position();
        int count = written.size();
        if (count >= 0xffff || end >= ExtraFields.MASKED) {
            writeFully(little(EndRecord.ZIP64_LENGTH + EndRecord.ZIP64_LOCATOR_LENGTH)
                    .putInt(EndRecord.ZIP64_SIGNATURE)
                    .putLong(EndRecord.ZIP64_LENGTH - 12)
                    .putShort((short) ZIP64_VERSION)
                    .putShort((short) ZIP64_VERSION)
                    .putLong(0)
                    .putLong(count)
                    .putLong(count)
                    .putLong(end - start)
                    .putLong(start)
                    .putInt(EndRecord.ZIP64_LOCATOR_SIGNATURE)
                    .putInt(0)
                    .putLong(end)
                    .putInt(1));
        }
        short shortCount = (short) Math.min(count, 0xffff);
        writeFully(little(EndRecord.LENGTH)
                .putInt(EndRecord.SIGNATURE)
                .putInt(0)
                .putShort(shortCount)
                .putShort(shortCount)
                .putInt((int) Math.min(end - start, ExtraFields.MASKED))
                .putInt((int) Math.min(start, ExtraFields.MASKED))
                .putShort((short) 0));
    }

    private void writeFully(ByteBuffer filled) throws IOException {
        filled.flip();
        while (filled.hasRemaining()) {
            out.write(filled);
        }
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An entry's headers. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(
            byte[] name,
            Compression compression,
            long crc32,
            long packedLength,
            long length,
            long offset,
            boolean zip64) {

        ByteBuffer localHeader() {
            int extra = zip64 ? 20 : 0;
            ByteBuffer header = little(LocalHeader.LENGTH + name.length + extra)
                    .putInt(LocalHeader.SIGNATURE)
                    .putShort(version());
            putShared(header)
                    .putShort((short) name.length)
                    .putShort((short) extra)
                    .put(name);
            if (zip64) {
                header.putShort((short) ExtraFields.ZIP64)
                        .putShort((short) 16)
                        .putLong(length)
                        .putLong(packedLength);
            }
            return header;
        }

        ByteBuffer centralHeader() {
            boolean far = offset >= ExtraFields.MASKED;
            int field = (zip64 ? 16 : 0) + (far ? 8 : 0);
            int extra = field == 0 ? 0 : field + 4;
            ByteBuffer header = little(CentralHeader.LENGTH + name.length + extra)
                    .putInt(CentralHeader.SIGNATURE)
                    .putShort(version())
                    .putShort(version());
            putShared(header)
                    .putShort((short) name.length)
                    .putShort((short) extra)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(0)
                    .putInt((int) Math.min(offset, ExtraFields.MASKED))
                    .put(name);
            if (extra > 0) {
                header.putShort((short) ExtraFields.ZIP64).putShort((short) field);
            }
            if (zip64) {
                header.putLong(length).putLong(packedLength);
            }
            return far ? header.putLong(offset) : header;
        }

        private ByteBuffer putShared(ByteBuffer header) {
            return header.putShort((short) (isAscii() ? 0 : UTF_8))
                    .putShort((short) compression.method())
                    .putShort((short) 0)
                    .putShort((short) FIRST_DAY)
                    .putInt((int) crc32)
                    .putInt((int) (zip64 ? ExtraFields.MASKED : packedLength))
                    .putInt((int) (zip64 ? ExtraFields.MASKED : length));
        }

        private short version() {
            return (short) (zip64 || offset >= ExtraFields.MASKED ? ZIP64_VERSION : VERSION);
        }

        private boolean isAscii() {
            for (byte next : name) {
                if (next < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
