package dev.entrepot.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.zoo.catalogue.VersionSummary;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server and worker are killed at random moments while models are uploaded and converted: nothing is lost, torn or done twice. */
class KillTest {

    private static final int KILLS = Boolean.getBoolean("entrepot.ci") ? 60 : 2;
    private static final int LONGEST_LIFE_MILLIS = 2500;
    private static final Duration PATIENCE = Duration.ofSeconds(240);

    @TempDir
    Path folder;

    @Test
    void nothing_acknowledged_is_lost_and_nothing_is_done_twice() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        Path log = Files.createFile(folder.resolve("log"));
        int port = freePort();
        Callers callers;
        try (Machinery server = Machinery.server(data, port, log);
                Machinery worker = Machinery.worker(data, log)) {
            server.ready();
            worker.ready();
            callers = new Callers(port, folder.resolve("in"), seed);
            callers.start();
            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                Machinery victim = random.nextInt(5) < 3 ? server : worker;
                victim.kill();
                victim.restart();
                victim.ready();
            }
            callers.finish();
            awaitJobs(data, callers.jobs());
            // Whoever is left stops as it should.
            assertThat(worker.stop(30)).as("the worker stops").isTrue();
            assertThat(server.stop(30)).as("the server stops").isTrue();
        }
        System.out.println(KILLS + " kills: " + callers.uploads().size() + " uploads, "
                + callers.jobs().size() + " jobs, " + callers.interruptions() + " interrupted requests");
        requireAll(data, callers, "seed " + seed + "\n" + Files.readString(log));
    }

    private void requireAll(Path data, Callers callers, String context) throws IOException {
        assertThat(callers.faults()).as(context).isEmpty();
        assertThat(callers.uploads()).as(context).isNotEmpty();
        assertThat(callers.jobs()).as(context).isNotEmpty();
        try (Workplace place = new Workplace(data)) {
            assertThat(place.zoo().verify().faults()).as(context).isEmpty();
            for (Digest upload : callers.uploads()) {
                assertThat(place.zoo().blobs().verify(upload).digest()).isEqualTo(upload);
            }
            for (Map.Entry<String, String> each : callers.jobs().entrySet()) {
                requireDoneOnce(place, each.getKey(), ModelName.parse(each.getValue()), context);
            }
            assertThat(place.zoo().catalogue().allVersions())
                    .as(context)
                    .hasSize(callers.jobs().size());
            assertThat(place.jobs().list(Set.of(), null, 10_000))
                    .as(context)
                    .hasSize(callers.jobs().size());
            JobSpace.sweep(place.zoo().settings().work(), place.jobs());
            assertThat(JobSpace.parent(place.zoo().settings().work())).isEmptyDirectory();
        }
    }

    private static void requireDoneOnce(Workplace place, String id, ModelName model, String context)
            throws IOException {
        Job job = place.jobs().find(id).orElseThrow();
        assertThat(job.state()).as("%s\n%s", job, context).isEqualTo(JobState.SUCCEEDED);
        assertThat(place.zoo().catalogue().versions(model))
                .as(context)
                .extracting(VersionSummary::number)
                .containsExactly(1);
        assertThat(place.jobs().events(id, 0))
                .as(context)
                .filteredOn(event -> JobState.SUCCEEDED.word().equals(event.kind()))
                .hasSize(1);
    }

    /** In a process of its own lies the database; here it is only looked at. */
    private static void awaitJobs(Path data, Map<String, String> jobs) throws Exception {
        try (Workplace place = new Workplace(data)) {
            for (String id : jobs.keySet()) {
                place.end(id, PATIENCE);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
