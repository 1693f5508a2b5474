package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;

/**
 * Layers that resize a plane by rules that ONNX's Resize has not. Each axis has a matrix of weights, [new size, old size], that follows
 * from the sizes: new plane = rows * plane * columns^T.
 */
final class Resampling {

    private static final int CUBIC_SUPPORT = 4;
    private static final int LINEAR_SUPPORT = 2;

    private Resampling() {}

    /**
     * Nearest, or linear or cubic with weights that widen when the plane shrinks and {@code antialias} is on. As in its source, each
     * axis is shifted by half of the other's factor. Source: lmb-freiburg/flownet2 resample_layer.cu, InterpolationKernel.
     */
    static Value resample(LoweringContext layer) {
        Parameters parameters = layer.parameters("resample_param");
        parameters.has("factor");
        Value x = layer.input(0);
        boolean like = layer.inputs().size() > 1;
        int height = size(layer, like ? layer.size(layer.input(1), 2) : parameters.longOr("height", 0));
        int width = size(layer, like ? layer.size(layer.input(1), 3) : parameters.longOr("width", 0));
        // The enum begins at 1.
        String type = parameters.enumOr("type", "LINEAR", "", "NEAREST", "LINEAR", "CUBIC", "AREA");
        int oldHeight = size(layer, layer.size(x, 2));
        int oldWidth = size(layer, layer.size(x, 3));
        float factorY = (float) oldHeight / height;
        float factorX = (float) oldWidth / width;
        if (type.equals("AREA")) {
            throw layer.unsupported("resample_param.type AREA is refused by its own source, too");
        }
        if (type.equals("NEAREST")) {
            Value rows = layer.ints(nearest(layer, oldHeight, height, factorY, factorX));
            Value columns = layer.ints(nearest(layer, oldWidth, width, factorX, factorY));
            Value chosen = layer.add("Gather", Attributes.of("axis", 2), x, rows);
            return layer.add("Gather", Attributes.of("axis", 3), chosen, columns);
        }
        boolean shrinks = factorX > 1 || factorY > 1;
        boolean widens = parameters.boolOr("antialias", true) && shrinks;
        Filter filter = new Filter(type.equals("CUBIC"), widens);
        return weighed(
                layer,
                x,
                filter.weights(oldHeight, height, factorY, factorX),
                filter.weights(oldWidth, width, factorX, factorY));
    }

    private static int size(LoweringContext layer, long size) {
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw layer.malformed("size " + size + " of its top must be above 0");
        }
        return (int) size;
    }

    private static long[] nearest(LoweringContext layer, int old, int size, float factor, float otherFactor) {
        long[] places = new long[size];
        for (int i = 0; i < size; i++) {
            places[i] = Math.round(place(i, factor, otherFactor));
            if (places[i] < 0 || places[i] >= old) {
                throw layer.unsupported(
                        "NEAREST reads beside its bottom where the two axes change by factors as different as " + factor
                                + " and " + otherFactor);
            }
        }
        return places;
    }

    private static float place(int index, float factor, float otherFactor) {
        return index * factor + otherFactor / 2 - 0.5f;
    }

    /**
     * The weights that a place's neighbours have.
     *
     * @param cubic whether by Keys' cubic, else by a triangle
     * @param widens whether the weights reach as far as the axis shrinks
     */
    private record Filter(boolean cubic, boolean widens) {

        float[][] weights(int old, int size, float factor, float otherFactor) {
            float slope = 1 / (widens ? factor : 1);
            int reach = factor < 1 ? 2 : (int) Math.ceil((cubic ? CUBIC_SUPPORT : LINEAR_SUPPORT) / slope);
            float[][] weights = new float[size][old];
            for (int i = 0; i < size; i++) {
                float place = place(i, factor, otherFactor);
                int middle = Math.round(place);
                double sum = 0;
                for (int k = Math.max(middle - reach, 0); k <= Math.min(middle + reach, old - 1); k++) {
                    weights[i][k] = slope * weight(slope * (place - k));
                    sum += weights[i][k];
                }
                for (int k = 0; sum != 0 && k < old; k++) {
                    weights[i][k] /= (float) sum;
                }
            }
            return weights;
        }

        private float weight(float distance) {
            float x = Math.abs(distance);
            if (!cubic) {
                return Math.max(0, 1 - x);
            }
            if (x <= 1) {
                return x * x * (1.5f * x - 2.5f) + 1;
            }
            return x < 2 ? x * (x * (-0.5f * x + 2.5f) - 4) + 2 : 0;
        }
    }

    /**
     * Bilinear from the first corner on; a neighbour beyond the last row or column counts 0. The size is given, or with
     * {@code is_pyramid_test} a part of the bottom's. Source: inisis/caffe resize_layer.cpp and util_img.cpp, BiLinearResizeMat_cpu.
     */
    static Value resize(LoweringContext layer) {
        Parameters parameters = layer.parameters("resize_param");
        Value x = layer.input(0);
        int oldHeight = size(layer, layer.size(x, 2));
        int oldWidth = size(layer, layer.size(x, 3));
        boolean scaled = parameters.boolOr("is_pyramid_test", false);
        int height = size(
                layer,
                scaled
                        ? (long) (parameters.requireFloat("out_height_scale") * oldHeight)
                        : parameters.longOr("height", 0));
        int width = size(
                layer,
                scaled
                        ? (long) (parameters.requireFloat("out_width_scale") * oldWidth)
                        : parameters.longOr("width", 0));
        return weighed(layer, x, fromFirstCorner(oldHeight, height), fromFirstCorner(oldWidth, width));
    }

    private static float[][] fromFirstCorner(int old, int size) {
        float[][] weights = new float[size][old];
        float factor = old / (float) size;
        for (int i = 0; i < size; i++) {
            float place = i * factor;
            int first = (int) Math.floor(place);
            weights[i][first] = 1 - (place - first);
            if (first + 1 < old) {
                weights[i][first + 1] = place - first;
            }
        }
        return weights;
    }

    private static Value weighed(LoweringContext layer, Value x, float[][] rows, float[][] columns) {
        Value left = layer.graph().constant("rows", matrix(rows));
        Value right = layer.graph().constant("columns", matrix(transposed(columns)));
        return layer.add("MatMul", layer.add("MatMul", left, x), right);
    }

    private static Tensor matrix(float[][] rows) {
        float[] values = new float[Math.multiplyExact(rows.length, rows[0].length)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * rows[0].length, rows[0].length);
        }
        return Tensor.of(Shape.of(rows.length, rows[0].length), values);
    }

    private static float[][] transposed(float[][] rows) {
        float[][] columns = new float[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < rows[0].length; k++) {
                columns[k][i] = rows[i][k];
            }
        }
        return columns;
    }
}
