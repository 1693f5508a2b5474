package dev.entrepot.onnx.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Computes the SHA-256 of a file while another thread still appends to it, reading it back from the page cache. So the writer can move
 * weights file to file without seeing them, and the hash costs no time of its own where there is a second core.
 */
final class FollowingDigest implements Closeable {

    private static final int BUFFER_SIZE = 1 << 17;
    private static final long PAUSE_NANOS = 300_000;

    private final FileChannel file;
    private final Thread thread;
    private final MessageDigest digest = DigestingChannel.sha256();
    private volatile long expected = Long.MAX_VALUE;
    private volatile boolean stopped;
    private volatile @Nullable IOException failure;

    /** Begins to follow a file that will only grow. */
    FollowingDigest(Path path) throws IOException {
        file = FileChannel.open(path);
        thread = new Thread(this::follow, "onnx-writer-sha256");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until all {@code length} bytes, which have been written by now, are hashed; the hash in lower-case hexadecimal. */
    String finish(long length) throws IOException {
        expected = length;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a file was hashed");
        }
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        LockSupport.unpark(thread);
        file.close();
    }

    private void follow() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
        try {
            for (long done = 0; done < expected && !stopped; done += buffer.limit()) {
                buffer.clear();
                if (file.read(buffer, done) < 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                digest.update(buffer.flip());
            }
        } catch (IOException e) {
            failure = e;
        }
    }
}
