package dev.entrepot.server.uploads;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way in.
 *
 * @param id its name, 32 hexadecimal digits
 * @param length how long it will be
 * @param offset how much of it is safe on the disk
 * @param metadata what the sender says about it, such as {@code filename}
 * @param owner who sends it
 * @param expires when it is forgotten if nothing more comes
 * @param sha256 its digest once it is whole: the blob that it has become
 */
@Serdeable
public record Upload(
        String id,
        long length,
        long offset,
        Map<String, String> metadata,
        String owner,
        Instant expires,
        @Nullable String sha256) {

    public Upload {
        metadata = Map.copyOf(metadata);
    }

    /** Whether all of it is here. */
    public boolean isWhole() {
        return sha256 != null;
    }

    Upload at(long position, Instant until) {
        return new Upload(id, length, position, metadata, owner, until, sha256);
    }

    Upload as(String digest) {
        return new Upload(id, length, length, metadata, owner, expires, digest);
    }
}
