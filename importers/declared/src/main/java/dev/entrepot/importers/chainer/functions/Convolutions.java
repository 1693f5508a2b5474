package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/** Convolutions. A float16 image with float32 weights is computed in float32 and given back in float16. Source: chainer/functions/connection. */
final class Convolutions {

    // spotless:off
    static final List<Support> TABLE = List.of(
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
}
