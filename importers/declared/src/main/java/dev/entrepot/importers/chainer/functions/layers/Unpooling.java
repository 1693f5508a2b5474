package dev.entrepot.importers.chainer.functions.layers;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The inverse of pooling: each element spreads over its window, and windows that overlap add up. Source: chainer/functions/pooling. */
public final class Unpooling {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("unpooling_1d(x, ksize, stride=None, pad=0, outsize=None, cover_all=True)", call -> unpooling(call, 1)),
            one("unpooling_2d(x, ksize, stride=None, pad=0, outsize=None, cover_all=True)", call -> unpooling(call, 2)),
            one("unpooling_3d(x, ksize, stride=None, pad=0, outsize=None, cover_all=True)", call -> unpooling(call, 3)),
            one(
                    "unpooling_nd(x, ksize, stride=None, pad=0, outsize=None, cover_all=True)",
                    call -> unpooling(call, call.rank(call.value("x")) - 2)),
            one(
                    "upsampling_2d(x, indexes, ksize, stride=None, pad=0, outsize=None, cover_all=True)",
                    Unpooling::upsampling2d));
    // spotless:on

    private Unpooling() {}

    private static List<SizeExpr> outputs(FunctionCall call, Value x, Windows windows) {
        List<SizeExpr> given = call.sizes("outsize");
        List<SizeExpr> outputs = new ArrayList<>();
        for (int i = 0; i < windows.axes(); i++) {
            outputs.add(given.isEmpty() ? windows.covered(call.size(x, 2 + i), i) : given.get(i));
        }
        return outputs;
    }

    /** Source: unpooling_nd.py, UnpoolingND.forward, and unpooling_2d.py, Unpooling2D.forward. */
    private static Value unpooling(FunctionCall call, int axes) {
        Value x = call.value("x");
        Windows windows = Windows.ofPooling(call, axes, call.flag("cover_all"));
        List<SizeExpr> outputs = outputs(call, x, windows);
        boolean repeats = Arrays.equals(windows.kernel(), windows.stride());
        boolean padded = Arrays.stream(windows.pad()).anyMatch(pad -> pad > 0);
        if (repeats && !padded) {
            return cropped(call, repeated(call, x, windows.kernel()), outputs);
        }
        if (repeats && axes == 2 && isWholeScale(call, x, windows, outputs)) {
            Value inner = x;
            for (int i = 0; i < axes; i++) {
                long half = windows.pad()[i] / 2;
                inner = call.slice(
                        inner, 2 + i, SizeExpr.of(half), call.size(x, 2 + i).minus(SizeExpr.of(half)));
            }
            return cropped(call, repeated(call, inner, windows.kernel()), outputs);
        }
        return spread(call, x, windows, outputs);
    }

    /** Chainer takes a way of its own where the output is a whole multiple. Source: unpooling_2d.py, _integer_scale_forward. */
    private static boolean isWholeScale(FunctionCall call, Value x, Windows windows, List<SizeExpr> outputs) {
        for (int i = 0; i < 2; i++) {
            SizeExpr inner = call.size(x, 2 + i).minus(SizeExpr.of(windows.pad()[i]));
            if (windows.pad()[i] % 2 != 0 || !outputs.get(i).equals(inner.times(SizeExpr.of(windows.kernel()[i])))) {
                return false;
            }
        }
        return windows.stride()[0] == windows.kernel()[1] && windows.stride()[1] == windows.kernel()[0];
    }

    private static Value repeated(FunctionCall call, Value x, long[] times) {
        float[] scales = new float[2 + times.length];
        Arrays.fill(scales, 1);
        for (int i = 0; i < times.length; i++) {
            scales[2 + i] = times[i];
        }
        Attributes nearest = Attributes.of("mode", "nearest")
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor");
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        for (int i = 0; i < times.length; i++) {
            sizes.set(2 + i, sizes.get(2 + i).times(SizeExpr.of(times[i])));
        }
        return call.sized(call.add("Resize", nearest, x, Value.NONE, call.constant(Tensor.vector(scales))), sizes);
    }

    private static Value cropped(FunctionCall call, Value x, List<SizeExpr> outputs) {
        Value cropped = x;
        for (int i = 0; i < outputs.size(); i++) {
            if (!call.size(cropped, 2 + i).equals(outputs.get(i))) {
                cropped = call.slice(cropped, 2 + i, SizeExpr.ZERO, outputs.get(i));
            }
        }
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x).subList(0, 2));
        sizes.addAll(outputs);
        return call.sized(cropped, sizes);
    }

    /** A deconvolution by ones, a channel at a time. */
    private static Value spread(FunctionCall call, Value x, Windows windows, List<SizeExpr> outputs) {
        long channels = call.knownSize(x, 1);
        Value ones = Pooling.ones(call, x, windows, channels);
        return Deconvolutions.deconvolved(call, List.of(x, ones), windows, channels, outputs);
    }

    /**
     * Puts each element at its place in its window; {@code indexes} are those of max_pooling_2d with return_indices. Source:
     * upsampling_2d.py, Upsampling2D.forward_cpu.
     */
    private static Value upsampling2d(FunctionCall call) {
        Value x = call.value("x");
        Value indexes = call.value("indexes", DataType.INT64);
        Windows windows = Windows.ofPooling(call, 2, call.flag("cover_all"));
        List<SizeExpr> outputs = outputs(call, x, windows);
        long[] canvas = new long[2];
        for (int i = 0; i < 2; i++) {
            long windowsEnd = (call.knownSize(x, 2 + i) - 1) * windows.stride()[i] + windows.kernel()[i];
            long output = outputs.get(i)
                    .number()
                    .orElseThrow(() -> call.unsupported("outsize must be known; give the input's sizes as numbers"));
            canvas[i] = Math.max(output + windows.pad()[i], windowsEnd);
        }
        Value width = call.scalar(windows.kernel()[1], DataType.INT64);
        Value row = call.add("Add", call.add("Div", indexes, width), starts(call, x, windows, 0));
        Value column = call.add("Add", call.add("Mod", indexes, width), starts(call, x, windows, 1));
        Value place = call.add("Add", call.add("Mul", row, call.scalar(canvas[1], DataType.INT64)), column);
        SizeExpr batch = call.size(x, 0);
        SizeExpr channels = call.size(x, 1);
        SizeExpr count = call.size(x, 2).times(call.size(x, 3));
        Value zeros = call.add(
                "Expand",
                call.scalarLike(0, x),
                call.vector(List.of(batch, channels, SizeExpr.of(canvas[0] * canvas[1]))));
        Value scattered = call.add(
                "ScatterElements",
                Attributes.of("axis", 2).with("reduction", "add"),
                zeros,
                call.reshape(place, List.of(batch, channels, count)),
                call.reshape(x, List.of(batch, channels, count)));
        Value image = call.reshape(scattered, List.of(batch, channels, SizeExpr.of(canvas[0]), SizeExpr.of(canvas[1])));
        for (int i = 0; i < 2; i++) {
            SizeExpr start = SizeExpr.of(windows.pad()[i]);
            image = call.slice(image, 2 + i, start, start.plus(outputs.get(i)));
        }
        return image;
    }

    private static Value starts(FunctionCall call, Value x, Windows windows, int axis) {
        long[] starts = new long[Math.toIntExact(call.knownSize(x, 2 + axis))];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i * windows.stride()[axis];
        }
        return axis == 0 ? call.unsqueeze(call.vector(starts), 1) : call.vector(starts);
    }
}
