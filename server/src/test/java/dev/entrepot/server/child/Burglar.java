package dev.entrepot.server.child;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** What somebody might try who has taken over a child. It says of each attempt whether it came through. */
final class Burglar {

    private Burglar() {}

    /** @param arguments the job's folder, a file outside of it, and a port of this machine that somebody listens on */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Path outside = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        attempt("reads outside", () -> Files.readString(outside));
        attempt("writes outside", () -> Files.writeString(outside, "changed", StandardOpenOption.WRITE));
        attempt("reads passwords", () -> Files.readString(Path.of("/etc/passwd")));
        attempt("makes files anywhere", () -> Files.writeString(Path.of("/here"), "mine"));
        attempt("connects", () -> connect(port));
        attempt("changes what went in", () -> Files.writeString(folder.resolve("in/order.json"), "changed"));
        attempt("adds to what went in", () -> Files.writeString(folder.resolve("in/more"), "more"));
        attempt("sees processes", () -> seen(ProcessHandle.allProcesses().count()));
        attempt("sees variables", () -> seen(System.getenv().containsKey("HOME_OF_SECRETS") ? 99 : 0));
        attempt("writes what comes out", () -> Files.writeString(folder.resolve("out/result"), "result"));
        attempt("writes on its way", () -> Files.writeString(folder.resolve("tmp/file"), "file"));
    }

    private static int connect(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
            return socket.getPort();
        }
    }

    /** Its own, and bubblewrap's first. */
    private static long seen(long number) {
        if (number <= 3) {
            throw new IllegalStateException("only " + number);
        }
        return number;
    }

    private static void attempt(String what, Callable<?> deed) {
        try {
            deed.call();
            System.out.println(what);
        } catch (Exception e) {
            System.err.println(what + ": " + e);
        }
    }
}
