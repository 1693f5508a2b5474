package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.function.ToLongFunction;

/** Layers over [N, C, D, H, W] that have parameters of their own. */
final class Volumes {

    private Volumes() {}

    /**
     * A convolution with one size for depth and one for the plane; the weights are [num_output, C / group, D, H, W]. Source: facebook/C3D
     * convolution3d_layer.cpp, as alibaba/MNN Convolution3D.cpp reads it.
     */
    static Value convolution(LoweringContext layer) {
        Parameters parameters = layer.parameters("convolution3d_param");
        Value x = layer.input(0);
        long outputs = parameters.longOr("num_output", 0);
        long group = parameters.longOr("group", parameters.longOr("filter_group", 1));
        long kernel = parameters.longOr("kernel_size", 0);
        long depth = parameters.longOr("kernel_depth", 0);
        boolean hasBias = parameters.boolOr("bias_term", true);
        if (layer.rank(x) != 5 || outputs <= 0 || kernel <= 0 || depth <= 0 || group <= 0) {
            throw layer.malformed("needs a bottom of 5 axes and num_output, kernel_size and kernel_depth above 0, got "
                    + x.shape() + ", " + outputs + ", " + kernel + " and " + depth);
        }
        layer.requireAtMostBlobs(hasBias ? 2 : 1);
        long stride = parameters.longOr("stride", 1);
        long pad = parameters.longOr("pad", 0);
        long[] pads = {parameters.longOr("temporal_pad", 0), pad, pad};
        Attributes attributes = Attributes.of("kernel_shape", depth, kernel, kernel)
                .with("strides", parameters.longOr("temporal_stride", 1), stride, stride)
                .with("pads", Axes.concat(pads, pads))
                .with("group", group);
        Value weight = layer.weight(
                0,
                "weight",
                parameters.filler("weight_filler", 0),
                outputs,
                layer.size(x, 1) / group,
                depth,
                kernel,
                kernel);
        return hasBias
                ? layer.add(
                        "Conv",
                        attributes,
                        x,
                        weight,
                        layer.weight(1, "bias", parameters.filler("bias_filler", 0), outputs))
                : layer.add("Conv", attributes, x, weight);
    }

    /**
     * Two layers share this name. C3D's has one size for depth and one for the plane and rounds the number of windows up; Synopsys' has a
     * size for each axis and rounds up only with {@code ceil_mode}. Sources: facebook/C3D pooling3d_layer.cpp;
     * foss-for-synopsys-dwc-arc-processors/synopsys-caffe pooling3d_layer.cpp.
     */
    static Value pooling(LoweringContext layer) {
        Parameters parameters = layer.parameters("pooling3d_param");
        Value x = layer.input(0);
        if (layer.rank(x) != 5) {
            throw layer.malformed("needs a bottom of 5 axes, got " + x.shape());
        }
        String method = parameters.enumOr("pool", "MAX", "MAX", "AVE", "AVE_EXC_PAD");
        for (int axis = 2; axis < 5; axis++) {
            layer.size(x, axis);
        }
        List<PoolingAxis> axes = parameters.has("kernel_depth") ? ofC3d(layer, x) : ofSynopsys(layer, x);
        for (PoolingAxis axis : axes) {
            if (axis.kernel() <= 0 || axis.stride() <= 0 || axis.pad() >= axis.kernel() || axis.outputs() <= 0) {
                throw layer.malformed("kernel " + axis.kernel() + ", stride " + axis.stride() + " and pad " + axis.pad()
                        + " do not fit its bottom, " + x.shape());
            }
            if (axis.emptyWindows() > 0) {
                throw layer.unsupported("its last window lies beside its bottom, " + x.shape());
            }
        }
        Attributes windows = Attributes.of("kernel_shape", each(axes, PoolingAxis::kernel))
                .with("strides", each(axes, PoolingAxis::stride))
                .with("pads", Axes.concat(each(axes, PoolingAxis::pad), each(axes, PoolingAxis::endPad)));
        return switch (method) {
            case "MAX" -> layer.add("MaxPool", windows, x);
            case "AVE_EXC_PAD" -> layer.add("AveragePool", windows, x);
            default ->
                layer.add(
                        "Mul", layer.add("AveragePool", windows.with("count_include_pad", 1), x), factors(layer, axes));
        };
    }

    private static List<PoolingAxis> ofC3d(LoweringContext layer, Value x) {
        Parameters parameters = layer.parameters("pooling3d_param");
        long kernel = parameters.longOr("kernel_size", 0);
        long stride = parameters.longOr("stride", 1);
        long pad = parameters.longOr("pad", 0);
        long deepPad = parameters.longOr("temporal_pad", 0);
        boolean isPadded = pad > 0 || deepPad > 0;
        return List.of(
                new PoolingAxis(
                        x.shape().dim(2),
                        parameters.longOr("kernel_depth", 0),
                        parameters.longOr("temporal_stride", 1),
                        deepPad,
                        true,
                        isPadded),
                new PoolingAxis(x.shape().dim(3), kernel, stride, pad, true, isPadded),
                new PoolingAxis(x.shape().dim(4), kernel, stride, pad, true, isPadded));
    }

    private static List<PoolingAxis> ofSynopsys(LoweringContext layer, Value x) {
        return List.of(axis(layer, x, 'd', 2), axis(layer, x, 'h', 3), axis(layer, x, 'w', 4));
    }

    private static PoolingAxis axis(LoweringContext layer, Value x, char letter, int axis) {
        Parameters parameters = layer.parameters("pooling3d_param");
        boolean global = parameters.boolOr("global_pooling", false);
        long size = layer.size(x, axis);
        long kernel = parameters.longOr("kernel_" + letter, parameters.longOr("kernel_size", 0));
        long pad = parameters.longOr("pad_" + letter + "0", parameters.longOr("pad", 0));
        long endPad = parameters.longOr("pad_" + letter + "1", parameters.longOr("pad", 0));
        if (pad != endPad) {
            throw layer.unsupported(
                    "has pads " + pad + " and " + endPad + " at the ends of an axis; equal ones are known");
        }
        boolean isPadded =
                List.of("pad", "pad_d0", "pad_h0", "pad_w0").stream().anyMatch(name -> parameters.longOr(name, 0) > 0);
        return new PoolingAxis(
                x.shape().dim(axis),
                global ? size : kernel,
                parameters.longOr("stride_" + letter, parameters.longOr("stride", 1)),
                pad,
                parameters.boolOr("ceil_mode", false),
                isPadded);
    }

    private static long[] each(List<PoolingAxis> axes, ToLongFunction<PoolingAxis> part) {
        return axes.stream().mapToLong(part).toArray();
    }

    /** By what each output is to be multiplied: the window's volume over that of the part that counts. */
    private static Value factors(LoweringContext layer, List<PoolingAxis> axes) {
        long[] outputs = each(axes, PoolingAxis::outputs);
        long volume = Axes.product(each(axes, PoolingAxis::kernel), 0, 3);
        float[] factors = new float[Math.toIntExact(Axes.product(outputs, 0, 3))];
        int i = 0;
        for (long deep = 0; deep < outputs[0]; deep++) {
            for (long row = 0; row < outputs[1]; row++) {
                for (long column = 0; column < outputs[2]; column++) {
                    long counted = axes.get(0).counted(deep)
                            * axes.get(1).counted(row)
                            * axes.get(2).counted(column);
                    factors[i++] = (float) volume / counted;
                }
            }
        }
        return layer.graph().constant("volume", Tensor.of(Shape.of(1, 1, outputs[0], outputs[1], outputs[2]), factors));
    }
}
