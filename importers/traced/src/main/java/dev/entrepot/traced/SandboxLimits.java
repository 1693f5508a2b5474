package dev.entrepot.traced;

import java.time.Duration;

/**
 * What source may use up.
 *
 * @param time how long it may run, in all
 * @param heapShare the part of the Java heap, 0 to 1, that may be in use after a garbage collection while it runs
 * @param printed the most characters it may print
 */
public record SandboxLimits(Duration time, double heapShare, long printed) {

    /** An hour, nine tenths of the heap, a million characters. */
    public static final SandboxLimits DEFAULT = new SandboxLimits(Duration.ofHours(1), 0.9, 1_000_000);

    /** The same with another time. */
    public SandboxLimits within(Duration other) {
        return new SandboxLimits(other, heapShare, printed);
    }
}
