package dev.entrepot.server.samples;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Tells how far the bundled models are that came in with this start. The server is of use without them, so this is never a reason against it. */
@Singleton
final class SampleHealth implements HealthIndicator {

    private final SampleOrders orders;
    private final Jobs jobs;
    private final Map<String, JobState> ended = new ConcurrentHashMap<>();

    SampleHealth(SampleOrders orders, Jobs jobs) {
        this.orders = orders;
        this.jobs = jobs;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Mono.fromCallable(this::result).subscribeOn(Schedulers.boundedElastic());
    }

    private HealthResult result() throws IOException {
        Map<String, String> states = new TreeMap<>();
        for (Map.Entry<String, String> order : orders.ordered().entrySet()) {
            states.put(order.getKey(), state(order.getValue()).word());
        }
        return HealthResult.builder("samples")
                .status(HealthStatus.UP)
                .details(states)
                .build();
    }

    /** What has ended is not asked for again. */
    private JobState state(String job) throws IOException {
        JobState known = ended.get(job);
        if (known != null) {
            return known;
        }
        Optional<JobState> state = jobs.find(job).map(Job::state);
        state.filter(JobState::isFinal).ifPresent(last -> ended.put(job, last));
        return state.orElse(JobState.QUEUED);
    }
}
