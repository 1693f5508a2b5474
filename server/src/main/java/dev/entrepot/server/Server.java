package dev.entrepot.server;

import dev.entrepot.server.access.Tokens;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.web.Drain;
import dev.entrepot.server.work.WorkSettings;
import dev.entrepot.server.work.Workers;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server while it runs. Closing it lets the requests that are being answered end, within the limit. */
public final class Server implements AutoCloseable {

    private final ApplicationContext context;
    private final EmbeddedServer netty;
    private final ServerConfig config;

    private Server(ApplicationContext context, EmbeddedServer netty, ServerConfig config) {
        this.context = context;
        this.netty = netty;
        this.config = config;
    }

    /**
     * Starts it; when this returns, it answers.
     *
     * @throws IOException if the data folder cannot be made
     * @throws io.micronaut.http.server.exceptions.ServerStartupException if the port is taken
     */
    public static Server start(ServerConfig config) throws IOException {
        return start(config, List.of());
    }

    /**
     * Starts it with workers of its own; see {@link #start(ServerConfig)}.
     *
     * @param work how they work
     */
    public static Server start(ServerConfig config, WorkSettings work) throws IOException {
        return start(config, List.of(work));
    }

    /** @param beans more beans, for tests */
    static Server start(ServerConfig config, List<Object> beans) throws IOException {
        List<Object> singletons = new ArrayList<>(beans);
        singletons.add(config);
        Files.createDirectories(config.data());
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .environmentPropertySource(false)
                .banner(false)
                .singletons(singletons.toArray())
                .properties(Settings.of(config))
                .build();
        try {
            context.start();
            EmbeddedServer netty = context.getBean(EmbeddedServer.class);
            netty.start();
            return new Server(context, netty, config);
        } catch (RuntimeException e) {
            context.stop();
            throw e;
        }
    }

    /** An admin's token, told only at the first start of all. */
    public Optional<String> firstToken() throws IOException {
        return context.getBean(Tokens.class).first().map(Tokens.Made::text);
    }

    /** One of its beans, for tests. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Where it is reached. */
    public URI uri() {
        return netty.getURI();
    }

    /** Stops taking requests and jobs, waits for those that are being answered and done, then stops. */
    @Override
    public void close() {
        // Both have a time of their own, which passes at the same time.
        Thread work = new Thread(context.getBean(Workers.class)::close, "stop-work");
        work.start();
        context.getBean(Drain.class).drain(config.limits().drain());
        try {
            work.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.stop();
    }
}
