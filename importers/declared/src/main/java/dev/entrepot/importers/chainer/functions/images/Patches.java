package dev.entrepot.importers.chainer.functions.images;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.arrays.Shapes;
import dev.entrepot.importers.chainer.functions.entries.Ranges;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Elements of windows, and elements by their places in memory. Source: chainer/functions/array/im2col.py, as_strided.py. */
public final class Patches {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("as_strided(x, shape, strides, storage_offset=None)", Patches::asStrided),
            one("im2col(x, ksize, stride=1, pad=0, cover_all=False, dilate=1)", Patches::im2col));
    // spotless:on

    private static final long MOST_ELEMENTS = 1L << 24;

    private Patches() {}

    /** Strides count elements. Source: as_strided.py, _stride_array. */
    private static Value asStrided(FunctionCall call) {
        Value x = call.value("x");
        long[] shape = call.wholes("shape");
        long[] strides = call.wholes("strides");
        if (shape.length != strides.length) {
            throw call.malformed("has " + shape.length + " sizes and " + strides.length + " strides");
        }
        long count = LongStream.of(shape).reduce(1, Math::multiplyExact);
        if (count > MOST_ELEMENTS) {
            throw call.unsupported("reads " + count + " elements by a list of their places");
        }
        long[] places = new long[Math.toIntExact(count)];
        long offset = call.has("storage_offset") ? call.whole("storage_offset") : 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = offset;
            long left = i;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                places[i] += left % shape[axis] * strides[axis];
                left /= shape[axis];
            }
        }
        SizeExpr elements = SizeExpr.product(call.sizes(x));
        long least = LongStream.of(places).min().orElse(0);
        long most = LongStream.of(places).max().orElse(0);
        if (least < 0
                || elements.isNumber() && most >= Math.max(1, elements.number().getAsLong())) {
            throw call.malformed("reads the elements " + least + " to " + most + " of an array of shape " + x.shape());
        }
        call.warn(
                "the array's elements are taken to lie row after row; those of a transposed or sliced array lie elsewhere in Chainer");
        return call.add("Gather", Shapes.flat(call, x), call.constant(Tensor.of(Shape.of(shape), places)));
    }

    /** [N, C, H, W] -> [N, C*kh*kw, h, w]. Source: chainer/utils/conv.py, im2col_cpu. */
    private static Value im2col(FunctionCall call) {
        Value x = call.value("x");
        long[] kernel = call.repeated("ksize", 2);
        long[] stride = call.repeated("stride", 2);
        long[] pad = call.repeated("pad", 2);
        long[] dilate = call.repeated("dilate", 2);
        Value columns = padded(call, x, pad, stride);
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x).subList(0, 2));
        List<SizeExpr> outputs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long window = kernel[i] + (kernel[i] - 1) * (dilate[i] - 1);
            long more = call.flag("cover_all") ? stride[i] - 1 : 0;
            SizeExpr output = call.size(x, 2 + i)
                    .plus(SizeExpr.of(2 * pad[i] - window + more))
                    .floorDividedBy(SizeExpr.of(stride[i]))
                    .plus(SizeExpr.ONE);
            outputs.add(output);
            sizes.addAll(List.of(SizeExpr.of(kernel[i]), output));
            Value places = places(call, kernel[i], dilate[i], output, stride[i]);
            columns = call.add("Gather", Attributes.of("axis", 2 + 2 * i), columns, places);
        }
        Value ordered = call.transpose(call.sized(columns, sizes), 0, 1, 2, 4, 3, 5);
        return call.reshape(
                ordered,
                List.of(
                        sizes.get(0),
                        sizes.get(1).times(SizeExpr.of(kernel[0] * kernel[1])),
                        outputs.get(0),
                        outputs.get(1)));
    }

    private static Value padded(FunctionCall call, Value x, long[] pad, long[] stride) {
        boolean coverAll = call.flag("cover_all");
        long[] pads = {
            0, 0, pad[0], pad[1], 0, 0, pad[0] + (coverAll ? stride[0] - 1 : 0), pad[1] + (coverAll ? stride[1] - 1 : 0)
        };
        boolean none = LongStream.of(pads).allMatch(width -> width == 0);
        return none ? x : call.add("Pad", x, call.vector(pads), call.scalarLike(0, x));
    }

    /** For each place within the window, a row of the places that it has along the axis. */
    private static Value places(FunctionCall call, long kernel, long dilate, SizeExpr outputs, long stride) {
        if (outputs.isNumber()) {
            long[] all = LongStream.range(0, kernel)
                    .flatMap(k ->
                            LongStream.range(0, outputs.number().getAsLong()).map(o -> k * dilate + o * stride))
                    .toArray();
            return call.constant(Tensor.of(Shape.of(kernel, outputs.number().getAsLong()), all));
        }
        Value within = call.constant(Tensor.of(
                Shape.of(kernel, 1),
                LongStream.range(0, kernel).map(k -> k * dilate).toArray()));
        Value first = Ranges.upTo(call, outputs);
        Value spread = stride == 1 ? first : call.add("Mul", first, call.scalar(stride, DataType.INT64));
        return call.add("Add", within, spread);
    }
}
