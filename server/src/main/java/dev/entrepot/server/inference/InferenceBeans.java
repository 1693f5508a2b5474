package dev.entrepot.server.inference;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.sessions.SessionPool;
import dev.entrepot.validator.run.OnnxRuntime;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** What the controllers stand on. */
@Factory
final class InferenceBeans {

    @Singleton
    @Bean(preDestroy = "close")
    SessionPool pool(ServerConfig config) {
        return new SessionPool(OnnxRuntime::start, config.limits().modelBytes());
    }
}
