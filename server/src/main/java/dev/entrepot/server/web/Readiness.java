package dev.entrepot.server.web;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Not ready from the moment the server is asked to stop. */
@Singleton
final class Readiness implements HealthIndicator {

    private final Drain drain;

    Readiness(Drain drain) {
        this.drain = drain;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Mono.fromSupplier(() -> HealthResult.builder("requests")
                .status(drain.isDraining() ? HealthStatus.DOWN : HealthStatus.UP)
                .build());
    }
}
