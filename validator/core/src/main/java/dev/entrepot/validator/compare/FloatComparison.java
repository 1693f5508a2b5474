package dev.entrepot.validator.compare;

import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Compares two floating-point tensors of one shape, in blocks, in float64. */
final class FloatComparison {

    private static final int BLOCK = 1 << 20;

    private final Doubles expected;
    private final Doubles actual;
    private final Tolerance tolerance;
    private final int elements;
    private final float[] errors;
    private final SpreadMeter spread;
    private int finite;
    private double maxAbsolute;
    private double maxRelative;
    private double maxOverBound;
    private double sumAbsolute;
    private double sumSquares;
    private double product;
    private double expectedSquares;
    private double actualSquares;

    long mismatches;
    long firstMismatch = -1;
    long nanDifferences;
    long infinityDifferences;

    /** @throws ArithmeticException if there are more elements than an array can hold */
    FloatComparison(Tensor expected, Tensor actual, Tolerance tolerance) {
        this.elements = Math.toIntExact(expected.elementCount());
        this.expected = new Doubles(expected);
        this.actual = new Doubles(actual);
        this.tolerance = tolerance;
        this.errors = new float[elements];
        this.spread = new SpreadMeter(elements);
    }

    /** Goes over all elements. */
    FloatComparison compare() {
        liftMemoryLimits();
        double[] e = new double[Math.min(BLOCK, elements)];
        double[] a = new double[e.length];
        for (int start = 0; start < elements; start += BLOCK) {
            int filled = 0;
            for (int i = start; i < Math.min(elements, start + BLOCK); i++) {
                e[filled] = expected.get(i);
                a[filled] = actual.get(i);
                if (judge(i, e[filled], a[filled])) {
                    filled++;
                }
            }
            if (filled > 0) {
                measure(Arrays.copyOf(e, filled), Arrays.copyOf(a, filled));
            }
        }
        return this;
    }

    /** The distances, where any element of both was finite. */
    Optional<Metrics> metrics() {
        if (finite == 0) {
            return Optional.empty();
        }
        double[] percentiles = percentiles();
        return Optional.of(new Metrics(
                maxAbsolute,
                maxRelative,
                sumAbsolute / finite,
                percentiles[0],
                percentiles[1],
                Math.sqrt(sumSquares / finite),
                cosine(),
                10 * Math.log10(expectedSquares / sumSquares),
                maxOverBound));
    }

    /** How the errors are spread, where any element of both was finite. */
    Optional<Spread> spread() {
        return spread.spread();
    }

    /** Counts an element that differs; tells whether both are finite. */
    private boolean judge(int index, double e, double a) {
        boolean same = e == a || (Double.isNaN(e) && Double.isNaN(a));
        boolean bothFinite = Double.isFinite(e) && Double.isFinite(a);
        boolean near = same || (bothFinite && Math.abs(a - e) <= tolerance.bound(e));
        if (!near) {
            mismatches++;
            if (firstMismatch < 0) {
                firstMismatch = index;
            }
        }
        if (Double.isNaN(e) != Double.isNaN(a)) {
            nanDifferences++;
        } else if (!same && (Double.isInfinite(e) || Double.isInfinite(a))) {
            infinityDifferences++;
        }
        return bothFinite;
    }

    private void measure(double[] e, double[] a) {
        for (int i = 0; i < e.length; i++) {
            double error = Math.abs(a[i] - e[i]);
            if (e[i] != 0) {
                maxRelative = Math.max(maxRelative, error / Math.abs(e[i]));
            }
            double bound = tolerance.bound(e[i]);
            double overBound = error == 0 ? 0 : error / bound;
            maxOverBound = Math.max(maxOverBound, overBound);
            spread.see(e[i], a[i], overBound);
            errors[finite + i] = (float) error;
        }
        finite += e.length;
        try (INDArray expecteds = Nd4j.createFromArray(e);
                INDArray actuals = Nd4j.createFromArray(a);
                INDArray differences = actuals.sub(expecteds);
                INDArray distances = Transforms.abs(differences)) {
            maxAbsolute = Math.max(maxAbsolute, distances.maxNumber().doubleValue());
            sumAbsolute += distances.sumNumber().doubleValue();
            sumSquares += square(differences.norm2Number().doubleValue());
            expectedSquares += square(expecteds.norm2Number().doubleValue());
            actualSquares += square(actuals.norm2Number().doubleValue());
            product += Nd4j.getBlasWrapper().dot(expecteds, actuals);
        }
    }

    private double cosine() {
        if (expectedSquares == 0 || actualSquares == 0) {
            return expectedSquares == actualSquares ? 1 : 0;
        }
        return Math.max(-1, Math.min(1, product / Math.sqrt(expectedSquares) / Math.sqrt(actualSquares)));
    }

    private double[] percentiles() {
        try (INDArray all = Nd4j.createFromArray(Arrays.copyOf(errors, finite));
                INDArray sorted = Nd4j.sort(all, true)) {
            return new double[] {percentile(sorted, 0.5), percentile(sorted, 0.99)};
        }
    }

    private double percentile(INDArray sorted, double share) {
        double place = share * (finite - 1);
        long below = (long) Math.floor(place);
        double low = sorted.getDouble(below);
        double high = sorted.getDouble(Math.min(finite - 1, below + 1));
        return low + (high - low) * (place - below);
    }

    /**
     * JavaCPP, under ND4J, fails as soon as the whole process takes more than four times the heap's limit. A model in ONNX Runtime does, and
     * has nothing to do with ND4J. The properties are read when ND4J's first class is loaded.
     */
    private static void liftMemoryLimits() {
        for (String limit : List.of("org.bytedeco.javacpp.maxPhysicalBytes", "org.bytedeco.javacpp.maxBytes")) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "0");
            }
        }
    }

    private static double square(double value) {
        return value * value;
    }
}
