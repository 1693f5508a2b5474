package dev.entrepot.validator.compare;

/**
 * How far the elements of a floating-point output are from their references, e being a reference, a what the model gave, both finite.
 *
 * @param maxAbsolute max |a - e|
 * @param maxRelative max |a - e| / |e|, where e is not 0
 * @param meanAbsolute mean |a - e|
 * @param medianAbsolute the 50th percentile of |a - e|, interpolated linearly
 * @param p99Absolute its 99th percentile
 * @param rootMeanSquare sqrt(mean (a - e)^2)
 * @param cosine sum a e / (|a| |e|); 1 where both are all 0, 0 where one is
 * @param signalToNoise 10 log10(sum e^2 / sum (a - e)^2) in dB; infinite where all are equal
 * @param maxErrorOverBound max |a - e| / {@link Tolerance#bound}; above 1 is too far
 */
public record Metrics(
        double maxAbsolute,
        double maxRelative,
        double meanAbsolute,
        double medianAbsolute,
        double p99Absolute,
        double rootMeanSquare,
        double cosine,
        double signalToNoise,
        double maxErrorOverBound) {}
