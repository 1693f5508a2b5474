package dev.entrepot.validator.oracles.caffe.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What counts as the same numbers. */
final class Closeness {

    private static final int ROW = 7;
    private static final int SCORE = 2;
    private static final double RELATIVE = 1e-4;
    private static final double ABSOLUTE = 1e-5;

    private Closeness() {}

    /** Fails with the worst element of the first blob that differs by more than rounding. */
    static void assertClose(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        expected.forEach((name, tensor) -> {
            Tensor found = Objects.requireNonNull(actual.get(name), () -> name + " is not among " + actual.keySet());
            assertThat(found.shape()).as("shape of " + name).isEqualTo(tensor.shape());
            assertClose(name, found.toFloats(), tensor.toFloats());
        });
    }

    /** Detections in whatever order; rows of score 0 fill up what OpenCV has room for. */
    static void assertSameDetections(Tensor actual, Tensor expected) {
        float[] ours = sorted(actual.toFloats());
        assertThat(ours).as("detections").hasSameSizeAs(expected.toFloats());
        assertClose("detections", ours, sorted(expected.toFloats()));
    }

    private static float[] sorted(float[] rows) {
        List<float[]> list = new ArrayList<>();
        for (int i = 0; i < rows.length; i += ROW) {
            if (rows[i + SCORE] != 0) {
                list.add(Arrays.copyOfRange(rows, i, i + ROW));
            }
        }
        list.sort(Arrays::compare);
        float[] joined = new float[list.size() * ROW];
        for (int i = 0; i < list.size(); i++) {
            System.arraycopy(list.get(i), 0, joined, i * ROW, ROW);
        }
        return joined;
    }

    private static void assertClose(String name, float[] actual, float[] expected) {
        int worst = -1;
        double most = 1;
        for (int i = 0; i < expected.length && !Double.isNaN(most); i++) {
            double error = Float.compare(actual[i], expected[i]) == 0
                    ? 0
                    : Math.abs((double) actual[i] - expected[i]) / (ABSOLUTE + RELATIVE * Math.abs(expected[i]));
            if (!(error <= most)) {
                most = error;
                worst = i;
            }
        }
        assertThat(worst)
                .as(
                        "%s[%s] is %s, expected %s",
                        name, worst, worst < 0 ? 0 : actual[worst], worst < 0 ? 0 : expected[worst])
                .isNegative();
    }
}
