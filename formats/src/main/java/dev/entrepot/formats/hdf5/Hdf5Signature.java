package dev.entrepot.formats.hdf5;

import dev.entrepot.bytes.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Tells HDF5 files by their first bytes, without loading the library that reads them. */
public final class Hdf5Signature {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private Hdf5Signature() {}

    /** Whether the bytes begin as an HDF5 file does. */
    public static boolean isAtStartOf(ByteSource file) {
        if (file.length() < SIGNATURE.length) {
            return false;
        }
        byte[] start = new byte[SIGNATURE.length];
        try {
            file.read(0, ByteBuffer.wrap(start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.equals(start, SIGNATURE);
    }
}
