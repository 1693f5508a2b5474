package dev.entrepot.cli;

import dev.entrepot.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A server that runs until somebody stops the process. */
final class Serving {

    private Serving() {}

    /** Tells where the server is, and waits. */
    static int untilStopped(Server server, Path data, Console console) throws IOException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            stopped.countDown();
        }));
        server.firstToken().ifPresent(token -> console.progress("the admin's token, told only now: " + token));
        String uri = server.uri().toString();
        console.result(Map.of("uri", uri, "data", data), "serving " + data + " at " + uri, uri);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            server.close();
        }
        return ExitCode.DONE;
    }
}
