package dev.entrepot.importers.torch.operators.images;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;

/**
 * The filter that resizes an axis without aliases, as a matrix [m, n] of what each element of the input weighs in each of the result.
 *
 * <p>Source: aten/src/ATen/native/cpu/UpSampleKernel.cpp, HelperInterpBase::_compute_indices_min_size_weights_aa.
 *
 * @param cubic whether the filter is a cubic of coefficient -0.5 and not a triangle
 */
record Antialias(boolean cubic) {

    /** @param scale how many elements of the input each of the result stands for */
    Tensor weights(int size, int wanted, double scale) {
        double support = (cubic ? 2 : 1) * Math.max(scale, 1);
        double narrowing = 1 / Math.max(scale, 1);
        float[] weights = new float[Math.multiplyExact(size, wanted)];
        for (int i = 0; i < wanted; i++) {
            double centre = scale * (i + 0.5);
            int start = Math.max((int) (centre - support + 0.5), 0);
            int end = Math.min((int) (centre + support + 0.5), size);
            double total = 0;
            for (int j = start; j < end; j++) {
                total += filter((j - centre + 0.5) * narrowing);
            }
            for (int j = start; j < end; j++) {
                weights[i * size + j] = (float) (filter((j - centre + 0.5) * narrowing) / total);
            }
        }
        return Tensor.of(Shape.of(wanted, size), weights);
    }

    private double filter(double at) {
        double x = Math.abs(at);
        if (!cubic) {
            return x < 1 ? 1 - x : 0;
        }
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
}
