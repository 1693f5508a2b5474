package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * The geometry of a convolution: one kernel size, stride, pad and dilation for each spatial axis. Source: caffe base_conv_layer.cpp,
 * LayerSetUp.
 *
 * @param parameters the layer's {@code convolution_param}
 * @param axis the channel axis
 * @param kernel the kernel sizes, one per spatial axis
 * @param stride the strides
 * @param pad the pads, the same at both ends
 * @param dilation the dilations
 */
record Window(Parameters parameters, int axis, long[] kernel, long[] stride, long[] pad, long[] dilation) {

    static Window of(LoweringContext layer, Value x) {
        Parameters parameters = layer.parameters("convolution_param");
        int axis = layer.axis(x, parameters.longOr("axis", 1));
        int spatial = layer.rank(x) - axis - 1;
        if (spatial > 3) {
            throw layer.unsupported("convolves over " + spatial + " spatial axes, ONNX Runtime over at most 3");
        }
        long[] kernel = perAxis(layer, parameters, spatial, "kernel_size", "kernel", -1);
        long[] stride = perAxis(layer, parameters, spatial, "stride", "stride", 1);
        long[] pad = perAxis(layer, parameters, spatial, "pad", "pad", 0);
        long[] dilation = perAxis(layer, parameters, spatial, "dilation", "dilation", 1);
        requireAtLeast(layer, "kernel_size", kernel, 1);
        requireAtLeast(layer, "stride", stride, 1);
        requireAtLeast(layer, "pad", pad, 0);
        requireAtLeast(layer, "dilation", dilation, 1);
        return new Window(parameters, axis, kernel, stride, pad, dilation);
    }

    private static long[] perAxis(
            LoweringContext layer, Parameters parameters, int spatial, String repeated, String prefix, long absent) {
        List<Long> given = parameters.longs(repeated);
        if (parameters.has(prefix + "_h") || parameters.has(prefix + "_w")) {
            if (spatial != 2 || !given.isEmpty()) {
                throw layer.malformed("gives " + prefix + "_h or " + prefix + "_w "
                        + (spatial != 2 ? "for " + spatial + " spatial axes" : "and " + repeated + " as well"));
            }
            return new long[] {parameters.longOr(prefix + "_h", 0), parameters.longOr(prefix + "_w", 0)};
        }
        if (given.isEmpty() && absent >= 0) {
            given = List.of(absent);
        }
        if (given.size() != 1 && given.size() != spatial) {
            throw layer.malformed("gives " + repeated + " " + given.size() + " times for " + spatial
                    + " spatial axes, once or once for each is expected");
        }
        long[] values = new long[spatial];
        for (int i = 0; i < spatial; i++) {
            values[i] = given.get(given.size() == 1 ? 0 : i);
        }
        return values;
    }

    private static void requireAtLeast(LoweringContext layer, String what, long[] values, long least) {
        for (long value : values) {
            if (value < least || value > Integer.MAX_VALUE) {
                throw layer.malformed(what + " " + Arrays.toString(values) + " must be at least " + least);
            }
        }
    }

    long outputs() {
        return parameters.longOr("num_output", 0);
    }

    boolean hasBias() {
        return parameters.boolOr("bias_term", true);
    }

    Filler filler(String name) {
        return parameters.filler(name, 0);
    }

    Attributes attributes(long group) {
        Attributes attributes = Attributes.of("kernel_shape", kernel.length == 0 ? new long[] {1} : kernel)
                .with("strides", kernel.length == 0 ? new long[] {1} : stride)
                .with("pads", kernel.length == 0 ? new long[] {0, 0} : Axes.concat(pad, pad))
                .with("dilations", kernel.length == 0 ? new long[] {1} : dilation);
        return group == 1 ? attributes : attributes.with("group", group);
    }

    /**
     * The node over [N, C, ...], where ONNX wants exactly one axis before the channels and at least one after: axes are folded and unfolded
     * around it. {@code inputs} are the bottom, the weights and possibly the bias.
     */
    Value batched(LoweringContext layer, String op, Attributes attributes, Value[] inputs) {
        Value x = inputs[0];
        if (axis == 1 && kernel.length > 0) {
            return layer.add(op, attributes, inputs);
        }
        long[] sizes = layer.sizes(x);
        long[] flat =
                Axes.concat(new long[] {Axes.product(sizes, 0, axis)}, Arrays.copyOfRange(sizes, axis, sizes.length));
        Value[] folded = inputs.clone();
        folded[0] = layer.reshape(x, kernel.length == 0 ? Axes.concat(flat, 1) : flat);
        if (kernel.length == 0) {
            folded[1] = layer.reshape(inputs[1], Axes.concat(inputs[1].shape().sizes(), 1));
        }
        Value result = layer.add(op, attributes, folded);
        long[] produced = layer.sizes(result);
        long[] unfolded = Axes.concat(
                Arrays.copyOf(sizes, axis), Arrays.copyOfRange(produced, 1, kernel.length == 0 ? 2 : produced.length));
        return layer.reshape(result, unfolded);
    }
}
