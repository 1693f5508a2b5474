package dev.entrepot.cli;

import dev.entrepot.server.Server;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A server that runs until somebody stops the process. */
final class Serving {

    private static final int WELL = 200;

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

    /** Asks a server whether it is ready and for its first page, and stops it. */
    static int check(Server server, Console console) throws IOException {
        try (server) {
            int health = status(server, "/health/readiness", "application/json");
            int page = status(server, "/", "text/html");
            boolean isWell = health == WELL && page == WELL;
            String verdict = isWell ? "pass" : "fail";
            console.result(
                    Map.of("readiness", health, "page", page, "verdict", verdict),
                    "readiness is answered with " + health + ", the first page with " + page,
                    verdict);
            return isWell ? ExitCode.DONE : ExitCode.TOOL_FAILED;
        }
    }

    private static int status(Server server, String path, String accept) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.uri().resolve(path).toURL().openConnection();
        connection.setRequestProperty("Accept", accept);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
