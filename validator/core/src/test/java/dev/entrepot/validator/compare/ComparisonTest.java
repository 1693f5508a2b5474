package dev.entrepot.validator.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Tolerance STANDARD = Tolerance.standard(DataType.FLOAT);
    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    /**
     * NumPy 2.4.6, i = np.arange(n), all exact in float32, then in float64:
     *
     * <pre>
     * e = ((i * 37) % 101 - 50) / 8          a = e + ((i * 53) % 97 - 48) * 2**-14
     * err = abs(a - e)                       err.max(), err.mean(), np.percentile(err, [50, 99])
     * (err[e != 0] / abs(e[e != 0])).max()   sqrt((err**2).mean())
     * (a @ e) / norm(a) / norm(e)            10 * log10((e @ e) / (err @ err))
     * b = maximum(1e-5, 1e-4 * abs(e))       (err / b).max(), (err > b).sum()
     * </pre>
     */
    @Test
    void distances_are_those_that_numpy_finds() {
        OutputComparison found = Comparison.of("y", expected(1000), actual(1000), STANDARD);

        Metrics metrics = found.metrics().orElseThrow();
        assertThat(metrics.maxAbsolute()).isEqualTo(0.0029296875);
        assertThat(metrics.maxRelative()).isEqualTo(0.0234375);
        assertThat(metrics.meanAbsolute()).isEqualTo(0.00148114013671875, offset(1e-15));
        assertThat(metrics.medianAbsolute()).isEqualTo(0.00146484375);
        assertThat(metrics.p99Absolute()).isEqualTo(0.0029296875);
        assertThat(metrics.rootMeanSquare()).isEqualTo(0.0017097242661045658, offset(1e-15));
        assertThat(metrics.cosine()).isEqualTo(0.99999989013927, offset(1e-13));
        assertThat(metrics.signalToNoise()).isEqualTo(66.58124984220142, offset(1e-9));
        assertThat(metrics.maxErrorOverBound()).isEqualTo(262.451171875, within(1e-9));
        assertThat(found.mismatches()).isEqualTo(900);
        assertThat(found.mismatchShare()).isEqualTo(0.9);
        assertThat(found.firstMismatch()).containsExactly(0L);
        assertThat(found.passed()).isFalse();
    }

    /** NumPy 2.4.6, as above: np.histogram of (err / b)[err > 0] with edges 0, 1e-7 ... 1, 10, 100, inf, right ones included; (err == 0).sum(). */
    @Test
    void errors_are_counted_by_how_far_they_are_over_what_is_allowed() {
        Spread spread = Comparison.of("y", expected(1000), actual(1000), STANDARD)
                .spread()
                .orElseThrow();

        assertThat(spread.equal()).isEqualTo(10);
        assertThat(spread.bins())
                .extracting(Spread.Bin::elements)
                .containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 2L, 88L, 661L, 219L, 20L);
        assertThat(spread.bins()).extracting(Spread.Bin::atMost).contains(1.0).endsWith(Double.POSITIVE_INFINITY);
        assertThat(spread.sample()).hasSizeBetween(200, 201).startsWith(new Spread.Point(-6.25, -6.25 - 48 / 16384.0));
    }

    @Test
    void outputs_of_more_than_a_block_are_compared_as_a_whole() {
        int count = (1 << 20) + 7;
        OutputComparison found = Comparison.of("y", expected(count), actual(count), STANDARD);

        Metrics metrics = found.metrics().orElseThrow();
        assertThat(metrics.meanAbsolute()).isEqualTo(0.0014799455686008225, offset(1e-14));
        assertThat(metrics.medianAbsolute()).isEqualTo(0.00146484375);
        assertThat(metrics.rootMeanSquare()).isEqualTo(0.0017089852345964663, offset(1e-14));
        assertThat(metrics.cosine()).isEqualTo(0.9999998900470746, offset(1e-13));
        assertThat(metrics.signalToNoise()).isEqualTo(66.57763134730436, offset(1e-9));
        assertThat(metrics.maxErrorOverBound()).isEqualTo(292.96875, within(1e-9));
        assertThat(found.mismatches()).isEqualTo(936298);
    }

    @Test
    void equal_outputs_have_no_noise() {
        OutputComparison found = Comparison.of("y", expected(5), expected(5), STANDARD);

        assertThat(found.passed()).isTrue();
        assertThat(found.metrics().orElseThrow().signalToNoise()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(found.metrics().orElseThrow().cosine()).isEqualTo(1, offset(1e-15));
        assertThat(found.metrics().orElseThrow().maxErrorOverBound()).isZero();
    }

    @Test
    void the_absolute_tolerance_is_a_floor_and_is_not_added() {
        Tolerance tolerance = new Tolerance(0.1, 0.5, "a test");

        assertThat(Comparison.of("y", Tensor.vector(10f, 1f), Tensor.vector(11f, 1.5f), tolerance)
                        .passed())
                .isTrue();
        assertThat(Comparison.of("y", Tensor.vector(10f, 1f), Tensor.vector(11.25f, 1f), tolerance)
                        .firstMismatch())
                .containsExactly(0L);
        assertThat(Comparison.of("y", Tensor.vector(10f, 1f), Tensor.vector(11f, 1.55f), tolerance)
                        .firstMismatch())
                .containsExactly(1L);
    }

    @Test
    void the_first_mismatch_has_an_index_for_every_dimension() {
        Tensor expected = Tensor.of(Shape.of(2, 3, 4), new float[24]);
        float[] values = new float[24];
        values[23] = 1;
        values[18] = 1;

        OutputComparison found = Comparison.of("y", expected, Tensor.of(Shape.of(2, 3, 4), values), STANDARD);

        assertThat(found.firstMismatch()).containsExactly(1L, 1L, 2L);
        assertThat(found.metrics().orElseThrow().cosine()).isZero();
    }

    @Test
    void not_a_number_is_near_only_to_itself() {
        OutputComparison found = Comparison.of(
                "y",
                Tensor.vector(1, NAN, NAN, INFINITY, INFINITY, -INFINITY, 3),
                Tensor.vector(1, NAN, 2, INFINITY, 5, INFINITY, NAN),
                STANDARD);

        assertThat(found.mismatches()).isEqualTo(4);
        assertThat(found.firstMismatch()).containsExactly(2L);
        assertThat(found.nanDifferences()).isEqualTo(2);
        assertThat(found.infinityDifferences()).isEqualTo(2);
        assertThat(found.metrics().orElseThrow().maxAbsolute()).isZero();
    }

    @Test
    void nothing_finite_leaves_no_distances() {
        OutputComparison found = Comparison.of("y", Tensor.vector(NAN), Tensor.vector(NAN), STANDARD);

        assertThat(found.passed()).isTrue();
        assertThat(found.metrics()).isEmpty();
    }

    @Test
    void empty_outputs_are_equal() {
        Tensor nothing = Tensor.of(Shape.of(0, 4), new float[0]);

        assertThat(Comparison.of("y", nothing, nothing, STANDARD).passed()).isTrue();
    }

    @Test
    void another_shape_or_type_is_told_in_words() {
        Tensor row = Tensor.of(Shape.of(1, 3), 1f, 2f, 3f);

        OutputComparison found = Comparison.of("y", row, Tensor.vector(1L, 2L, 3L), STANDARD);

        assertThat(found.passed()).isFalse();
        assertThat(found.fault())
                .isEqualTo("the reference is float32, the output is int64;"
                        + " the reference has the shape [1, 3], the output [3]");
        assertThat(Comparison.of("y", row, null, STANDARD).fault()).isEqualTo("the model gives no such output");
    }

    @Test
    void whole_numbers_and_strings_must_be_equal() {
        OutputComparison numbers =
                Comparison.of("y", Tensor.vector(1L, 2L, 1L << 60), Tensor.vector(1L, 2L, (1L << 60) + 1), STANDARD);
        OutputComparison strings = Comparison.of(
                "y",
                Tensor.of(Shape.of(2), List.of("cat", "dog")),
                Tensor.of(Shape.of(2), List.of("cow", "dog")),
                STANDARD);

        assertThat(numbers.mismatches()).isEqualTo(1);
        assertThat(numbers.firstMismatch()).containsExactly(2L);
        assertThat(numbers.tolerance().isExact()).isTrue();
        assertThat(strings.firstMismatch()).containsExactly(0L);
    }

    /** NumPy: np.array([0x3c00, 0xc000, 1, 0x83ff, 0x7bff, 0x7c00, 0xfc00, 0x400], "u2").view("f2").astype("f8") */
    @Test
    void float16_is_read_exactly() {
        short[] bits = {0x3c00, (short) 0xc000, 1, (short) 0x83ff, 0x7bff, 0x7c00, (short) 0xfc00, 0x400};
        double[] values = {
            1, -2, 5.960464477539063e-08, -6.097555160522461e-05, 65504, 1 / 0.0, -1 / 0.0, 6.103515625e-05
        };

        for (int i = 0; i < bits.length; i++) {
            assertThat(Doubles.half(bits[i])).isEqualTo(values[i]);
        }
        assertThat(Doubles.half((short) 0x7e00)).isNaN();
    }

    @Test
    void bfloat16_is_the_upper_half_of_float32() {
        Tensor one = new Tensor(DataType.BFLOAT16, Shape.of(1), TensorData.of(new byte[] {(byte) 0x80, 0x3f}));

        assertThat(new Doubles(one).get(0)).isEqualTo(1);
    }

    @Test
    void the_greatest_class_is_compared_where_rows_are_probabilities() {
        Tensor expected = Tensor.of(Shape.of(3, 3), .7f, .2f, .1f, .25f, .375f, .375f, .5f, .25f, .25f);
        Tensor actual = Tensor.of(Shape.of(3, 3), .6f, .3f, .1f, .25f, .375f, .375f, .25f, .5f, .25f);

        TopClass found =
                Comparison.of("y", expected, actual, STANDARD).topClass().orElseThrow();

        assertThat(found).isEqualTo(new TopClass(3, 2, 0, 1));
    }

    @Test
    void a_few_numbers_that_are_no_probabilities_are_no_classes() {
        Tensor boxes = Tensor.of(Shape.of(1, 4), 10f, 20f, 30f, 40f);
        Tensor map = Tensor.of(Shape.of(1, 2, 2, 2), new float[8]);

        assertThat(Comparison.of("y", boxes, boxes, STANDARD).topClass()).isEmpty();
        assertThat(Comparison.of("y", map, map, STANDARD).topClass()).isEmpty();
    }

    @Test
    void ten_scores_are_classes() {
        float[] scores = {-1, 5, 3, 2, 0, 0, 0, 0, 0, 0};
        Tensor expected = Tensor.of(Shape.of(1, 10, 1, 1), scores);

        assertThat(Comparison.of("y", expected, expected, STANDARD).topClass()).contains(new TopClass(1, 1, 2, 0));
    }

    @Test
    void a_tolerance_needs_its_reason() {
        assertThatThrownBy(() -> new Tolerance(1e-3, 0, " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tolerance(Double.NaN, 0, "a test")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Tensor expected(int count) {
        float[] values = new float[count];
        for (long i = 0; i < count; i++) {
            values[(int) i] = (i * 37 % 101 - 50) / 8f;
        }
        return Tensor.vector(values);
    }

    private static Tensor actual(int count) {
        float[] values = new float[count];
        for (long i = 0; i < count; i++) {
            values[(int) i] = (i * 37 % 101 - 50) / 8f + (i * 53 % 97 - 48) * 0x1p-14f;
        }
        return Tensor.vector(values);
    }
}
