package dev.entrepot.validator.compare;

import dev.entrepot.validator.compare.Spread.Bin;
import dev.entrepot.validator.compare.Spread.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sees the finite elements of a comparison one after the other. */
final class SpreadMeter {

    private static final int SAMPLE = 200;
    /** Decades, of which 1 is the last that passes. */
    private static final double[] LIMITS = {
        1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, Double.POSITIVE_INFINITY
    };

    private final int stride;
    private final long[] counts = new long[LIMITS.length];
    private final List<Point> sample = new ArrayList<>();
    private int seen;
    private long equal;
    private double worst;
    private @Nullable Point worstPoint;

    /** @param elements how many there can be */
    SpreadMeter(int elements) {
        this.stride = Math.max(1, (elements + SAMPLE - 1) / SAMPLE);
    }

    /** @param overBound the error over what is allowed; infinite where nothing is */
    void see(double expected, double actual, double overBound) {
        boolean isSampled = seen++ % stride == 0;
        if (isSampled) {
            sample.add(new Point(expected, actual));
        }
        if (overBound > worst) {
            worst = overBound;
            worstPoint = isSampled ? null : new Point(expected, actual);
        }
        if (expected == actual) {
            equal++;
            return;
        }
        int bin = 0;
        while (overBound > LIMITS[bin]) {
            bin++;
        }
        counts[bin]++;
    }

    /** What was seen; nothing where nothing was. */
    Optional<Spread> spread() {
        if (seen == 0) {
            return Optional.empty();
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < LIMITS.length; bin++) {
            bins.add(new Bin(LIMITS[bin], counts[bin]));
        }
        List<Point> points = new ArrayList<>(sample);
        if (worstPoint != null) {
            points.add(worstPoint);
        }
        return Optional.of(new Spread(equal, bins, points));
    }
}
