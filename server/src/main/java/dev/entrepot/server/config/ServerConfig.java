package dev.entrepot.server.config;

import java.nio.file.Path;

/**
 * How the server is run; the command line makes it.
 *
 * @param host the address it listens on
 * @param port the TCP port; 0 takes a free one
 * @param data the folder of everything that is kept
 * @param anonymous what callers without a token may do
 * @param limits what no request may exceed
 */
public record ServerConfig(String host, int port, Path data, Anonymous anonymous, ServerLimits limits) {

    /** The address that only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    /** What callers without a token may do. */
    public enum Anonymous {
        /** Nothing but ask for health. */
        NOTHING,
        /** Read, and run published models. */
        READ,
        /** What authors may: upload, convert, publish. For a machine of one's own. */
        WRITE
    }

    /** @throws IllegalArgumentException if the port is none */
    public ServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, got " + port);
        }
    }

    /** On loopback, readable by everybody there, with the default limits. */
    public static ServerConfig onLoopback(int port, Path data) {
        return new ServerConfig(LOOPBACK, port, data, Anonymous.READ, ServerLimits.DEFAULT);
    }

    /** This configuration with another rule for callers without a token. */
    public ServerConfig withAnonymous(Anonymous rule) {
        return new ServerConfig(host, port, data, rule, limits);
    }

    /** This configuration with other limits. */
    public ServerConfig withLimits(ServerLimits others) {
        return new ServerConfig(host, port, data, anonymous, others);
    }
}
