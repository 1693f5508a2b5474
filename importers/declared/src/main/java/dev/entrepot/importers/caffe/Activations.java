package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;

/** Layers that apply one function to every element: [any] -> [the same]. */
final class Activations {

    private Activations() {}

    /** {@code max(x, 0) + negative_slope * min(x, 0)}. Source: caffe relu_layer.cpp. */
    static Value relu(LoweringContext layer) {
        float slope = layer.parameters("relu_param").floatOr("negative_slope", 0);
        return slope == 0
                ? layer.add("Relu", layer.input(0))
                : layer.add("LeakyRelu", Attributes.of("alpha", slope), layer.input(0));
    }

    /** A slope per channel, or one for all. Source: caffe prelu_layer.cpp. */
    static Value prelu(LoweringContext layer) {
        Value x = layer.input(0);
        Parameters parameters = layer.parameters("prelu_param");
        layer.requireAtMostBlobs(1);
        boolean shared = parameters.boolOr("channel_shared", false);
        long[] shape = shared ? new long[0] : new long[] {layer.size(x, 1)};
        Filler filler = parameters.filler("filler", 0.25f);
        int rank = layer.rank(x);
        long[] broadcast = shared ? new long[] {1} : Axes.shapeAlong(rank - 1, 0, shape[0]);
        return layer.add("PRelu", x, layer.weight(0, "slope", filler, shape, broadcast));
    }

    /** {@code x > 0 ? x : alpha * (exp(x) - 1)}. Source: caffe elu_layer.cpp. */
    static Value elu(LoweringContext layer) {
        float alpha = layer.parameters("elu_param").floatOr("alpha", 1);
        return layer.add("Elu", Attributes.of("alpha", alpha), layer.input(0));
    }

    /** Source: caffe sigmoid_layer.cpp. */
    static Value sigmoid(LoweringContext layer) {
        return layer.add("Sigmoid", layer.input(0));
    }

    /** Source: caffe tanh_layer.cpp. */
    static Value tanh(LoweringContext layer) {
        return layer.add("Tanh", layer.input(0));
    }

    /** Source: caffe absval_layer.cpp. */
    static Value absVal(LoweringContext layer) {
        return layer.add("Abs", layer.input(0));
    }

    /** {@code log(1 + exp(x))}. Source: caffe bnll_layer.cpp. */
    static Value bnll(LoweringContext layer) {
        return layer.add("Softplus", layer.input(0));
    }

    /** {@code x * sigmoid(beta * x)}. Source: caffe swish_layer.cpp. */
    static Value swish(LoweringContext layer) {
        float beta = layer.parameters("swish_param").floatOr("beta", 1);
        Value x = layer.input(0);
        Value scaled = beta == 1 ? x : layer.add("Mul", x, layer.scalar(beta));
        return layer.add("Mul", x, layer.add("Sigmoid", scaled));
    }

    /** {@code min(max(x, min), max)}, both required. Source: caffe clip_layer.cpp. */
    static Value clip(LoweringContext layer) {
        Parameters parameters = layer.parameters("clip_param");
        return layer.add(
                "Clip",
                layer.input(0),
                layer.scalar(parameters.requireFloat("min")),
                layer.scalar(parameters.requireFloat("max")));
    }

    /** 1 where {@code x > threshold}, else 0. Source: caffe threshold_layer.cpp. */
    static Value threshold(LoweringContext layer) {
        float threshold = layer.parameters("threshold_param").floatOr("threshold", 0);
        Value above = layer.add("Greater", layer.input(0), layer.scalar(threshold));
        return layer.add("Cast", Attributes.of("to", 1), above);
    }

    /** {@code (shift + scale * x) ^ power}. Source: caffe power_layer.cpp, Forward_cpu. */
    static Value power(LoweringContext layer) {
        Parameters parameters = layer.parameters("power_param");
        float power = parameters.floatOr("power", 1);
        float scale = parameters.floatOr("scale", 1);
        float shift = parameters.floatOr("shift", 0);
        if (power * scale == 0) {
            float constant = power == 0 ? 1 : (float) Math.pow(shift, power);
            return Arithmetic.filledLike(layer, layer.input(0), constant);
        }
        Value affine = Arithmetic.affine(layer, layer.input(0), scale, shift);
        return power == 1 ? affine : layer.add("Pow", affine, layer.scalar(power));
    }

    /** {@code base ^ (shift + scale * x)}, where base -1 means e. Source: caffe exp_layer.cpp, LayerSetUp. */
    static Value exp(LoweringContext layer) {
        Parameters parameters = layer.parameters("exp_param");
        float base = parameters.floatOr("base", -1);
        if (base != -1 && base <= 0) {
            throw layer.malformed("exp_param.base is " + base + ", it must be above 0, or -1 for e");
        }
        double logBase = base == -1 ? 1 : Math.log(base);
        float scale = (float) (parameters.floatOr("scale", 1) * logBase);
        float shift = (float) (parameters.floatOr("shift", 0) * logBase);
        return layer.add("Exp", Arithmetic.affine(layer, layer.input(0), scale, shift));
    }

    /** {@code log_base(shift + scale * x)}, where base -1 means e. Source: caffe log_layer.cpp, LayerSetUp. */
    static Value log(LoweringContext layer) {
        Parameters parameters = layer.parameters("log_param");
        float base = parameters.floatOr("base", -1);
        if (base != -1 && base <= 0) {
            throw layer.malformed("log_param.base is " + base + ", it must be above 0, or -1 for e");
        }
        Value affine = Arithmetic.affine(
                layer, layer.input(0), parameters.floatOr("scale", 1), parameters.floatOr("shift", 0));
        Value natural = layer.add("Log", affine);
        return base == -1 ? natural : layer.add("Mul", natural, layer.scalar((float) (1 / Math.log(base))));
    }

    /** Dropout copies its bottom when the net is used, unless a fork left the scaling to test time. Source: caffe dropout_layer.cpp. */
    static Value dropout(LoweringContext layer) {
        Parameters parameters = layer.parameters("dropout_param");
        float ratio = parameters.floatOr("dropout_ratio", 0.5f);
        return parameters.boolOr("scale_train", true)
                ? layer.input(0)
                : layer.add("Mul", layer.input(0), layer.scalar(1 - ratio));
    }
}
