package dev.entrepot.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.entrepot.zoo.catalogue.DatabaseUrl;
import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.catalogue.Search.Facet;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.publish.Publication;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue in a PostgreSQL of its own, where Debian's is installed. */
class PostgresTest {

    @TempDir
    Path folder;

    @Test
    void the_catalogue_is_the_same_in_postgresql() throws Exception {
        Optional<Path> installed = installed();
        assumeTrue(installed.isPresent(), "no PostgreSQL in /usr/lib/postgresql");
        Path data = folder.resolve("postgres");
        int port = freePort();
        openToAll(folder);
        // PostgreSQL does not run as root.
        List<String> as = System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
                : List.of();
        Files.createDirectories(data);
        openToAll(data);
        run(as, installed.get() + "/initdb", "-D", data + "/db", "-A", "trust", "-U", "postgres", "--no-sync");
        Process server = start(
                as, installed.get() + "/postgres", "-D", data + "/db", "-p", port + "", "-k", "", "-h", "127.0.0.1");
        try {
            check(ZooSettings.in(folder.resolve("zoo"))
                    .withDatabase(new DatabaseUrl(
                            "jdbc:postgresql://127.0.0.1:" + port + "/postgres?loginTimeout=20", "postgres", "")));
        } finally {
            server.destroy();
            server.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private void check(ZooSettings settings) throws IOException {
        ModelName name = new ModelName("tests", "scaling");
        ModelCard card = new ModelCard(
                "A title with a NUL \0 in it",
                null,
                "regression",
                "MIT",
                List.of("small"),
                null,
                null,
                null,
                null,
                null);
        try (Zoo zoo = Zoo.open(settings)) {
            Version first = publish(zoo, name, card, 2);
            Version again = publish(zoo, name, card, 2);
            Version second = publish(zoo, name, card, 3);
            zoo.catalogue().point(new Selector.Alias("stable"), first.name(), "test");

            assertThat(again).isEqualTo(first);
            assertThat(second.number()).isEqualTo(2);
            assertThat(zoo.catalogue()
                            .get(VersionName.parse("tests/scaling@stable"))
                            .number())
                    .isEqualTo(1);
            assertThat(zoo.catalogue().validations(first)).hasSize(1);
            assertThat(zoo.catalogue()
                            .search(Search.ALL
                                    .withText("title")
                                    .with(Facet.OPERATOR, "Mul")
                                    .with(Facet.OPSET, "20"))
                            .total())
                    .isEqualTo(1);
            assertThat(zoo.catalogue().filterOptions(Search.ALL).options().get(Facet.TASK))
                    .containsExactly(new Search.Option("regression", 1));
            zoo.catalogue().remove(second.name(), "test");
            assertThat(zoo.catalogue().get(VersionName.parse("tests/scaling")).number())
                    .isEqualTo(1);
            assertThat(zoo.verify().faults()).isEmpty();
            assertThat(Backup.write(zoo, folder.resolve("backup.zip")).catalogue())
                    .isFalse();
        }
    }

    private Version publish(Zoo zoo, ModelName name, ModelCard card, float factor) throws IOException {
        return zoo.publish(
                        Scaling.request(folder.resolve("in" + factor), factor, factor),
                        Publication.of(name, card, "test"),
                        Scaling.validator())
                .version();
    }

    private static Optional<Path> installed() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(all)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void openToAll(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private void run(List<String> as, String... command) throws Exception {
        Process process = start(as, command);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
    }

    private Process start(List<String> as, String... command) throws IOException {
        List<String> all = new ArrayList<>(as);
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }
}
