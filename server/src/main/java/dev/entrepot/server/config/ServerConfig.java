package dev.entrepot.server.config;

import dev.entrepot.zoo.ZooSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * How the server is run; the command line makes it.
 *
 * @param host the address it listens on
 * @param port the TCP port; 0 takes a free one
 * @param zoo where everything is kept
 * @param anonymous what callers without a token may do
 * @param limits what no request may exceed
 * @param hostNames further names that callers may reach it by, such as that of a proxy in front of it
 * @param samples what becomes of the bundled models
 */
public record ServerConfig(
        String host,
        int port,
        ZooSettings zoo,
        Anonymous anonymous,
        ServerLimits limits,
        List<String> hostNames,
        Samples samples) {

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

    /** What becomes of the bundled models when the server starts. */
    public enum Samples {
        /** Those that have never come in do so, as jobs. */
        IMPORT,
        /** Nothing. */
        LEAVE
    }

    /** @throws IllegalArgumentException if the port is none */
    public ServerConfig {
        hostNames = List.copyOf(hostNames);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, got " + port);
        }
    }

    /** On loopback, readable by everybody there, with the default limits and no bundled models. */
    public static ServerConfig onLoopback(int port, Path data) {
        return new ServerConfig(
                LOOPBACK, port, ZooSettings.in(data), Anonymous.READ, ServerLimits.DEFAULT, List.of(), Samples.LEAVE);
    }

    /** The folder of everything that is kept. */
    public Path data() {
        return zoo.data();
    }

    /** This configuration with another rule for callers without a token. */
    public ServerConfig withAnonymous(Anonymous rule) {
        return new ServerConfig(host, port, zoo, rule, limits, hostNames, samples);
    }

    /** This configuration with other limits. */
    public ServerConfig withLimits(ServerLimits others) {
        return new ServerConfig(host, port, zoo, anonymous, others, hostNames, samples);
    }

    /** This configuration of a zoo elsewhere. */
    public ServerConfig withZoo(ZooSettings other) {
        return new ServerConfig(host, port, other, anonymous, limits, hostNames, samples);
    }

    /** This configuration with further names. */
    public ServerConfig withHostNames(List<String> names) {
        return new ServerConfig(host, port, zoo, anonymous, limits, names, samples);
    }

    /** This configuration with another rule for the bundled models. */
    public ServerConfig withSamples(Samples rule) {
        return new ServerConfig(host, port, zoo, anonymous, limits, hostNames, rule);
    }
}
