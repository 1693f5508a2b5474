package dev.entrepot.server.uploads;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of one request on their way to the disk. What has come when the connection fails stays. */
final class Piece {

    private static final int CHUNK = 1 << 16;

    /** So much is lost at most when the process dies while a large piece comes in. */
    private static final long SETTLE_EVERY = 32L << 20;

    /** Slower than this, in bytes a second, is somebody who only holds the connection. */
    private static final long SLOWEST = 1024;

    private final UploadFiles files;
    private final Upload upload;
    private final Duration patience;
    private final Duration kept;

    private long position;
    private long settled;
    private boolean cut;
    private @Nullable Thread reader;

    Piece(UploadFiles files, Upload upload, Duration patience, Duration kept) {
        this.files = files;
        this.upload = upload;
        this.patience = patience;
        this.kept = kept;
        this.position = upload.offset();
        this.settled = upload.offset();
    }

    /** Writes the bytes, and gives the upload as it stands then, safe on the disk. */
    Upload take(InputStream bytes, Optional<Checksum> checksum) throws IOException {
        try (FileChannel out = files.open(upload)) {
            try {
                copy(bytes, out, checksum);
            } catch (IOException | RuntimeException e) {
                keepWhatCame(out, checksum, e);
                throw e;
            }
            if (checksum.isPresent() && !checksum.get().holds()) {
                throw new ProblemException(
                        Kind.CHECKSUM_MISMATCH,
                        "the bytes from " + upload.offset() + " to " + position
                                + " do not have the announced checksum");
            }
            return settle(out);
        }
    }

    private void copy(InputStream bytes, FileChannel out, Optional<Checksum> checksum) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long start = System.nanoTime();
        for (int count = read(bytes, chunk); count >= 0; count = read(bytes, chunk)) {
            if (count > upload.length() - position) {
                throw new ProblemException(
                        Kind.TOO_LARGE, "more bytes came than the " + upload.length() + " of the upload");
            }
            if (checksum.isPresent()) {
                checksum.get().update(chunk, count);
            }
            ByteBuffer piece = ByteBuffer.wrap(chunk, 0, count);
            while (piece.hasRemaining()) {
                out.write(piece);
            }
            position += count;
            if (checksum.isEmpty() && position - settled >= SETTLE_EVERY) {
                settle(out);
            }
            requireSpeed(System.nanoTime() - start);
        }
    }

    /** Ends the piece where it stands. Only waiting for the network is interrupted, since that would close files. */
    synchronized void cutOff() {
        cut = true;
        if (reader != null) {
            reader.interrupt();
        }
    }

    private int read(InputStream bytes, byte[] chunk) {
        synchronized (this) {
            requireUncut();
            reader = Thread.currentThread();
        }
        try {
            return bytes.read(chunk);
        } catch (IOException e) {
            throw new ProblemException(Kind.BAD_REQUEST, "the connection failed before the whole body had come");
        } finally {
            synchronized (this) {
                reader = null;
                Thread.interrupted();
            }
        }
    }

    private void requireUncut() {
        if (cut) {
            throw new ProblemException(Kind.CONFLICT, "another request has taken this upload over");
        }
    }

    private void requireSpeed(long elapsed) {
        long seconds = Duration.ofNanos(elapsed).toSeconds();
        if (elapsed > patience.toNanos() && (position - upload.offset()) / Math.max(1, seconds) < SLOWEST) {
            throw new ProblemException(Kind.TIMEOUT, "the upload is slower than " + SLOWEST + " bytes a second");
        }
    }

    private void keepWhatCame(FileChannel out, Optional<Checksum> checksum, Exception failure) throws IOException {
        boolean unproved = checksum.isPresent();
        boolean tooMany =
                failure instanceof ProblemException refused && refused.problem().status() == Kind.TOO_LARGE.status();
        if (!unproved && !tooMany && position > settled) {
            settle(out);
        }
    }

    private Upload settle(FileChannel out) throws IOException {
        out.force(true);
        Upload longer = upload.at(position, Instant.now().plus(kept));
        files.write(longer);
        settled = position;
        return longer;
    }
}
