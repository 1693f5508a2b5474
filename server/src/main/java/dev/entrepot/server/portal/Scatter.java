package dev.entrepot.server.portal;

import java.util.List;

/**
 * Outputs over their references as a drawing of {@value #SIZE} by {@value #SIZE}; what is right lies on the diagonal.
 *
 * @param least the least number on both axes
 * @param most the greatest
 * @param dots the elements
 */
public record Scatter(double least, double most, List<Dot> dots) {

    /** The drawing's width and height. */
    public static final int SIZE = 240;

    private static final int MARGIN = 12;

    public Scatter {
        dots = List.copyOf(dots);
    }

    /**
     * An element.
     *
     * @param x from the left, for its reference
     * @param y from above, for what the model gave
     */
    public record Dot(double x, double y) {}

    /** @param pairs a reference and what the model gave */
    static Scatter of(List<double[]> pairs) {
        double least = pairs.stream()
                .mapToDouble(pair -> Math.min(pair[0], pair[1]))
                .min()
                .orElse(0);
        double most = pairs.stream()
                .mapToDouble(pair -> Math.max(pair[0], pair[1]))
                .max()
                .orElse(1);
        double range = most > least ? most - least : 1;
        List<Dot> dots = pairs.stream()
                .map(pair -> new Dot(place((pair[0] - least) / range), SIZE - place((pair[1] - least) / range)))
                .distinct()
                .toList();
        return new Scatter(least, most, dots);
    }

    private static double place(double share) {
        return Plot.rounded(MARGIN + share * (SIZE - 2 * MARGIN));
    }
}
