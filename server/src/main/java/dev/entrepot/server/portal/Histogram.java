package dev.entrepot.server.portal;

import java.util.ArrayList;
import java.util.List;

/**
 * A histogram as a drawing of {@value #WIDTH} by {@value #HEIGHT}.
 *
 * @param bars the bars, from left to right
 */
public record Histogram(List<Bar> bars) {

    /** The drawing's width. */
    public static final int WIDTH = 460;

    /** The drawing's height. */
    public static final int HEIGHT = 220;

    /** Where the bars stand. */
    public static final int GROUND = 170;

    private static final int TOP = 24;
    private static final int GAP = 3;

    public Histogram {
        bars = List.copyOf(bars);
    }

    /**
     * A bar.
     *
     * @param label what it counts
     * @param count how many
     * @param style its class: {@code equal}, {@code near} or {@code far}
     * @param x its left edge
     * @param y its upper edge
     * @param width its width
     * @param height its height
     */
    public record Bar(String label, long count, String style, double x, double y, double width, double height) {

        /** Where its labels stand. */
        public double centre() {
            return x + width / 2;
        }
    }

    /**
     * The bars of counts. Heights are the counts' logarithms, so that one bad element among a million is seen.
     *
     * @param labels what each counts
     * @param counts how many
     * @param styles their classes
     */
    static Histogram of(List<String> labels, List<Long> counts, List<String> styles) {
        double most = counts.stream().mapToDouble(Histogram::height).max().orElse(0);
        double width = (double) WIDTH / Math.max(1, counts.size());
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            double height = most == 0 ? 0 : Plot.rounded((GROUND - TOP) * height(counts.get(i)) / most);
            bars.add(new Bar(
                    labels.get(i),
                    counts.get(i),
                    styles.get(i),
                    Plot.rounded(i * width + GAP / 2.0),
                    GROUND - height,
                    Plot.rounded(width - GAP),
                    height));
        }
        return new Histogram(bars);
    }

    private static double height(long count) {
        return count == 0 ? 0 : 0.5 + Math.log10((double) count);
    }
}
