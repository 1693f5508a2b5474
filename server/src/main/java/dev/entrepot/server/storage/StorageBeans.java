package dev.entrepot.server.storage;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.FileBlobStore;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Opens what the server keeps. */
@Factory
final class StorageBeans {

    @Singleton
    BlobStore blobs(ServerConfig config) throws IOException {
        return FileBlobStore.open(config.data().resolve("blobs"));
    }
}
