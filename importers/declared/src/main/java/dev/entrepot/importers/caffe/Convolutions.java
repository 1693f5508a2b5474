package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Convolution, deconvolution and inner product. */
final class Convolutions {

    private Convolutions() {}

    /** [N, C, ...] -> [N, num_output, ...]. Source: caffe base_conv_layer.cpp, LayerSetUp and conv_layer.cpp. */
    static Value convolution(LoweringContext layer) {
        return convolved(layer, "Conv", layer.parameters("convolution_param").longOr("group", 1));
    }

    /** A convolution with a group per channel, whatever group says. Source: yonghenglh6/DepthwiseConvolution, depthwise_conv_layer.cpp. */
    static Value depthwise(LoweringContext layer) {
        layer.parameters("convolution_param").has("group");
        return convolved(layer, "Conv", layer.size(layer.input(0), 1));
    }

    /** [N, C, ...] -> [N, num_output, ...]; the weights are [C, num_output / group, ...]. Source: caffe deconv_layer.cpp. */
    static Value deconvolution(LoweringContext layer) {
        return convolved(
                layer, "ConvTranspose", layer.parameters("convolution_param").longOr("group", 1));
    }

    private static Value convolved(LoweringContext layer, String op, long group) {
        Value x = layer.input(0);
        Window window = Window.of(layer, x);
        long channels = layer.size(x, window.axis());
        long filters = window.outputs();
        requireGroups(layer, channels, filters, group);
        long[] channelSizes =
                op.equals("Conv") ? new long[] {filters, channels / group} : new long[] {channels, filters / group};
        long[] shape = Axes.concat(channelSizes, window.kernel());
        layer.requireAtMostBlobs(window.hasBias() ? 2 : 1);
        Value weight = layer.weight(0, "weight", window.filler("weight_filler"), shape);
        Value[] inputs = window.hasBias()
                ? new Value[] {x, weight, layer.weight(1, "bias", window.filler("bias_filler"), filters)}
                : new Value[] {x, weight};
        return window.batched(layer, op, window.attributes(group), inputs);
    }

    private static void requireGroups(LoweringContext layer, long channels, long filters, long group) {
        if (filters <= 0) {
            throw layer.malformed("num_output is " + filters + ", it must be above 0");
        }
        if (group <= 0 || channels % group != 0 || filters % group != 0) {
            throw layer.malformed(
                    "group " + group + " does not divide its " + channels + " channels and num_output " + filters);
        }
    }

    /**
     * [..., K...] -> [..., num_output], flattened from {@code axis} on. Source: caffe inner_product_layer.cpp.
     *
     * <p>{@code transpose} says that the blob is stored [K, num_output].
     */
    static Value innerProduct(LoweringContext layer) {
        Parameters parameters = layer.parameters("inner_product_param");
        Value x = layer.input(0);
        long outputs = parameters.longOr("num_output", 0);
        int axis = layer.axis(x, parameters.longOr("axis", 1));
        boolean transposed = parameters.boolOr("transpose", false);
        boolean hasBias = parameters.boolOr("bias_term", true);
        layer.requireAtMostBlobs(hasBias ? 2 : 1);
        long inner = 1;
        for (int i = axis; i < layer.rank(x); i++) {
            inner = Math.multiplyExact(inner, layer.size(x, i));
        }
        if (outputs <= 0) {
            throw layer.malformed("inner_product_param.num_output is " + outputs + ", it must be above 0");
        }
        long[] shape = transposed ? new long[] {inner, outputs} : new long[] {outputs, inner};
        Value weight = layer.weight(0, "weight", parameters.filler("weight_filler", 0), shape);
        Value flat = layer.rank(x) == 2 && axis == 1 ? x : layer.add("Flatten", Attributes.of("axis", axis), x);
        Attributes attributes = transposed ? Attributes.NONE : Attributes.of("transB", 1);
        Value product = hasBias
                ? layer.add(
                        "Gemm",
                        attributes,
                        flat,
                        weight,
                        layer.weight(1, "bias", parameters.filler("bias_filler", 0), outputs))
                : layer.add("Gemm", attributes, flat, weight);
        return axis == 1 ? product : restored(layer, x, axis, product, outputs);
    }

    /** [M, num_output] -> [the axes before {@code axis}, num_output]. */
    private static Value restored(LoweringContext layer, Value x, int axis, Value product, long outputs) {
        long[] shape = LongStream.concat(
                        LongStream.range(0, axis).map(i -> layer.size(x, (int) i)), LongStream.of(outputs))
                .toArray();
        return layer.reshape(product, shape);
    }

    /** One convolution for several bottoms. Source: caffe base_conv_layer.cpp, which runs each bottom with the same blobs. */
    static List<Value> shared(LoweringContext layer, Function<LoweringContext, Value> lowering) {
        return layer.inputs().stream()
                .map(bottom -> lowering.apply(layer.withInputs(List.of(bottom))))
                .toList();
    }
}
