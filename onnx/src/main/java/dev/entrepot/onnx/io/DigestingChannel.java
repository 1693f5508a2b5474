package dev.entrepot.onnx.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Passes bytes on, and counts and hashes them. */
final class DigestingChannel implements WritableByteChannel {

    private final WritableByteChannel out;
    private final MessageDigest digest = sha256();
    private long bytes;

    DigestingChannel(WritableByteChannel out) {
        this.out = out;
    }

    /** What has been written so far; nothing may be written after it. */
    Written written() {
        return new Written(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        ByteBuffer same = from.duplicate();
        int count = out.write(from);
        digest.update(same.limit(same.position() + count));
        bytes += count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return out.isOpen();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
