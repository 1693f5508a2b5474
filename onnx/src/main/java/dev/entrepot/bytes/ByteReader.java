package dev.entrepot.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over a {@link ByteSource}, little-endian, buffered.
 *
 * <p>Reading past the end is a {@link ModelException} of kind malformed that names the offset; a failing disk is an {@link
 * UncheckedIOException}.
 */
public final class ByteReader {

    private static final int BUFFER_SIZE = 1 << 14;

    private final ByteSource source;
    private final ByteBuffer buffer;
    private long bufferStart;

    /** Starts at the source's first byte. */
    public ByteReader(ByteSource source) {
        this.source = source;
        this.buffer = ByteBuffer.allocate((int) Math.min(BUFFER_SIZE, Math.max(source.length(), 1)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .limit(0);
    }

    /** The offset of the next byte. */
    public long position() {
        return bufferStart + buffer.position();
    }

    /** How many bytes are left. */
    public long remaining() {
        return source.length() - position();
    }

    /** Whether no byte is left. */
    public boolean atEnd() {
        return remaining() == 0;
    }

    /** The place of the next byte, for messages. */
    public SourceLocation here() {
        return source.at(position());
    }

    /** One byte, 0 to 255. */
    public int u8() {
        return require(1).get() & 0xff;
    }

    /** Two bytes, 0 to 65,535. */
    public int u16() {
        return require(2).getShort() & 0xffff;
    }

    /** Four bytes, signed. */
    public int i32() {
        return require(4).getInt();
    }

    /** Four bytes, unsigned. */
    public long u32() {
        return i32() & 0xffff_ffffL;
    }

    /** Eight bytes, signed. */
    public long i64() {
        return require(8).getLong();
    }

    /** Four bytes as a float. */
    public float f32() {
        return require(4).getFloat();
    }

    /** Eight bytes as a double. */
    public double f64() {
        return require(8).getDouble();
    }

    /** A Protocol Buffers varint of at most ten bytes. */
    public long varint() {
        long start = position();
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw ModelException.malformed(source.at(start), "varint", "goes on after ten bytes");
    }

    /** The next {@code count} bytes as a slice; they are skipped, not read. */
    public ByteSource slice(long count) {
        requireLeft(count);
        ByteSource slice = source.slice(position(), count);
        skip(count);
        return slice;
    }

    /**
     * The next {@code count} bytes.
     *
     * @throws ModelException (limit exceeded) if {@code count} is above {@code limit}; nothing is allocated then
     */
    public byte[] bytes(long count, long limit) {
        requireLeft(count);
        if (count > limit) {
            throw ModelException.limitExceeded(here(), "field", "is " + count + " bytes long, the limit is " + limit);
        }
        byte[] bytes = new byte[Math.toIntExact(count)];
        readFully(position(), ByteBuffer.wrap(bytes));
        skip(count);
        return bytes;
    }

    /** The next {@code count} bytes as UTF-8 text; like {@link #bytes}, and malformed if they are not UTF-8. */
    public String utf8(long count, long limit) {
        SourceLocation start = here();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(count, limit)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ModelException.malformed(start, "text", "is not UTF-8");
        }
    }

    /** Goes over {@code count} bytes without reading them. */
    public void skip(long count) {
        requireLeft(count);
        if (count <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) count);
        } else {
            bufferStart = position() + count;
            buffer.position(0).limit(0);
        }
    }

    private void requireLeft(long count) {
        if (count < 0 || count > remaining()) {
            throw ModelException.malformed(
                    here(), "file", "ends here: " + count + " more bytes were expected, " + remaining() + " are left");
        }
    }

    private ByteBuffer require(int count) {
        if (buffer.remaining() < count) {
            requireLeft(count);
            refill();
        }
        return buffer;
    }

    private void refill() {
        long position = position();
        int size = (int) Math.min(buffer.capacity(), source.length() - position);
        buffer.clear().limit(size);
        readFully(position, buffer);
        buffer.flip();
        bufferStart = position;
    }

    private void readFully(long position, ByteBuffer into) {
        try {
            source.read(position, into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
