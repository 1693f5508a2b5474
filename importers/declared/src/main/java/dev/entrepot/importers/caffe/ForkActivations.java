package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;

/** Functions of one element that only forks have. */
final class ForkActivations {

    private static final float SELU_ALPHA = 1.67326319217681884765625f;
    private static final float SELU_LAMBDA = 1.05070102214813232421875f;

    private ForkActivations() {}

    /**
     * {@code min(max(x, 0) + negative_slope * min(x, 0), threshold)}, where the threshold is 6. Source: sophgo/caffe relu6_layer.cpp; its
     * threshold: inisis/caffe, proto.
     */
    static Value relu6(LoweringContext layer) {
        Parameters parameters = layer.parameters("relu6_param");
        float slope = parameters.floatOr("negative_slope", 0);
        Value threshold = layer.scalar(parameters.floatOr("threshold", 6));
        return slope == 0
                ? layer.add("Clip", layer.input(0), layer.scalar(0), threshold)
                : layer.add("Min", layer.add("LeakyRelu", Attributes.of("alpha", slope), layer.input(0)), threshold);
    }

    /** {@code x * tanh(log(1 + exp(x)))}. Source: sophgo/caffe mish_layer.cpp. */
    static Value mish(LoweringContext layer) {
        return layer.add("Mish", layer.input(0));
    }

    /**
     * {@code lambda * (x > 0 ? x : alpha * (exp(x) - 1))}. Source: foss-for-synopsys-dwc-arc-processors/synopsys-caffe selu_layer.cpp; as
     * alpha and beta of elu_param: inisis/caffe2onnx selu_layer.py.
     */
    static Value selu(LoweringContext layer) {
        Parameters own = layer.parameters("selu_param");
        Parameters shared = layer.parameters("elu_param");
        float alpha = own.floatOr("alpha", shared.floatOr("alpha", SELU_ALPHA));
        float lambda = own.floatOr("lambda", shared.floatOr("beta", SELU_LAMBDA));
        return layer.add("Selu", Attributes.of("alpha", alpha).with("gamma", lambda), layer.input(0));
    }

    /** {@code relu(x)} and {@code relu(-x)} side by side. Source: Cambricon/caffe crelu_layer.cpp. */
    static Value crelu(LoweringContext layer) {
        Parameters parameters = layer.parameters("crelu_param");
        Value x = layer.input(0);
        int axis = layer.axis(x, parameters.longOr("concat_axis", parameters.longOr("axis", 1)));
        float slope = parameters.floatOr("negative_slope", 0);
        Value both = layer.add("Concat", Attributes.of("axis", axis), x, layer.add("Neg", x));
        return slope == 0 ? layer.add("Relu", both) : layer.add("LeakyRelu", Attributes.of("alpha", slope), both);
    }

    /** Source: inisis/caffe2onnx cosine_layer.py. */
    static Value cos(LoweringContext layer) {
        return layer.add("Cos", layer.input(0));
    }

    /** Source: foss-for-synopsys-dwc-arc-processors/synopsys-caffe sin_layer.cpp. */
    static Value sin(LoweringContext layer) {
        return layer.add("Sin", layer.input(0));
    }

    /** Source: inisis/caffe2onnx sqrt_layer.py. */
    static Value sqrt(LoweringContext layer) {
        return layer.add("Sqrt", layer.input(0));
    }

    /** Each channel times one plane: [N, C, H, W] and [N, 1, H, W]. Source: hszhao/PSPNet spatial_product_layer.cpp. */
    static Value spatialProduct(LoweringContext layer) {
        return layer.add("Mul", layer.input(0), layer.input(1));
    }

    /** 1 where x is above 0, else -1. Source: OpenVINO's Model Optimizer, binarization.py. */
    static Value binarization(LoweringContext layer) {
        Value above = layer.add("Greater", layer.input(0), layer.scalar(0));
        return layer.add("Where", above, layer.scalar(1), layer.scalar(-1));
    }
}
