package dev.entrepot.zoo.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What collecting garbage did.
 *
 * @param deleted the blobs that nothing needed and nobody had put or kept within the time of grace
 * @param bytes how long they were, all together
 * @param abandoned how many unfinished writes were cleared away
 */
public record GarbageCollection(int deleted, long bytes, int abandoned) {

    /** Tells which blobs are needed. */
    @FunctionalInterface
    public interface Needed {
        /** All of them, as of now. */
        Set<Digest> blobs();
    }

    /**
     * Deletes the blobs that are not needed and were neither put nor kept since some moment.
     *
     * <p>Whoever comes to need a blob has put or kept it before, and not longer ago than the time of grace. So it is asked what is needed
     * after the moment was chosen, and a blob that comes to be needed later is too young.
     *
     * @param before the moment: now, less the time of grace
     * @throws IOException if the store fails
     */
    public static GarbageCollection in(BlobStore store, Needed needed, Instant before) throws IOException {
        Set<Digest> keep = needed.blobs();
        int deleted = 0;
        long bytes = 0;
        try (Stream<Blob> all = store.list()) {
            List<Blob> unneeded =
                    all.filter(blob -> !keep.contains(blob.digest())).toList();
            for (Blob blob : unneeded) {
                if (store.deleteIfUntouchedSince(blob.digest(), before)) {
                    deleted++;
                    bytes += blob.bytes();
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new GarbageCollection(deleted, bytes, store.discardAbandoned(before));
    }
}
