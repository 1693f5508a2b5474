package dev.entrepot.zoo.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What hashing all blobs found.
 *
 * @param blobs how many there are
 * @param bytes how long they are, all together
 * @param damaged those whose bytes are not what their names say; they have been put aside
 */
public record Scrub(long blobs, long bytes, List<String> damaged) {

    public Scrub {
        damaged = List.copyOf(damaged);
    }

    /**
     * Hashes every blob.
     *
     * @throws IOException if the store fails
     */
    public static Scrub of(BlobStore store) throws IOException {
        List<String> damaged = new ArrayList<>();
        long blobs = 0;
        long bytes = 0;
        try (Stream<Blob> all = store.list()) {
            for (Blob blob : (Iterable<Blob>) all::iterator) {
                try {
                    bytes += store.verify(blob.digest()).bytes();
                    blobs++;
                } catch (CorruptBlobException e) {
                    damaged.add(e.getMessage());
                } catch (NoSuchBlobException e) {
                    // Deleted since it was listed.
                    continue;
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Scrub(blobs, bytes, damaged);
    }
}
