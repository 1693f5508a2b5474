package dev.entrepot.importers.chainer.functions.layers;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.plain;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pooling. Source: chainer/functions/pooling. */
public final class Pooling {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one(
                    "average_pooling_1d(x, ksize, stride=None, pad=0, pad_value=0)",
                    call -> average(call, 1, countsPad(call))),
            one("average_pooling_2d(x, ksize, stride=None, pad=0)", call -> average(call, 2, true)),
            one(
                    "average_pooling_3d(x, ksize, stride=None, pad=0, pad_value=0)",
                    call -> average(call, 3, countsPad(call))),
            one(
                    "average_pooling_nd(x, ksize, stride=None, pad=0, pad_value=0)",
                    call -> average(call, axes(call), countsPad(call))),
            one("spatial_pyramid_pooling_2d(x, pyramid_height, pooling=None)", Pooling::spatialPyramidPooling2d),
            plain(
                    "max_pooling_1d(x, ksize, stride=None, pad=0, cover_all=True, return_indices=False)",
                    call -> max(call, 1)),
            plain(
                    "max_pooling_2d(x, ksize, stride=None, pad=0, cover_all=True, return_indices=False)",
                    call -> max(call, 2)),
            plain(
                    "max_pooling_3d(x, ksize, stride=None, pad=0, cover_all=True, return_indices=False)",
                    call -> max(call, 3)),
            plain(
                    "max_pooling_nd(x, ksize, stride=None, pad=0, cover_all=True, return_indices=False)",
                    call -> max(call, axes(call))));
    // spotless:on

    private Pooling() {}

    private static int axes(FunctionCall call) {
        return call.rank(call.value("x")) - 2;
    }

    /** A value with as many axes after the channels as the function's name says. */
    private static Value x(FunctionCall call, int axes) {
        Value x = call.value("x");
        if (call.rank(x) != axes + 2) {
            throw call.malformed("x has shape " + x.shape() + ", expected " + (axes + 2) + " axes");
        }
        return x;
    }

    /** The pad is minus infinity. Source: max_pooling_nd.py, MaxPoolingND.forward_cpu. */
    private static Argument max(FunctionCall call, int axes) {
        Value x = x(call, axes);
        Windows windows = Windows.ofPooling(call, axes, call.flag("cover_all"));
        return call.flag("return_indices")
                ? Argument.ofAll(maxWithIndices(call, x, windows))
                : Argument.of(max(call, x, windows));
    }

    private static Value max(FunctionCall call, Value x, Windows windows) {
        List<SizeExpr> sizes = windows.outputSizes(call, x, call.size(x, 1));
        Attributes attributes = Attributes.of("kernel_shape", windows.kernel()).with("strides", windows.stride());
        if (!windows.canBeEmpty()) {
            return call.sized(call.add("MaxPool", attributes.with("pads", windows.pads()), x), sizes);
        }
        return withEmptyWindows(call, call.sized(call.add("MaxPool", attributes, padded(call, x, windows)), sizes));
    }

    /** Largest elements where some windows may have none: ONNX gives those the least number, Chainer minus infinity. */
    static Value withEmptyWindows(FunctionCall call, Value pooled) {
        return call.add("Where", isEmpty(call, pooled), call.scalarLike(Double.NEGATIVE_INFINITY, pooled), pooled);
    }

    private static Value isEmpty(FunctionCall call, Value pooled) {
        return call.add("Less", call.cast(pooled, DataType.FLOAT), call.scalar(-3.4e38, DataType.FLOAT));
    }

    private static Value padded(FunctionCall call, Value x, Windows windows) {
        int axes = windows.axes();
        long[] pads = new long[2 * (axes + 2)];
        System.arraycopy(windows.pads(), 0, pads, 2, axes);
        System.arraycopy(windows.pads(), axes, pads, axes + 4, axes);
        return call.add("Pad", x, call.vector(pads), call.scalarLike(Double.NEGATIVE_INFINITY, x));
    }

    /** The second result says which element of its window each maximum is, row-major. ONNX counts within the whole padded array. */
    private static List<Value> maxWithIndices(FunctionCall call, Value x, Windows windows) {
        int axes = windows.axes();
        Value padded = padded(call, x, windows);
        List<SizeExpr> sizes = windows.outputSizes(call, x, call.size(x, 1));
        List<Value> pooled = call.add(
                "MaxPool",
                2,
                Attributes.of("kernel_shape", windows.kernel()).with("strides", windows.stride()),
                List.of(padded));
        Value rest = pooled.get(1);
        Value index = call.scalar(0, DataType.INT64);
        long weight = 1;
        for (int i = axes - 1; i >= 0; i--) {
            SizeExpr length = call.size(x, 2 + i).plus(SizeExpr.of(windows.pad()[i] + windows.endPad(i)));
            Value along = call.add("Mod", rest, call.vector(List.of(length)));
            rest = call.add("Div", rest, call.vector(List.of(length)));
            Value within = call.add("Sub", along, starts(call, windows, sizes.get(2 + i), i));
            index = call.add("Add", index, call.add("Mul", within, call.scalar(weight, DataType.INT64)));
            weight *= windows.kernel()[i];
        }
        Value largest = call.sized(pooled.get(0), sizes);
        if (!windows.canBeEmpty()) {
            return List.of(largest, call.sized(index, sizes));
        }
        Value found = call.add("Where", isEmpty(call, largest), call.scalar(0, DataType.INT64), index);
        return List.of(withEmptyWindows(call, largest), call.sized(found, sizes));
    }

    /** Where each window begins along an axis of the padded array, under axes that broadcast. */
    private static Value starts(FunctionCall call, Windows windows, SizeExpr count, int axis) {
        Value numbers = call.add(
                "Range",
                call.scalar(0, DataType.INT64),
                call.squeeze(call.vector(List.of(count)), 0),
                call.scalar(1, DataType.INT64));
        Value starts = call.add("Mul", numbers, call.scalar(windows.stride()[axis], DataType.INT64));
        long[] trailing = new long[windows.axes() - 1 - axis];
        for (int i = 0; i < trailing.length; i++) {
            trailing[i] = i + 1L;
        }
        return call.unsqueeze(starts, trailing);
    }

    /** Rounds down always. A pad counts as zeros, or not at all. Source: average_pooling_nd.py, AveragePoolingND.forward_cpu. */
    private static Value average(FunctionCall call, int axes, boolean countsPad) {
        Value x = x(call, axes);
        Windows windows = Windows.ofPooling(call, axes, false);
        List<SizeExpr> sizes = windows.outputSizes(call, x, call.size(x, 1));
        Attributes attributes = Attributes.of("kernel_shape", windows.kernel()).with("strides", windows.stride());
        if (!windows.canBeEmpty()) {
            Attributes pads = attributes.with("pads", windows.pads()).with("count_include_pad", countsPad ? 1 : 0);
            return call.sized(call.add("AveragePool", pads, x), sizes);
        }
        return call.sized(averageOfSums(call, x, windows, countsPad), sizes);
    }

    private static boolean countsPad(FunctionCall call) {
        if (call.has("pad_value") && call.real("pad_value") != 0) {
            throw call.malformed("pad_value is " + call.get("pad_value").sort() + ", expected 0 or None");
        }
        return call.has("pad_value");
    }

    /** For pads as large as windows: a convolution sums, and divides by what counts. */
    private static Value averageOfSums(FunctionCall call, Value x, Windows windows, boolean countsPad) {
        Value sums = sums(call, x, windows);
        if (countsPad) {
            long elements = Arrays.stream(windows.kernel()).reduce(1, Math::multiplyExact);
            return call.add("Div", sums, call.scalarLike(elements, x));
        }
        Value ones = call.add("Add", call.add("Mul", x, call.scalarLike(0, x)), call.scalarLike(1, x));
        return call.add("Div", sums, sums(call, ones, windows));
    }

    private static Value sums(FunctionCall call, Value x, Windows windows) {
        long channels = call.knownSize(x, 1);
        Attributes attributes = Attributes.of("strides", windows.stride())
                .with("pads", windows.pads())
                .with("group", channels);
        return call.add("Conv", attributes, x, ones(call, x, windows, channels));
    }

    /** A kernel of ones for every channel. */
    static Value ones(FunctionCall call, Value x, Windows windows, long channels) {
        List<Long> shape = new ArrayList<>(List.of(channels, 1L));
        Arrays.stream(windows.kernel()).forEach(shape::add);
        long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
        float[] numbers = new float[Math.toIntExact(Shape.of(sizes).elementCount())];
        Arrays.fill(numbers, 1);
        return call.cast(call.constant(Tensor.of(Shape.of(sizes), numbers)), x.dataType());
    }

    /** Levels of 1, 2, 4 ... bins an axis, each flattened. Source: spatial_pyramid_pooling_2d.py. */
    private static Value spatialPyramidPooling2d(FunctionCall call) {
        Value x = x(call, 2);
        if (!call.has("pooling") || !call.text("pooling").equals("max")) {
            throw call.malformed("pooling is " + call.get("pooling").sort() + ", expected \"max\"");
        }
        List<Value> levels = new ArrayList<>();
        for (int level = 0; level < call.whole("pyramid_height"); level++) {
            long bins = 1L << level;
            long[] kernel = new long[2];
            long[] pad = new long[2];
            for (int i = 0; i < 2; i++) {
                long size = call.knownSize(x, 2 + i);
                kernel[i] = -Math.floorDiv(-size, bins);
                pad[i] = (kernel[i] * bins - size) / 2;
            }
            Value pooled = max(call, x, new Windows(kernel, kernel, pad, Windows.ones(2), true));
            List<SizeExpr> sizes = call.sizes(pooled);
            SizeExpr flat = SizeExpr.product(sizes.subList(1, 4));
            levels.add(call.reshape(pooled, List.of(sizes.get(0), flat, SizeExpr.ONE, SizeExpr.ONE)));
        }
        return call.concat(1, levels);
    }
}
