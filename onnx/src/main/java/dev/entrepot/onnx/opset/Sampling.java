package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attributes;

/**
 * Where the elements of a resized axis come from, in the float32 arithmetic of the runtimes. Source: the ONNX operator Resize.
 *
 * @param in the axis's size before
 * @param out its size after
 * @param scale their ratio as it was given
 * @param transformation {@code coordinate_transformation_mode}
 */
record Sampling(int in, int out, float scale, String transformation) {

    /** Whether elements stay where they are. */
    boolean isIdentity() {
        return in == out && scale == 1;
    }

    /** The index that each element is copied from. */
    long[] nearest(Attributes attributes) {
        long[] indices = new long[out];
        for (int i = 0; i < out; i++) {
            float x = original(i);
            double index = switch (attributes.stringOr("nearest_mode", "round_prefer_floor")) {
                case "floor" -> Math.floor(x);
                case "ceil" -> Math.ceil(x);
                case "round_prefer_ceil" -> Math.floor(x + 0.5f);
                default -> Math.ceil(x - 0.5f);
            };
            indices[i] = (long) Math.max(0, Math.min(in - 1, index));
        }
        return indices;
    }

    /** A row-major matrix, [out, in], of the weights with which each element is made. */
    double[] linear() {
        double[] weights = new double[Math.multiplyExact(out, in)];
        for (int i = 0; i < out; i++) {
            float x = Math.max(0, Math.min(in - 1, original(i)));
            int low = (int) x;
            int high = Math.min(low + 1, in - 1);
            weights[i * in + low] += 1 - (x - low);
            weights[i * in + high] += x - low;
        }
        return weights;
    }

    /**
     * The place in the input, in elements.
     *
     * @throws NotExpressibleException if the transformation is none of the usual
     */
    private float original(int place) {
        return switch (transformation) {
            case "half_pixel" -> (place + 0.5f) / scale - 0.5f;
            case "pytorch_half_pixel" -> out > 1 ? (place + 0.5f) / scale - 0.5f : 0;
            case "align_corners" -> out == 1 ? 0 : (float) place * (in - 1) / (out - 1);
            case "asymmetric" -> place / scale;
            default ->
                throw new NotExpressibleException(
                        "coordinate_transformation_mode \"" + transformation + "\" came with opset 11");
        };
    }
}
