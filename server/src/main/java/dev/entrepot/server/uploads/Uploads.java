package dev.entrepot.server.uploads;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.Digest;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files on their way in: made, continued, finished, forgotten. */
@Singleton
public class Uploads {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST_AT_ONCE = 32;
    private static final int PATIENCE_SECONDS = 5;

    private final UploadFiles files;
    private final BlobStore blobs;
    private final Catalogue catalogue;
    private final long longest;
    private final long reserve;
    private final Duration idle;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore writers = new Semaphore(MOST_AT_ONCE);
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    Uploads(ServerConfig config, BlobStore blobs, Catalogue catalogue, ObjectMapper json) throws IOException {
        this.files = new UploadFiles(config.data().resolve("uploads"), json);
        this.blobs = blobs;
        this.catalogue = catalogue;
        this.longest = config.limits().uploadBytes();
        this.reserve = config.zoo().reserve();
        this.idle = config.limits().idle();
    }

    /** Who writes to an upload at the moment. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Piece piece;
    }

    /** How long a file may be. */
    public long longest() {
        return longest;
    }

    /**
     * Begins an upload.
     *
     * @param length how long the file will be
     * @param metadata what the sender says about it
     * @param owner who sends it
     * @throws ProblemException if it is too long, or the disk has no room for it
     * @throws IOException if the disk fails
     */
    public Upload create(long length, Map<String, String> metadata, String owner) throws IOException {
        if (length < 0) {
            throw new ProblemException(Kind.BAD_REQUEST, "Upload-Length is " + length);
        }
        if (length > longest) {
            throw new ProblemException(
                    Kind.TOO_LARGE, "Upload-Length is " + length + " bytes, the limit is " + longest);
        }
        if (files.usableSpace() - reserve < length) {
            throw new ProblemException(Kind.STORAGE_FULL, "the server's disk has no room for " + length + " bytes");
        }
        byte[] id = new byte[16];
        random.nextBytes(id);
        Upload upload = new Upload(
                HexFormat.of().formatHex(id),
                length,
                0,
                metadata,
                owner,
                Instant.now().plus(KEPT),
                null);
        files.open(upload).close();
        files.write(upload);
        return length == 0 ? finish(upload) : upload;
    }

    /**
     * An upload as it stands. Whoever still writes to it is cut off first: a sender asks only when its connection has failed.
     *
     * @throws ProblemException if there is none
     */
    public Upload get(String id) throws IOException {
        Turn turn = cutIn(id);
        try {
            return settled(require(id));
        } finally {
            turn.lock.unlock();
        }
    }

    /** An upload as it stands, whoever writes to it; nothing if there is none. */
    public Optional<Upload> find(String id) throws IOException {
        return ID.matcher(id).matches() ? files.read(id) : Optional.empty();
    }

    /**
     * Takes the next bytes of a file.
     *
     * @param offset where they belong
     * @param checksum the header {@code Upload-Checksum}, if there is one; then the bytes are kept all or not at all
     * @param bytes the body
     * @param expected the body's length, -1 if it is not known
     * @throws ProblemException if they do not belong there, are too many, too slow, or not those that were announced
     * @throws IOException if the disk fails
     */
    public Upload append(String id, long offset, Optional<String> checksum, InputStream bytes, long expected)
            throws IOException {
        if (!writers.tryAcquire()) {
            throw new ProblemException(
                    Kind.UNAVAILABLE, MOST_AT_ONCE + " uploads are being written already", Map.of("Retry-After", "2"));
        }
        try {
            Turn turn = cutIn(id);
            try {
                return append(turn, require(id), offset, checksum.map(Checksum::parse), bytes, expected);
            } finally {
                turn.piece = null;
                turn.lock.unlock();
            }
        } finally {
            writers.release();
        }
    }

    private Upload append(
            Turn turn, Upload upload, long offset, Optional<Checksum> checksum, InputStream bytes, long expected)
            throws IOException {
        Upload current = settled(upload);
        if (offset != current.offset()) {
            throw new ProblemException(
                    Kind.CONFLICT, "Upload-Offset is " + offset + ", the upload stands at " + current.offset());
        }
        if (expected > current.length() - offset) {
            throw new ProblemException(
                    Kind.TOO_LARGE,
                    "the body has " + expected + " bytes, " + (current.length() - offset) + " are left of the upload");
        }
        if (current.isWhole()) {
            return current;
        }
        Piece piece = new Piece(files, current, idle, KEPT);
        turn.piece = piece;
        Upload longer = piece.take(bytes, checksum);
        return longer.offset() == longer.length() ? finish(longer) : longer;
    }

    /**
     * Makes a blob of a whole file. Its digest is written down before it moves, so that after a crash it is known where it went.
     */
    private Upload finish(Upload upload) throws IOException {
        Path bytes = files.bytes(upload.id());
        Upload whole = upload.isWhole() ? upload : upload.as(Digests.sha256(bytes));
        Digest digest = new Digest(String.valueOf(whole.sha256()));
        files.write(whole);
        if (Files.exists(bytes)) {
            Blob blob = blobs.take(bytes, Optional.of(digest));
            if (blob.bytes() != upload.length()) {
                throw new IOException("upload " + upload.id() + " became " + blob.bytes() + " bytes");
            }
        }
        catalogue.hold("upload:" + upload.id(), Set.of(digest), whole.expires());
        return whole;
    }

    /** After a crash between the last byte and the digest, or between the digest and the move, the file still becomes a blob. */
    private Upload settled(Upload upload) throws IOException {
        boolean complete = upload.offset() == upload.length() && Files.exists(files.bytes(upload.id()));
        return complete ? finish(upload) : upload;
    }

    /**
     * Forgets an upload; a blob that it has become stays.
     *
     * @throws ProblemException if there is none
     */
    public void delete(String id) throws IOException {
        Turn turn = cutIn(id);
        try {
            require(id);
            files.delete(id);
            turns.remove(id);
        } finally {
            turn.lock.unlock();
        }
    }

    /** Forgets what has expired. */
    @Scheduled(initialDelay = "1m", fixedDelay = "10m")
    void forgetExpired() throws IOException {
        for (String id : files.ids()) {
            Optional<Upload> upload = files.read(id);
            if (upload.isPresent() && upload.get().expires().isBefore(Instant.now())) {
                files.delete(id);
                turns.remove(id);
            }
        }
    }

    private Upload require(String id) throws IOException {
        Upload upload = find(id).orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "there is no such upload"));
        if (upload.expires().isBefore(Instant.now())) {
            files.delete(id);
            throw new ProblemException(Kind.GONE, "the upload has expired");
        }
        return upload;
    }

    private Turn cutIn(String id) {
        Turn turn = turns.computeIfAbsent(id, unused -> new Turn());
        try {
            if (!turn.lock.tryLock()) {
                Piece piece = turn.piece;
                if (piece != null) {
                    piece.cutOff();
                }
                if (!turn.lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new ProblemException(Kind.CONFLICT, "another request is writing to this upload");
                }
            }
            return turn;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Kind.UNAVAILABLE, "the server is about to stop");
        }
    }
}
