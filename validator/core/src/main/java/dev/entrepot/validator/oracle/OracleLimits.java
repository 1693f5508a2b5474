package dev.entrepot.validator.oracle;

import java.time.Duration;

/**
 * What an oracle's process may use.
 *
 * @param answer the wall-clock time for one answer; then the process is ended
 * @param heapMegabytes the Java heap, which holds the blobs that are answered; the framework's own memory comes on top
 * @param threads the threads for matrix products; one makes small nets fastest and results repeatable
 */
public record OracleLimits(Duration answer, int heapMegabytes, int threads) {

    /** For whole models: ten minutes, 4 GiB, every core. */
    public static final OracleLimits MODELS =
            new OracleLimits(Duration.ofMinutes(10), 4096, Runtime.getRuntime().availableProcessors());

    /** For single layers: a minute, 256 MiB, one thread. */
    public static final OracleLimits LAYERS = new OracleLimits(Duration.ofMinutes(1), 256, 1);

    public OracleLimits {
        if (answer.isNegative() || answer.isZero() || heapMegabytes < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive, got " + answer + ", " + heapMegabytes + " MiB, " + threads + " threads");
        }
    }
}
