package dev.entrepot.server.work;

import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.zoo.Zoo;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** The server's queue and its own workers. */
@Factory
final class WorkBeans {

    @Singleton
    SchedulerQueue queue(Zoo zoo) {
        return new SchedulerQueue(zoo.database());
    }

    /** Unless whoever starts the server says otherwise. */
    @Singleton
    @Requires(missingBeans = WorkSettings.class)
    WorkSettings settings() {
        return WorkSettings.ofThisMachine();
    }

    @Context
    @Bean(preDestroy = "close")
    Workers workers(Zoo zoo, Jobs jobs, SchedulerQueue queue, WorkSettings settings) {
        return Workers.start(zoo, jobs, queue, settings);
    }
}
