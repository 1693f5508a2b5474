package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Layers that combine blobs element by element. */
final class Arithmetic {

    private Arithmetic() {}

    /** {@code scale * x + shift}, without the nodes that would do nothing. */
    static Value affine(LoweringContext layer, Value x, float scale, float shift) {
        Value scaled = scale == 1 ? x : layer.add("Mul", x, layer.scalar(scale));
        return shift == 0 ? scaled : layer.add("Add", scaled, layer.scalar(shift));
    }

    /** A constant in the shape of {@code x}. */
    static Value filledLike(LoweringContext layer, Value x, float constant) {
        return layer.add("Expand", layer.scalar(constant), layer.add("Shape", x));
    }

    /** Product, weighted sum or maximum of bottoms of one shape. Source: caffe eltwise_layer.cpp. */
    static Value eltwise(LoweringContext layer) {
        Parameters parameters = layer.parameters("eltwise_param");
        String operation = parameters.enumOr("operation", "SUM", "PROD", "SUM", "MAX");
        List<Float> coefficients = parameters.floats("coeff");
        if (!coefficients.isEmpty() && coefficients.size() != layer.inputs().size()) {
            throw layer.malformed("eltwise_param.coeff has " + coefficients.size() + " values for "
                    + layer.inputs().size() + " bottoms");
        }
        if (!coefficients.isEmpty() && operation.equals("PROD")) {
            throw layer.malformed("eltwise_param.coeff is for SUM only, operation is PROD");
        }
        requireEqualShapes(layer);
        return switch (operation) {
            case "PROD" -> fold(layer, "Mul", layer.inputs());
            case "MAX" -> layer.add("Max", layer.inputs().toArray(Value[]::new));
            default -> fold(layer, "Add", weighted(layer, coefficients));
        };
    }

    private static List<Value> weighted(LoweringContext layer, List<Float> coefficients) {
        List<Value> terms = new ArrayList<>();
        for (int i = 0; i < layer.inputs().size(); i++) {
            float coefficient = coefficients.isEmpty() ? 1 : coefficients.get(i);
            terms.add(affine(layer, layer.input(i), coefficient, 0));
        }
        return terms;
    }

    private static Value fold(LoweringContext layer, String op, List<Value> values) {
        Value result = values.get(0);
        for (Value next : values.subList(1, values.size())) {
            result = layer.add(op, result, next);
        }
        return result;
    }

    private static void requireEqualShapes(LoweringContext layer) {
        Shape first = layer.input(0).shape();
        for (Value bottom : layer.inputs()) {
            if (!Axes.canBeEqual(first, bottom.shape())) {
                throw layer.malformed(
                        "its bottoms have shapes " + first + " and " + bottom.shape() + ", Caffe does not broadcast");
            }
        }
    }

    /** {@code x * factor} along {@code axis}, then a bias. Source: caffe scale_layer.cpp, LayerSetUp and Reshape. */
    static Value scale(LoweringContext layer) {
        Parameters parameters = layer.parameters("scale_param");
        Value x = layer.input(0);
        boolean learnt = layer.inputs().size() == 1;
        boolean hasBias = parameters.boolOr("bias_term", false);
        layer.requireAtMostBlobs((learnt ? 1 : 0) + (hasBias ? 1 : 0));
        Value scaled = layer.add("Mul", x, factor(layer, parameters, 0, "scale", parameters.filler("filler", 1)));
        if (!hasBias) {
            return scaled;
        }
        Filler filler = parameters.filler("bias_filler", 0);
        int blob = learnt ? 1 : 0;
        return layer.add(
                "Add",
                scaled,
                layer.weight(blob, "bias", filler, factorShape(layer, parameters), broadcast(layer, parameters)));
    }

    /** {@code x + bias} along {@code axis}. Source: caffe bias_layer.cpp, LayerSetUp and Reshape. */
    static Value bias(LoweringContext layer) {
        Parameters parameters = layer.parameters("bias_param");
        layer.requireAtMostBlobs(layer.inputs().size() == 1 ? 1 : 0);
        return layer.add("Add", layer.input(0), factor(layer, parameters, 0, "bias", parameters.filler("filler", 0)));
    }

    /** The second bottom, or the blob, in a shape that broadcasts against the first bottom. */
    private static Value factor(LoweringContext layer, Parameters parameters, int blob, String role, Filler filler) {
        if (layer.inputs().size() == 1) {
            return layer.weight(blob, role, filler, factorShape(layer, parameters), broadcast(layer, parameters));
        }
        Value second = layer.input(1);
        int rank = layer.rank(layer.input(0));
        int axis = layer.rank(second) == 0 ? 0 : layer.axis(layer.input(0), parameters.longOr("axis", 1));
        int trailing = rank - axis - layer.rank(second);
        if (trailing < 0) {
            throw layer.malformed("its second bottom " + second.shape() + " does not fit into the first, "
                    + layer.input(0).shape() + ", from axis " + axis + " on");
        }
        for (int i = 0; i < layer.rank(second); i++) {
            Dim size = layer.input(0).shape().dim(axis + i);
            if (size.isKnown()
                    && second.shape().dim(i).isKnown()
                    && !size.equals(second.shape().dim(i))) {
                throw layer.malformed("its second bottom " + second.shape() + " does not equal the first, "
                        + layer.input(0).shape() + ", from axis " + axis + " on");
            }
        }
        return trailing == 0
                ? second
                : layer.add("Unsqueeze", second, layer.ints(Axes.from(rank - trailing - axis, rank - axis)));
    }

    private static long[] factorShape(LoweringContext layer, Parameters parameters) {
        Value x = layer.input(0);
        if (layer.inputs().size() == 2) {
            return layer.sizes(layer.input(1));
        }
        long count = parameters.longOr("num_axes", 1);
        if (count == 0) {
            return new long[0];
        }
        int axis = layer.axis(x, parameters.longOr("axis", 1));
        int end = count == -1 ? layer.rank(x) : Math.toIntExact(axis + count);
        if (count < -1 || end > layer.rank(x)) {
            throw layer.malformed(
                    "num_axes " + count + " from axis " + axis + " does not fit its bottom, " + x.shape());
        }
        long[] shape = new long[end - axis];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = layer.size(x, axis + i);
        }
        return shape;
    }

    private static long[] broadcast(LoweringContext layer, Parameters parameters) {
        long[] shape = factorShape(layer, parameters);
        int rank = layer.rank(layer.input(0));
        int axis = shape.length == 0 ? 0 : layer.axis(layer.input(0), parameters.longOr("axis", 1));
        return shape.length == 0 ? shape : Axes.shapeAlong(rank - axis, 0, shape);
    }

    /** {@code y = scale * x + y} with one scale per item and channel. Source: Axpy layer of hujie-frank/SENet, axpy_layer.cpp. */
    static Value axpy(LoweringContext layer) {
        Value scale = layer.input(0);
        Value x = layer.input(1);
        int missing = layer.rank(x) - layer.rank(scale);
        Value factor = missing <= 0
                ? scale
                : layer.add("Unsqueeze", scale, layer.ints(Axes.from(layer.rank(scale), layer.rank(x))));
        return layer.add("Add", layer.add("Mul", factor, x), layer.input(2));
    }

    /** Softmax along an axis. Source: caffe softmax_layer.cpp. */
    static Value softmax(LoweringContext layer) {
        int axis = layer.axis(layer.input(0), layer.parameters("softmax_param").longOr("axis", 1));
        return layer.add("Softmax", Attributes.of("axis", axis), layer.input(0));
    }
}
