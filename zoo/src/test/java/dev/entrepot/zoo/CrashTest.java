package dev.entrepot.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.validator.Validator;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.recipe.ImportRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Processes that publish are killed at random moments: nothing is torn, and nothing that was acknowledged is lost. */
class CrashTest {

    private static final int KILLS = Boolean.getBoolean("entrepot.ci") ? 20 : 3;

    @TempDir
    Path folder;

    @Test
    void a_publisher_killed_at_any_moment_leaves_a_whole_zoo_with_all_it_acknowledged() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            acknowledged.addAll(publishUntilKilled(round, random.nextInt(600)));
        }

        assertThat(acknowledged).as("seed " + seed).hasSizeGreaterThan(KILLS);
        try (Zoo zoo = Zoo.open(folder.resolve("data"))) {
            assertThat(zoo.verify().faults()).as("seed " + seed).isEmpty();
            for (String line : acknowledged) {
                String[] name = line.split(" ");
                Version version = zoo.catalogue().get(VersionName.parse(name[0]));
                assertThat(version.digest()).as("seed " + seed + ", " + line).hasToString(name[1]);
            }
            // What nobody was told of may be there too, but then it is whole: verify has looked at all of it.
            assertThat(zoo.catalogue().allVersions()).hasSizeGreaterThanOrEqualTo(acknowledged.size());
            zoo.collectGarbage(Duration.ZERO);
            assertThat(zoo.verify().faults()).as("seed " + seed).isEmpty();
            assertThat(folder.resolve("data/blobs/tmp")).isEmptyDirectory();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "entrepot.ci", matches = "true")
    void a_process_goes_on_when_the_one_that_served_it_the_catalogue_is_killed() throws Exception {
        Process first = child(1);
        Process second = null;
        try (BufferedReader one = output(first)) {
            assertThat(one.readLine()).as("the first publishes").isNotNull();
            second = child(2);
            try (BufferedReader two = output(second)) {
                List<String> acknowledged = new ArrayList<>(List.of(two.readLine()));
                first.destroyForcibly().waitFor();
                for (int i = 0; i < 10; i++) {
                    String line = two.readLine();
                    assertThat(line)
                            .as(Files.readString(folder.resolve("errors2")))
                            .isNotNull();
                    acknowledged.add(line);
                }
                second.destroyForcibly().waitFor();
                try (Zoo zoo = Zoo.open(folder.resolve("data"))) {
                    assertThat(zoo.verify().faults()).isEmpty();
                    for (String line : acknowledged) {
                        assertThat(zoo.catalogue().find(VersionName.parse(line.split(" ")[0])))
                                .isPresent();
                    }
                }
            }
        } finally {
            first.destroyForcibly();
            if (second != null) {
                second.destroyForcibly();
            }
        }
    }

    /** Starts a process that publishes, and kills it some time after its first word. */
    private List<String> publishUntilKilled(int round, int delay) throws Exception {
        Process process = child(round);
        List<String> lines = new ArrayList<>();
        ExecutorService killer = Executors.newSingleThreadExecutor();
        try (BufferedReader out = output(process)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (lines.isEmpty()) {
                    killer.execute(() -> {
                        pause(delay);
                        process.destroyForcibly();
                    });
                }
                // A line that was cut off was not acknowledged.
                if (line.endsWith(".")) {
                    lines.add(line.substring(0, line.length() - 1));
                }
            }
        } finally {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            killer.shutdown();
        }
        assertThat(lines).as(Files.readString(folder.resolve("errors" + round))).isNotEmpty();
        return lines;
    }

    private Process child(int round) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.resolve("data").toString(),
                        Files.createDirectories(folder.resolve("in" + round)).toString(),
                        Integer.toString(round))
                .redirectError(folder.resolve("errors" + round).toFile())
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Publishes models without end, and prints each when it is published. */
    static final class Child {

        private Child() {}

        /** @param arguments the zoo's folder, a folder for files that come in, and the number of the process */
        public static void main(String[] arguments) throws IOException {
            Validator validator = Scaling.validator();
            Path in = Path.of(arguments[1]);
            int round = Integer.parseInt(arguments[2]);
            try (Zoo zoo = Zoo.open(Path.of(arguments[0]))) {
                for (int i = 0; ; i++) {
                    float factor = 1 + round * 10_000 + i;
                    ImportRequest request = Scaling.request(in.resolve("model" + i), factor, factor);
                    ModelName name = new ModelName("crash", "model" + i % 3);
                    Version version = zoo.publish(request, Publication.of(name, ModelCard.EMPTY, "child"), validator)
                            .version();
                    System.out.println(version.name() + " " + version.digest() + ".");
                }
            }
        }
    }
}
