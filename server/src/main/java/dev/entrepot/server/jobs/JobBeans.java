package dev.entrepot.server.jobs;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Database;
import dev.entrepot.zoo.store.BlobStore;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Opens the jobs of the server's zoo. */
@Factory
final class JobBeans {

    /** @param queue tells workers; where there is none, they have to look for themselves */
    @Singleton
    Jobs jobs(Database database, Catalogue catalogue, BlobStore blobs, Optional<JobQueue> queue, ServerConfig config) {
        return new Jobs(
                database,
                catalogue,
                blobs,
                queue.orElse(job -> {}),
                config.zoo().clock(),
                config.limits().waitingJobs());
    }
}
