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

    /**
     * Deletes the blobs that are not needed and were neither put nor kept since some moment.
     *
     * <p>Whoever comes to need a blob has put or kept it before, and not longer ago than the time of grace. So what is needed is to be asked
     * after the moment was chosen; a blob that comes to be needed later is too young.
     *
     * @param needed the blobs that are needed
     * @param before the moment: now, less the time of grace
     * @throws IOException if the store fails
     */
    public static GarbageCollection in(BlobStore store, Set<Digest> needed, Instant before) throws IOException {
        int deleted = 0;
        long bytes = 0;
        try (Stream<Blob> all = store.list()) {
            List<Blob> unneeded =
                    all.filter(blob -> !needed.contains(blob.digest())).toList();
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
