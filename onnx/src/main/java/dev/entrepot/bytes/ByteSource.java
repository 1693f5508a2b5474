package dev.entrepot.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A named run of bytes that can be sliced without being read.
 *
 * <p>Weights stay byte sources from the file they were found in to the file they are written to.
 */
public interface ByteSource {

    /** The name of the file these bytes belong to, as messages show it. A slice has the name of the file it was cut from. */
    String name();

    /** The number of bytes. */
    long length();

    /**
     * A part of these bytes. No I/O happens.
     *
     * @throws IllegalArgumentException if the part does not lie within the source
     */
    ByteSource slice(long offset, long length);

    /**
     * Fills {@code into} up to its limit with the bytes from {@code offset} on.
     *
     * @throws IllegalArgumentException if the bytes asked for do not lie within the source
     * @throws IOException if the disk fails, or the file has become shorter since it was opened
     */
    void read(long offset, ByteBuffer into) throws IOException;

    /** Writes all bytes to {@code out}, file to file where the platform can, otherwise in bounded chunks. */
    void transferTo(WritableByteChannel out) throws IOException;

    /** The place of the byte at {@code offset}, counted from the start of the whole file. */
    SourceLocation at(long offset);

    /** A source over an array, which is not copied. */
    static ByteSource of(String name, byte[] bytes) {
        return new ArraySource(name, bytes, 0, bytes.length);
    }

    /**
     * Reads all bytes into a new array.
     *
     * @throws ModelException (limit exceeded) if there are more than {@code limit} bytes
     */
    default byte[] readAll(long limit) throws IOException {
        if (length() > limit) {
            throw ModelException.limitExceeded(
                    at(0), "file", "holds " + length() + " bytes, the limit here is " + limit);
        }
        byte[] bytes = new byte[Math.toIntExact(length())];
        read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
