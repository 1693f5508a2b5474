package dev.entrepot.cli;

import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.ZooSettings;
import dev.entrepot.zoo.catalogue.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a zoo is. */
final class ZooOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "entrepot-data",
            description = "The zoo's folder. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("entrepot-data");

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "The catalogue, if it is not in that folder: jdbc:postgresql://HOST/NAME?user=...&password=...")
    private @Nullable String database;

    /** The zoo, which is made if there is none. */
    Zoo open() throws IOException {
        return Zoo.open(settings());
    }

    /** The zoo that is there. */
    Zoo openExisting() throws IOException {
        if (!Files.isDirectory(data.resolve("blobs"))) {
            throw new UsageException("there is no zoo in " + data + "; --data names its folder");
        }
        return open();
    }

    ZooSettings settings() {
        ZooSettings settings = ZooSettings.in(data);
        return database == null ? settings : settings.withDatabase(DatabaseUrl.of(database));
    }
}
