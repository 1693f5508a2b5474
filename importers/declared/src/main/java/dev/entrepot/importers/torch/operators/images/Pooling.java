package dev.entrepot.importers.torch.operators.images;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Precision;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * Pooling by windows over [N, C, D1, ...] or without N.
 *
 * <p>Where the sizes are known, last windows get explicit end pads and no {@code ceil_mode}, and an average is corrected by a constant
 * factor: every ONNX Runtime agrees on that. Source: aten/src/ATen/native/Pool.h; aten/src/ATen/native/cpu/AvgPoolKernel.cpp,
 * MaxPoolKernel.cpp.
 */
public final class Pooling {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::avg_pool1d", Pooling::average),
            one("aten::avg_pool2d", Pooling::average),
            one("aten::avg_pool3d", Pooling::average),
            refuse("aten::fractional_max_pool2d", "its windows are drawn at random"),
            refuse("aten::fractional_max_pool3d", "its windows are drawn at random"),
            one("aten::max_pool1d", Pooling::maximum),
            many("aten::max_pool1d_with_indices", Pooling::maximumWithIndices),
            one("aten::max_pool2d", Pooling::maximum),
            many("aten::max_pool2d_with_indices", Pooling::maximumWithIndices),
            one("aten::max_pool3d", Pooling::maximum),
            many("aten::max_pool3d_with_indices", Pooling::maximumWithIndices),
            one("aten::max_unpool2d", Pooling::maxUnpool),
            one("aten::max_unpool3d", Pooling::maxUnpool),
            one("aten::mkldnn_max_pool2d", Pooling::maximum),
            one("aten::mkldnn_max_pool3d", Pooling::maximum));
    // spotless:on

    /** What ONNX Runtime has a MaxPool of. */
    private static final Set<DataType> COMPARED =
            Set.of(DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE, DataType.INT8, DataType.UINT8);

    private final AtenCall call;
    private final Value self;
    private final Value x;
    private final List<PoolingAxis> axes;

    private Pooling(AtenCall call) {
        this.call = call;
        this.self = call.value("self");
        int spatial = spatial(call);
        int rank = call.rank(self);
        if (rank != spatial + 2 && rank != spatial + 1) {
            throw call.malformed("input has shape " + self.shape() + ", expected " + (spatial + 1) + " or "
                    + (spatial + 2) + " axes");
        }
        this.x = rank == spatial + 2 ? self : call.unsqueeze(self, 0);
        this.axes = axes(call, x, spatial);
    }

    /** The digit before the d of a name such as {@code max_pool2d_with_indices}. */
    static int spatial(AtenCall call) {
        String name = call.schema().name();
        return name.charAt(name.indexOf("pool") + "pool".length()) - '0';
    }

    private static List<PoolingAxis> axes(AtenCall call, Value x, int spatial) {
        long[] kernel = call.ints("kernel_size", spatial);
        long[] stride = call.items("stride").isEmpty() ? kernel : call.ints("stride", spatial);
        long[] pad = call.ints("padding", spatial);
        long[] dilation = call.has("dilation") ? call.ints("dilation", spatial) : new long[0];
        List<PoolingAxis> axes = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            long gap = dilation.length == 0 ? 1 : dilation[i];
            if (kernel[i] <= 0 || stride[i] <= 0 || gap <= 0 || pad[i] < 0 || 2 * pad[i] > gap * (kernel[i] - 1) + 1) {
                throw call.malformed("kernel_size " + kernel[i] + ", stride " + stride[i] + ", padding " + pad[i]
                        + " and dilation " + gap + " make no window");
            }
            axes.add(new PoolingAxis(call.size(x, i + 2), kernel[i], stride[i], pad[i], gap, call.bool("ceil_mode")));
        }
        return axes;
    }

    // --- maxima

    private static Value maximum(AtenCall call) {
        Pooling pooling = new Pooling(call);
        return pooling.unbatched(pooling.maxima(1).get(0));
    }

    /** The indices come from a node of their own, which goes if nothing uses them. */
    private static List<Value> maximumWithIndices(AtenCall call) {
        Pooling pooling = new Pooling(call);
        Value maxima = pooling.maxima(1).get(0);
        Value indices = pooling.inPlane(pooling.maxima(2).get(1));
        return List.of(pooling.unbatched(maxima), pooling.unbatched(indices));
    }

    private List<Value> maxima(int outputs) {
        DataType type = x.dataType();
        Value compared = COMPARED.contains(type) ? x : call.cast(x, comparedAs(type));
        List<Value> pooled = call.add("MaxPool", outputs, maxWindows(), List.of(compared));
        List<Value> results = new ArrayList<>(List.of(call.cast(sized(pooled.get(0)), type)));
        if (outputs > 1) {
            results.add(sized(pooled.get(1)));
        }
        return results;
    }

    private static DataType comparedAs(DataType type) {
        return type == DataType.BFLOAT16 ? DataType.FLOAT : DataType.DOUBLE;
    }

    private Attributes maxWindows() {
        Attributes attributes = geometry().with("dilations", longs(PoolingAxis::dilation));
        boolean explicit = axes.stream().allMatch(axis -> axis.isStatic() && axis.endPad() < axis.kernel());
        return explicit ? attributes.with("pads", pads()) : roundedUp(attributes);
    }

    /** ONNX counts indices through the whole tensor, PyTorch within one plane. */
    private Value inPlane(Value indices) {
        SizeExpr plane = SizeExpr.product(axes.stream().map(PoolingAxis::size).toList());
        return call.add("Mod", indices, call.graph().scalar(plane));
    }

    // --- averages

    private static Value average(AtenCall call) {
        Pooling pooling = new Pooling(call);
        Value averaged = Precision.single(call, pooling.x, pooling::average);
        return pooling.unbatched(averaged);
    }

    private Value average(Value values) {
        boolean roundsUp = axes.get(0).roundsUp();
        if (!call.isNone("divisor_override")) {
            double window = axes.stream().mapToLong(PoolingAxis::kernel).reduce(1, Math::multiplyExact);
            double factor = window / call.real("divisor_override");
            return call.add("Mul", fullWindows(values, 1), call.scalar(factor, values.dataType()));
        }
        if (!call.bool("count_include_pad")) {
            return fullWindows(values, 0);
        }
        if (roundsUp && !isStatic()) {
            return sized(call.add("AveragePool", roundedUp(geometry()).with("count_include_pad", 1), values));
        }
        Value pooled = fullWindows(values, 1);
        return roundsUp ? corrected(pooled) : pooled;
    }

    /** Averages over windows of which all count as whole, or whose pads do not count; no {@code ceil_mode}. */
    private Value fullWindows(Value values, long countIncludePad) {
        Attributes attributes = geometry().with("count_include_pad", countIncludePad);
        if (isStatic() || !axes.get(0).roundsUp()) {
            return sized(call.add("AveragePool", attributes.with("pads", pads()), values));
        }
        long[] pads = longs(PoolingAxis::pad, axis -> axis.kernel() - 1);
        Value pooled = call.add("AveragePool", attributes.with("pads", pads), values);
        return sized(cut(pooled));
    }

    /** The windows that PyTorch has of all that begin before the end pad. */
    private Value cut(Value pooled) {
        List<SizeExpr> wanted = axes.stream().map(PoolingAxis::outputs).toList();
        if (wanted.equals(axes.stream().map(PoolingAxis::begun).toList())) {
            return pooled;
        }
        long[] cutAxes = new long[axes.size()];
        for (int i = 0; i < cutAxes.length; i++) {
            cutAxes[i] = i + 2;
        }
        return call.add(
                "Slice", pooled, call.vector(new long[cutAxes.length]), call.vector(wanted), call.vector(cutAxes));
    }

    /** Times the full window over the part of it that counts, along each axis where that differs. */
    private Value corrected(Value pooled) {
        Value result = pooled;
        for (int i = 0; i < axes.size(); i++) {
            PoolingAxis axis = axes.get(i);
            int windows = Amounts.count(call, axis.outputs().number().orElseThrow());
            float factor = (float) axis.kernel() / axis.counted(windows - 1);
            if (factor != 1) {
                float[] factors = new float[windows];
                for (int window = 0; window < windows; window++) {
                    factors[window] = (float) axis.kernel() / axis.counted(window);
                }
                long[] shape = new long[axes.size()];
                Arrays.fill(shape, 1);
                shape[i] = windows;
                Value area = call.constant(Tensor.of(Shape.of(shape), factors));
                result = call.add("Mul", result, call.cast(area, result.dataType()));
            }
        }
        return result;
    }

    // --- windows

    private Attributes geometry() {
        return Attributes.of("kernel_shape", longs(PoolingAxis::kernel)).with("strides", longs(PoolingAxis::stride));
    }

    private Attributes roundedUp(Attributes attributes) {
        Attributes padded = attributes.with("pads", longs(PoolingAxis::pad, PoolingAxis::pad));
        return axes.get(0).roundsUp() ? padded.with("ceil_mode", 1) : padded;
    }

    private long[] pads() {
        return longs(PoolingAxis::pad, axis -> axis.isStatic() ? axis.endPad() : axis.pad());
    }

    private boolean isStatic() {
        return axes.stream().allMatch(PoolingAxis::isStatic);
    }

    private long[] longs(ToLongFunction<PoolingAxis> of) {
        return axes.stream().mapToLong(of).toArray();
    }

    private long[] longs(ToLongFunction<PoolingAxis> start, ToLongFunction<PoolingAxis> end) {
        return LongStream.concat(axes.stream().mapToLong(start), axes.stream().mapToLong(end))
                .toArray();
    }

    private Value sized(Value pooled) {
        List<SizeExpr> sizes = new ArrayList<>(List.of(call.size(x, 0), call.size(x, 1)));
        axes.forEach(axis -> sizes.add(axis.outputs()));
        return call.sized(pooled, sizes);
    }

    private Value unbatched(Value pooled) {
        return call.rank(self) == call.rank(x) ? pooled : call.squeeze(pooled, 0);
    }

    // --- unpooling

    /** Each value at its index within the plane, zero elsewhere. Source: aten/src/ATen/native/MaxUnpooling.cpp. */
    private static Value maxUnpool(AtenCall call) {
        Value self = call.value("self");
        int spatial = call.schema().name().contains("unpool2d") ? 2 : 3;
        int lead = call.rank(self) - spatial;
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(self).subList(0, lead));
        List<SizeExpr> flat = new ArrayList<>(sizes);
        flat.add(SizeExpr.product(call.sizes(self).subList(lead, lead + spatial)));
        List<SizeExpr> plane = new ArrayList<>(sizes);
        plane.add(SizeExpr.product(call.sizes("output_size")));
        sizes.addAll(call.sizes("output_size"));
        Value zeros = call.add("Expand", call.scalar(0, self.dataType()), call.vector(plane));
        Value scattered = call.add(
                "ScatterElements",
                Attributes.of("axis", lead),
                call.sized(zeros, plane),
                call.reshape(call.value("indices"), flat),
                call.reshape(self, flat));
        return call.reshape(call.sized(scattered, plane), sizes);
    }
}
