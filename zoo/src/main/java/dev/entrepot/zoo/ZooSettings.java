package dev.entrepot.zoo;

import dev.entrepot.zoo.catalogue.DatabaseUrl;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Where a zoo is.
 *
 * @param data its folder; blobs and work in progress lie there, and the catalogue unless it is elsewhere
 * @param database where its catalogue is
 * @param reserve how many bytes of the disk must stay free
 * @param clock tells when things happen
 */
public record ZooSettings(Path data, DatabaseUrl database, long reserve, Clock clock) {

    private static final long RESERVE = 64L << 20;

    public ZooSettings {
        data = data.toAbsolutePath().normalize();
    }

    /** A zoo that is all in one folder. */
    public static ZooSettings in(Path data) {
        return new ZooSettings(data, DatabaseUrl.inFolder(data), RESERVE, Clock.systemUTC());
    }

    /** A zoo whose catalogue is elsewhere. */
    public ZooSettings withDatabase(DatabaseUrl other) {
        return new ZooSettings(data, other, reserve, clock);
    }

    /** Where blobs are. */
    public Path blobs() {
        return data.resolve("blobs");
    }

    /** Where work in progress may lie, on the same file system as the blobs. */
    public Path work() {
        return data.resolve("work");
    }
}
