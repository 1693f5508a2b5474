package dev.entrepot.server.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Digits;
import dev.entrepot.server.Ordering;
import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Samples;
import dev.entrepot.zoo.sample.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleOrdersTest {

    @TempDir
    Path data;

    @Test
    void bundled_models_that_never_came_in_are_ordered_at_the_first_start_and_not_again() throws Exception {
        int samples = Sample.ALL.size();
        assertThat(jobsAfterStart(samples)).hasSize(samples).allSatisfy(job -> {
            assertThat(job.get("submitted_by").asText()).isEqualTo("system");
            assertThat(job.get("state").asText()).isEqualTo("queued");
            assertThat(job.at("/publish/model").asText()).startsWith("samples/");
        });
        assertThat(jobsAfterStart(samples)).hasSize(samples);
    }

    @Test
    void a_bundled_model_that_is_there_is_not_ordered() throws Exception {
        Digits.publish(data);

        assertThat(jobsAfterStart(Sample.ALL.size() - 1))
                .hasSize(Sample.ALL.size() - 1)
                .noneSatisfy(
                        job -> assertThat(job.at("/publish/model").asText()).isEqualTo(Digits.NAME));
    }

    /** The jobs, once readiness tells of so many samples. */
    private JsonNode jobsAfterStart(int expected) throws Exception {
        ServerConfig config = ServerConfig.onLoopback(0, data).withSamples(Samples.IMPORT);
        try (Running server = Running.on(config, Ordering.NOBODY_WORKS)) {
            for (int i = 0; i < 300; i++) {
                JsonNode health = Running.json(server.get("/health/readiness"));
                assertThat(health.get("status").asText()).isEqualTo("UP");
                if (health.at("/details/samples/details").size() >= expected) {
                    break;
                }
                Thread.sleep(100);
            }
            return Running.json(server.get("/api/v1/jobs")).get("jobs");
        }
    }
}
