package dev.entrepot.zoo.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;

/** Copies bytes and hashes them on the way. */
final class HashedCopy {

    private static final int CHUNK = 1 << 18;

    /** After so many bytes it is asked again whether there is room. */
    private static final long ASK_EVERY = 64L << 20;

    private HashedCopy() {}

    /** Asked now and then while something is written. */
    @FunctionalInterface
    interface Room {
        /** @throws StoreFullException if there is none */
        void require() throws IOException;
    }

    /** Copies everything to the end of a file. */
    static Blob of(ReadableByteChannel content, FileChannel out, Room room) throws IOException {
        MessageDigest digest = Digest.sha256();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        long bytes = 0;
        long asked = -ASK_EVERY;
        while (content.read(chunk.clear()) >= 0) {
            if (bytes - asked >= ASK_EVERY) {
                room.require();
                asked = bytes;
            }
            bytes += chunk.flip().remaining();
            digest.update(chunk.duplicate());
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
        }
        return new Blob(Digest.finish(digest), bytes);
    }

    /** Hashes a whole file; its position does not matter and is not changed. */
    static Blob digest(FileChannel file) throws IOException {
        MessageDigest digest = Digest.sha256();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        long bytes = 0;
        while (file.read(chunk.clear(), bytes) >= 0) {
            bytes += chunk.flip().remaining();
            digest.update(chunk);
        }
        return new Blob(Digest.finish(digest), bytes);
    }
}
