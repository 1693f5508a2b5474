package dev.entrepot.server.storage;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Database;
import dev.entrepot.zoo.store.BlobStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Opens what the server keeps. */
@Factory
final class StorageBeans {

    @Singleton
    @Bean(preDestroy = "close")
    Zoo zoo(ServerConfig config) throws IOException {
        return Zoo.open(config.zoo());
    }

    @Singleton
    BlobStore blobs(Zoo zoo) {
        return zoo.blobs();
    }

    @Singleton
    Catalogue catalogue(Zoo zoo) {
        return zoo.catalogue();
    }

    @Singleton
    Database database(Zoo zoo) {
        return zoo.database();
    }
}
