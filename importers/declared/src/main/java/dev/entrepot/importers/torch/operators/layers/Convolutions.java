package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Precision;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Convolutions: input [N, C, D1, ...] or without N, weight [M, C / groups, K1, ...], transposed [C, M / groups, K1, ...].
 *
 * <p>Source: aten/src/ATen/native/Convolution.cpp; the sizes are those of aten/src/ATen/native/ConvUtils.h, conv_output_size and
 * conv_input_size.
 */
public final class Convolutions {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_conv_depthwise2d", Convolutions::depthwise),
            one("aten::_convolution", Convolutions::convolution),
            one("aten::_convolution_mode", Convolutions::convolution),
            one("aten::conv1d", Convolutions::convolution),
            one("aten::conv2d", Convolutions::convolution),
            one("aten::conv3d", Convolutions::convolution),
            one("aten::conv_depthwise3d", Convolutions::depthwise),
            one("aten::conv_tbc", Convolutions::convTbc),
            one("aten::conv_transpose1d", Convolutions::convTranspose),
            one("aten::conv_transpose2d", Convolutions::convTranspose),
            one("aten::conv_transpose3d", Convolutions::convTranspose),
            one("aten::convolution", Convolutions::convolution),
            one("aten::convolution_overrideable", Convolutions::convolution),
            one("aten::cudnn_convolution", Convolutions::convolution),
            one("aten::cudnn_convolution_add_relu", Convolutions::cudnnConvolutionAddRelu),
            one("aten::cudnn_convolution_relu", Convolutions::cudnnConvolutionRelu),
            one("aten::cudnn_convolution_transpose", Convolutions::convTranspose),
            one("aten::mkldnn_convolution", Convolutions::convolution),
            one("aten::slow_conv3d", Convolutions::convolution),
            one("aten::slow_conv3d_forward", Convolutions::convolution),
            one("aten::slow_conv_dilated2d", Convolutions::convolution),
            one("aten::slow_conv_dilated3d", Convolutions::convolution),
            one("aten::slow_conv_transpose2d", Convolutions::convTranspose),
            one("aten::slow_conv_transpose3d", Convolutions::convTranspose),
            one("aten::thnn_conv2d", Convolutions::convolution));
    // spotless:on

    private final AtenCall call;
    private final Value input;
    private final Value weight;
    private final int spatial;

    private Convolutions(AtenCall call) {
        this.call = call;
        this.input = call.value(call.has("input") ? "input" : "self");
        this.weight = call.value("weight");
        this.spatial = call.rank(weight) - 2;
        int rank = call.rank(input);
        if (spatial < 1 || rank != spatial + 2 && rank != spatial + 1) {
            throw call.malformed("input has shape " + input.shape() + " and weight " + weight.shape()
                    + ", expected an input of the weight's rank, or of one axis less without a batch");
        }
    }

    private static Value convolution(AtenCall call) {
        return new Convolutions(call).lower(call.bool("transposed"), groups(call));
    }

    private static Value convTranspose(AtenCall call) {
        return new Convolutions(call).lower(true, groups(call));
    }

    /** Every channel for itself. */
    private static Value depthwise(AtenCall call) {
        Convolutions convolution = new Convolutions(call);
        int channels = call.rank(convolution.input) - convolution.spatial - 1;
        return convolution.lower(false, call.knownSize(convolution.input, channels));
    }

    private static long groups(AtenCall call) {
        return call.integerOr("groups", 1);
    }

    private static Value cudnnConvolutionRelu(AtenCall call) {
        return call.add("Relu", convolution(call));
    }

    private static Value cudnnConvolutionAddRelu(AtenCall call) {
        Value convolved = convolution(call);
        Value z = call.value("z");
        double alpha = call.realOr("alpha", 1);
        Value scaled = alpha == 1 ? z : call.add("Mul", z, call.scalar(alpha, z.dataType()));
        return call.add("Relu", call.add("Add", convolved, scaled));
    }

    /** self [T, B, C], weight [K, C, M] -> [T', B, M]. Source: aten/src/ATen/native/ConvolutionTBC.cpp. */
    private static Value convTbc(AtenCall call) {
        Value self = call.value("self");
        Value weight = call.transpose(call.value("weight"), 2, 1, 0);
        long pad = call.integer("pad");
        Value convolved = Precision.single(
                call,
                call.transpose(self, 1, 2, 0),
                x -> call.add("Conv", Attributes.of("pads", pad, pad), x, single(call, weight), bias(call)));
        SizeExpr time = size(call.size(self, 0), call.size(weight, 2), new Axis(1, 1, pad, pad, 0), false);
        Value sized = call.sized(convolved, List.of(call.size(self, 1), call.size(weight, 0), time));
        return call.transpose(sized, 2, 0, 1);
    }

    /**
     * One spatial axis.
     *
     * @param start the pad before, or what a transposed convolution cuts off there
     * @param end the pad behind
     * @param output what a transposed convolution adds to its size
     */
    private record Axis(long stride, long dilation, long start, long end, long output) {}

    private Value lower(boolean transposed, long groups) {
        List<Axis> axes = axes(transposed);
        Attributes attributes = Attributes.of(
                        "strides", axes.stream().mapToLong(Axis::stride).toArray())
                .with("dilations", axes.stream().mapToLong(Axis::dilation).toArray())
                .with("pads", pads(axes))
                .with("group", groups);
        if (axes.stream().anyMatch(axis -> axis.output != 0)) {
            attributes = attributes.with(
                    "output_padding", axes.stream().mapToLong(Axis::output).toArray());
        }
        boolean batched = call.rank(input) == spatial + 2;
        Value x = batched ? input : call.unsqueeze(input, 0);
        Attributes window = attributes;
        String op = transposed ? "ConvTranspose" : "Conv";
        Value convolved =
                Precision.single(call, x, single -> call.add(op, window, single, single(call, weight), bias(call)));
        Value sized = call.sized(convolved, sizes(x, axes, transposed, groups));
        return batched ? sized : call.squeeze(sized, 0);
    }

    private static Value single(AtenCall call, Value value) {
        return Precision.hasKernels(value.dataType()) ? value : call.cast(value, Precision.SINGLE);
    }

    private static Value bias(AtenCall call) {
        Value bias = call.optionalValue("bias");
        return bias.isNone() ? bias : single(call, bias);
    }

    private static long[] pads(List<Axis> axes) {
        long[] pads = new long[2 * axes.size()];
        for (int i = 0; i < axes.size(); i++) {
            pads[i] = axes.get(i).start;
            pads[i + axes.size()] = axes.get(i).end;
        }
        return pads;
    }

    private List<Axis> axes(boolean transposed) {
        long[] strides = intsOr("stride", 1);
        long[] dilations = intsOr("dilation", 1);
        long[] outputs = transposed ? intsOr("output_padding", 0) : new long[spatial];
        long[][] pads = pads(dilations);
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            axes.add(fitted(new Axis(strides[i], dilations[i], pads[0][i], pads[1][i], outputs[i])));
        }
        return axes;
    }

    /** ONNX Runtime refuses to add a stride and more; cutting less off is the same. */
    private Axis fitted(Axis axis) {
        if (axis.output < axis.stride) {
            return axis;
        }
        if (axis.output > axis.end) {
            throw call.unsupported("output_padding " + axis.output + " is not smaller than stride " + axis.stride
                    + ", which ONNX Runtime refuses");
        }
        return new Axis(axis.stride, axis.dilation, axis.start, axis.end - axis.output, 0);
    }

    private long[] intsOr(String name, long absent) {
        if (!call.has(name) || call.items(name).isEmpty()) {
            long[] ints = new long[spatial];
            Arrays.fill(ints, absent);
            return ints;
        }
        return call.ints(name, spatial);
    }

    /** The pads before and behind; {@code same} puts the odd one behind. Source: Convolution.cpp, convolution_same. */
    private long[][] pads(long[] dilations) {
        if (!(call.get("padding") instanceof IValue.Text mode)) {
            long[] pads = intsOr("padding", 0);
            return new long[][] {pads, pads};
        }
        long[][] pads = new long[2][spatial];
        if (mode.value().equals("valid")) {
            return pads;
        }
        if (!mode.value().equals("same")) {
            throw call.malformed("padding is \"" + mode.value() + "\", expected \"valid\" or \"same\"");
        }
        for (int i = 0; i < spatial; i++) {
            long total = dilations[i] * (call.knownSize(weight, i + 2) - 1);
            pads[0][i] = total / 2;
            pads[1][i] = total - total / 2;
        }
        return pads;
    }

    private List<SizeExpr> sizes(Value x, List<Axis> axes, boolean transposed, long groups) {
        List<SizeExpr> sizes = new ArrayList<>();
        sizes.add(call.size(x, 0));
        sizes.add(transposed ? call.size(weight, 1).times(SizeExpr.of(groups)) : call.size(weight, 0));
        for (int i = 0; i < spatial; i++) {
            sizes.add(size(call.size(x, i + 2), call.size(weight, i + 2), axes.get(i), transposed));
        }
        return sizes;
    }

    private static SizeExpr size(SizeExpr in, SizeExpr kernel, Axis axis, boolean transposed) {
        SizeExpr reach = kernel.minus(SizeExpr.ONE).times(SizeExpr.of(axis.dilation));
        SizeExpr pads = SizeExpr.of(axis.start + axis.end);
        SizeExpr stride = SizeExpr.of(axis.stride);
        if (transposed) {
            return in.minus(SizeExpr.ONE).times(stride).minus(pads).plus(reach).plus(SizeExpr.of(axis.output + 1));
        }
        return in.plus(pads)
                .minus(reach)
                .minus(SizeExpr.ONE)
                .floorDividedBy(stride)
                .plus(SizeExpr.ONE);
    }
}
