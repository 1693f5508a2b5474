package dev.entrepot.validator.compare;

import java.util.List;

/**
 * How the errors of a floating-point output are spread, for a person to look at; only elements that are finite on both sides count.
 *
 * @param equal the elements that equal their reference
 * @param bins the others by how far they are over what is allowed for them, from nearest to farthest
 * @param sample some elements, evenly spread over the output, and the one that is farthest over what is allowed
 */
public record Spread(long equal, List<Bin> bins, List<Point> sample) {

    public Spread {
        bins = List.copyOf(bins);
        sample = List.copyOf(sample);
    }

    /**
     * Elements whose error over {@link Tolerance#bound} is above the bin before's limit and at most this one's.
     *
     * @param atMost the limit; infinite for the last
     * @param elements how many
     */
    public record Bin(double atMost, long elements) {}

    /**
     * An element.
     *
     * @param expected its reference
     * @param actual what the model gave
     */
    public record Point(double expected, double actual) {}
}
