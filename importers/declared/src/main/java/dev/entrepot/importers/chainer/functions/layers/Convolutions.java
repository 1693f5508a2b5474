package dev.entrepot.importers.chainer.functions.layers;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Convolutions. A float16 image with float32 weights is computed in float32 and given back in float16. Source: chainer/functions/connection. */
public final class Convolutions {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one(
                    "convolution_1d(x, W, b=None, stride=1, pad=0, cover_all=False, dilate=1, groups=1)",
                    call -> convolution(call, 1)),
            one(
                    "convolution_2d(x, W, b=None, stride=1, pad=0, cover_all=False, *, dilate=1, groups=1)",
                    call -> convolution(call, 2)),
            one(
                    "convolution_3d(x, W, b=None, stride=1, pad=0, cover_all=False, dilate=1, groups=1)",
                    call -> convolution(call, 3)),
            one(
                    "convolution_nd(x, W, b=None, stride=1, pad=0, cover_all=False, dilate=1, groups=1)",
                    call -> convolution(call, call.rank(call.value("x")) - 2)),
            one(
                    "deformable_convolution_2d_sampler(x, offset, W, b=None, stride=1, pad=0)",
                    Convolutions::deformableConvolution2dSampler),
            one("depthwise_convolution_2d(x, W, b=None, stride=1, pad=0)", Convolutions::depthwiseConvolution2d),
            one(
                    "dilated_convolution_2d(x, W, b=None, stride=1, pad=0, dilate=1, cover_all=False)",
                    Convolutions::dilatedConvolution2d),
            one("local_convolution_2d(x, W, b=None, stride=1)", Convolutions::localConvolution2d));
    // spotless:on

    private Convolutions() {}

    private static Value convolution(FunctionCall call, int axes) {
        Value weight = call.value("W");
        long[] dilation = call.repeated("dilate", axes);
        return convolved(
                call,
                weight,
                Windows.ofConvolution(call, weight, axes, dilation, call.flag("cover_all")),
                call.whole("groups"));
    }

    private static Value dilatedConvolution2d(FunctionCall call) {
        Value weight = call.value("W");
        long[] dilation = call.repeated("dilate", 2);
        return convolved(call, weight, Windows.ofConvolution(call, weight, 2, dilation, call.flag("cover_all")), 1);
    }

    /** The weights are of shape [multiplier, channels, height, width]. Source: depthwise_convolution_2d.py. */
    private static Value depthwiseConvolution2d(FunctionCall call) {
        Value weight = call.value("W");
        long multiplier = call.knownSize(weight, 0);
        long channels = call.knownSize(weight, 1);
        Windows windows = Windows.ofConvolution(call, weight, 2, Windows.ones(2), false);
        Value kernels = call.reshape(
                call.transpose(weight, 1, 0, 2, 3), multiplier * channels, 1, windows.kernel()[0], windows.kernel()[1]);
        return convolved(call, kernels, windows, channels);
    }

    private static Value convolved(FunctionCall call, Value weight, Windows windows, long groups) {
        Value image = call.value("x");
        if (call.rank(image) != windows.axes() + 2 || call.rank(weight) != windows.axes() + 2) {
            throw call.malformed("x has shape " + image.shape() + " and W " + weight.shape() + ", expected "
                    + (windows.axes() + 2) + " axes each");
        }
        Optional<BlockDiagonal> blocks =
                groups == 1 ? call.constantOf(weight).flatMap(BlockDiagonal::of) : Optional.empty();
        if (blocks.isPresent()) {
            long found = blocks.get().groups();
            call.warn("W " + weight.shape() + " is zero outside of " + found
                    + " blocks: recognised as a convolution of " + found + " groups");
            return grouped(
                    call, call.builder().initializer(weight.name(), blocks.get().tensor()), windows, found);
        }
        return grouped(call, weight, windows, groups);
    }

    private static Value grouped(FunctionCall call, Value weight, Windows windows, long groups) {
        Value image = call.value("x");
        List<SizeExpr> sizes = windows.outputSizes(call, image, call.size(weight, 0));
        Attributes attributes = Attributes.of("strides", windows.stride())
                .with("pads", windows.pads())
                .with("dilations", windows.dilation())
                .with("group", groups);
        Value made =
                call.add("Conv", 1, attributes, operands(call, image, weight)).get(0);
        return call.cast(call.sized(made, sizes), image.dataType());
    }

    /** Image, weights and, where there is one, the bias, in the wider of their types. */
    static List<Value> operands(FunctionCall call, Value image, Value weight) {
        DataType type = image.dataType() == DataType.FLOAT16 ? weight.dataType() : image.dataType();
        List<Value> operands = new ArrayList<>(List.of(call.cast(image, type), call.cast(weight, type)));
        if (call.has("b")) {
            operands.add(call.value("b", type));
        }
        return operands;
    }

    /**
     * Weights of its own for every place: [channels out, height out, width out, channels, height, width]. Source:
     * local_convolution_2d.py, LocalConvolution2DFunction.forward.
     */
    private static Value localConvolution2d(FunctionCall call) {
        Value x = call.value("x");
        Value weight = call.value("W");
        long[] stride = call.repeated("stride", 2);
        long[] sizes = new long[6];
        for (int i = 0; i < 6; i++) {
            sizes[i] = call.knownSize(weight, i);
        }
        List<Value> patches = new ArrayList<>();
        for (long row = 0; row < sizes[4]; row++) {
            for (long column = 0; column < sizes[5]; column++) {
                long[] starts = {row, column};
                long[] ends = {row + (sizes[1] - 1) * stride[0] + 1, column + (sizes[2] - 1) * stride[1] + 1};
                Value patch = call.add(
                        "Slice", x, call.vector(starts), call.vector(ends), call.vector(2, 3), call.vector(stride));
                patches.add(call.unsqueeze(patch, 2));
            }
        }
        // [N, C, kh * kw, oh, ow] -> [oh * ow, N, C * kh * kw]
        long places = sizes[1] * sizes[2];
        long features = sizes[3] * sizes[4] * sizes[5];
        SizeExpr batch = call.size(x, 0);
        Value columns =
                call.reshape(call.concat(2, patches), List.of(batch, SizeExpr.of(features), SizeExpr.of(places)));
        Value kernels = call.reshape(call.transpose(weight, 1, 2, 3, 4, 5, 0), places, features, sizes[0]);
        Value products = call.add("MatMul", call.transpose(columns, 2, 0, 1), kernels);
        Value result = call.reshape(
                call.transpose(products, 1, 2, 0),
                List.of(batch, SizeExpr.of(sizes[0]), SizeExpr.of(sizes[1]), SizeExpr.of(sizes[2])));
        return call.has("b") ? call.add("Add", result, call.unsqueeze(call.value("b"), 0)) : result;
    }

    /** Samples the padded image where the offsets say. Source: deformable_convolution_2d_sampler.py. */
    private static Value deformableConvolution2dSampler(FunctionCall call) {
        Value x = call.value("x");
        Value offset = call.value("offset");
        Value weight = call.value("W");
        long[] stride = call.repeated("stride", 2);
        long[] pad = call.repeated("pad", 2);
        long channels = call.knownSize(weight, 1);
        long[] kernel = {call.knownSize(weight, 2), call.knownSize(weight, 3)};
        long taps = kernel[0] * kernel[1];
        long[] outputs = {call.knownSize(offset, 2), call.knownSize(offset, 3)};
        SizeExpr batch = call.size(x, 0);
        Value across = coordinate(call, offset, 1, kernel, stride, pad, outputs);
        Value down = coordinate(call, offset, 0, kernel, stride, pad, outputs);
        Value grid = call.reshape(
                call.concat(1, List.of(across, down)),
                List.of(batch, SizeExpr.of(2), SizeExpr.of(taps), SizeExpr.of(outputs[0] * outputs[1])));
        Value padded =
                call.add("Pad", x, call.vector(0, 0, pad[0], pad[1], 0, 0, pad[0], pad[1]), call.scalarLike(0, x));
        Argument sampled = call.call("spatial_transformer_sampler", Argument.of(padded), Argument.of(grid));
        if (!(sampled instanceof Argument.Array samples)) {
            throw call.unsupported("the image cannot be sampled");
        }
        Value rows = call.reshape(
                call.transpose(samples.value(), 0, 3, 1, 2),
                List.of(batch, SizeExpr.of(outputs[0] * outputs[1]), SizeExpr.of(channels * taps)));
        Value kernels = call.reshape(
                call.transpose(weight, 1, 2, 3, 0), List.of(SizeExpr.of(channels * taps), call.size(weight, 0)));
        Value products = call.add("MatMul", rows, kernels);
        Value result = call.transpose(
                call.reshape(
                        products,
                        List.of(batch, SizeExpr.of(outputs[0]), SizeExpr.of(outputs[1]), call.size(weight, 0))),
                0,
                3,
                1,
                2);
        return call.has("b") ? call.add("Add", result, call.unsqueeze(call.value("b"), 1, 2)) : result;
    }

    /** Offsets along an axis, on the regular grid, from -1 to 1 over the padded image. Source: the same, _offset2grid. */
    private static Value coordinate(
            FunctionCall call, Value offset, int axis, long[] kernel, long[] stride, long[] pad, long[] outputs) {
        long taps = kernel[0] * kernel[1];
        float[] places = new float[Math.toIntExact(taps * outputs[0] * outputs[1])];
        int next = 0;
        for (long tap = 0; tap < taps; tap++) {
            long within = axis == 0 ? tap / kernel[1] : tap % kernel[1];
            for (long row = 0; row < outputs[0]; row++) {
                for (long column = 0; column < outputs[1]; column++) {
                    places[next++] = within + (axis == 0 ? row : column) * stride[axis];
                }
            }
        }
        Value regular = call.cast(
                call.constant(dev.entrepot.tensor.Tensor.of(
                        dev.entrepot.tensor.Shape.of(taps, outputs[0], outputs[1]), places)),
                offset.dataType());
        // The first half of the channels are offsets across, the second offsets down.
        Value own = call.slice(offset, 1, axis == 0 ? taps : 0, axis == 0 ? 2 * taps : taps);
        double last = call.knownSize(call.value("x"), 2 + axis) + 2 * pad[axis] - 1;
        Value scaled = call.add("Div", call.add("Add", own, regular), call.scalarLike(last, offset));
        return call.add("Mul", call.add("Sub", scaled, call.scalarLike(0.5, offset)), call.scalarLike(2, offset));
    }
}
