package dev.entrepot.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobEvent;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.VersionName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models come in as jobs, by children that are really started. */
class ConversionJobsTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"digits-caffe", "digits-chainer", "digits-pytorch"})
    void digits_are_converted_proven_and_published(String sample) throws Exception {
        try (Workplace place = new Workplace(folder.resolve("data"))) {
            place.work(WorkSettings.ofThisMachine());

            Job job = place.jobs().submit(place.sample(sample, folder.resolve("in"), "tests/" + sample), "me");
            Job ended = place.end(job.id(), LIMIT);

            Outcome outcome = Objects.requireNonNull(ended.outcome());
            assertThat(ended.state()).as("%s", outcome.failure()).isEqualTo(JobState.SUCCEEDED);
            assertThat(ended.isolation()).isEqualTo(Workplace.bestIsolation());
            assertThat(outcome.version()).isEqualTo("tests/" + sample + "@1");
            assertThat(outcome.files())
                    .extracting(Outcome.File::path)
                    .contains("model.onnx", "report.json", "test_data_set_0/input_0.pb");
            assertThat(Objects.requireNonNull(outcome.report()).path("verdict").asText())
                    .isEqualTo("pass");
            assertThat(Objects.requireNonNull(outcome.conversion())
                            .at("/model/path")
                            .asText())
                    .isEqualTo("model.onnx");
            Version version = place.zoo().catalogue().get(VersionName.parse("tests/" + sample + "@stable"));
            assertThat(version.name()).hasToString(outcome.version());
            assertThat(place.jobs().events(job.id(), 0))
                    .extracting(JobEvent::kind)
                    .containsSubsequence("queued", "started", "progress", "progress", "succeeded");
            assertThat(place.zoo().verify().faults()).isEmpty();
        }
    }
}
