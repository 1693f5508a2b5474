package dev.entrepot.importers.torch.operators.images;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Precision;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Resizing of the axes of [N, C, D1, ...] behind the channels, to sizes or by factors.
 *
 * <p>Source: aten/src/ATen/native/UpSample.h, compute_output_size, area_pixel_compute_scale, nearest_neighbor_compute_source_index.
 */
public final class Upsampling {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_upsample_bicubic2d_aa", call -> interpolated(call, antialiased("cubic", -0.5F))),
            one("aten::_upsample_bilinear2d_aa", call -> interpolated(call, antialiased("linear", 0))),
            refuse("aten::_upsample_lanczos2d_aa", "ONNX has no Lanczos filter"),
            one("aten::_upsample_nearest_exact1d", call -> new Upsampling(call).nearest(Nearest.CENTRE)),
            one("aten::_upsample_nearest_exact2d", call -> new Upsampling(call).nearest(Nearest.CENTRE)),
            one("aten::_upsample_nearest_exact3d", call -> new Upsampling(call).nearest(Nearest.CENTRE)),
            one("aten::upsample_bicubic2d", call -> interpolated(call, cubic(-0.75F))),
            one("aten::upsample_bilinear2d", call -> interpolated(call, linear())),
            one("aten::upsample_linear1d", call -> interpolated(call, linear())),
            one("aten::upsample_nearest1d", call -> new Upsampling(call).nearest(Nearest.CORNER)),
            one("aten::upsample_nearest2d", call -> new Upsampling(call).nearest(Nearest.CORNER)),
            one("aten::upsample_nearest3d", call -> new Upsampling(call).nearest(Nearest.CORNER)),
            one("aten::upsample_trilinear3d", call -> interpolated(call, linear())));
    // spotless:on

    /** Which element is nearest to element {@code i} of the result, whose size relates to the input's as {@code scale} to 1. */
    private enum Nearest {
        /** {@code floor(i scale)}; a factor does not count where it keeps or doubles the size. */
        CORNER("asymmetric", "floor", 0),
        /** {@code floor((i + 0.5) scale)}. */
        CENTRE("half_pixel", "round_prefer_ceil", 0.5F);

        private final String transformation;
        private final String mode;
        private final float offset;

        Nearest(String transformation, String mode, float offset) {
            this.transformation = transformation;
            this.mode = mode;
            this.offset = offset;
        }

        private Attributes attributes() {
            return Attributes.of("mode", "nearest")
                    .with("coordinate_transformation_mode", transformation)
                    .with("nearest_mode", mode);
        }
    }

    private final AtenCall call;
    private final Value input;
    private final int spatial;
    private final List<SizeExpr> in;
    private final List<SizeExpr> out = new ArrayList<>();
    private final List<Optional<Double>> factors = new ArrayList<>();

    private Upsampling(AtenCall call) {
        this.call = call;
        this.input = call.value(call.has("input") ? "input" : "self");
        this.spatial = call.rank(input) - 2;
        if (spatial < 1) {
            throw call.malformed("takes a batch of channels of at least one axis, found " + input.shape());
        }
        this.in = call.sizes(input).subList(2, spatial + 2);
        List<IValue> scales = scales();
        boolean sized = !call.isNone("output_size");
        List<SizeExpr> wanted = sized ? call.sizes("output_size") : List.of();
        if (spatial < 1 || sized && wanted.size() != spatial || !sized && scales.size() != spatial) {
            throw call.malformed("input has shape " + input.shape() + ", output_size "
                    + call.items("output_size").size() + " and scale_factors " + scales.size()
                    + " numbers, expected as many as the input has axes behind the channels");
        }
        for (int i = 0; i < spatial; i++) {
            Optional<Double> factor = i < scales.size() ? call.graph().knownNumber(scales.get(i)) : Optional.empty();
            factors.add(factor.filter(number -> number > 0));
            out.add(sized ? wanted.get(i) : scaled(in.get(i), factor));
        }
    }

    private List<IValue> scales() {
        if (call.has("scale_factors")) {
            return call.items("scale_factors");
        }
        if (call.has("scales")) {
            return List.of(call.get("scales"));
        }
        List<IValue> scales = new ArrayList<>();
        for (String name : List.of("scales_d", "scales_h", "scales_w")) {
            if (call.has(name)) {
                scales.add(call.get(name));
            }
        }
        return scales;
    }

    private SizeExpr scaled(SizeExpr size, Optional<Double> factor) {
        return scaled(
                call,
                size,
                factor.orElseThrow(() -> call.unsupported("scale_factors depend on data, they must be known")));
    }

    /** {@code floor(size factor)}. */
    static SizeExpr scaled(AtenCall call, SizeExpr size, double number) {
        if (size.isNumber()) {
            return SizeExpr.of((long) (number * size.number().orElseThrow()));
        }
        if (number == Math.rint(number)) {
            return size.times(SizeExpr.of((long) number));
        }
        long parts = Math.round(1 / number);
        if (parts > 0 && 1.0 / parts == number) {
            return size.floorDividedBy(SizeExpr.of(parts));
        }
        Value wide = call.cast(call.graph().scalar(size), DataType.DOUBLE);
        Value product = call.add("Floor", call.add("Mul", wide, call.scalar(number, DataType.DOUBLE)));
        return call.graph().toSize(call.graph().item(call.cast(product, DataType.INT64)));
    }

    // --- between elements

    private static Attributes linear() {
        return Attributes.of("mode", "linear");
    }

    private static Attributes cubic(float coefficient) {
        return Attributes.of("mode", "cubic").with("cubic_coeff_a", coefficient);
    }

    /** Every element of the result weighs all that it covers; weights beyond the edge count nothing. */
    private static Attributes antialiased(String mode, float coefficient) {
        Attributes filter = mode.equals("cubic") ? cubic(coefficient) : linear();
        return filter.with("antialias", 1).with("exclude_outside", 1);
    }

    private static Value interpolated(AtenCall call, Attributes filter) {
        Upsampling upsampling = new Upsampling(call);
        boolean corners = call.bool("align_corners");
        if (filter.intOr("antialias", 0) == 1 && !upsampling.isSmoothedAlike(corners)) {
            Antialias antialias = new Antialias(filter.get("cubic_coeff_a").isPresent());
            return Precision.single(call, upsampling.input, x -> upsampling.smoothed(antialias, corners, x));
        }
        Attributes attributes = filter.with("coordinate_transformation_mode", corners ? "align_corners" : "half_pixel");
        Value y = Precision.single(call, upsampling.input, x -> upsampling.resize(attributes, corners, x));
        return upsampling.sized(y);
    }

    /**
     * Whether ONNX Runtime smooths as PyTorch: not between corners, not by factors that leave a part of an element, and not to a width of 1
     * where the height grows.
     */
    private boolean isSmoothedAlike(boolean corners) {
        if (corners || out.get(spatial - 1).is(1) && !in.get(spatial - 1).is(1)) {
            return false;
        }
        for (int i = 0; i < spatial; i++) {
            double factor = factors.get(i).orElse(1.0);
            double scaled = in.get(i).isNumber() ? in.get(i).number().orElseThrow() * factor : factor;
            if (scaled != Math.rint(scaled)) {
                return false;
            }
        }
        return true;
    }

    /** Each axis by a matrix of weights. */
    private Value smoothed(Antialias antialias, boolean corners, Value x) {
        if (out.get(spatial - 1).is(1) && !out.get(0).equals(in.get(0))) {
            throw call.unsupported("antialias to a width of 1 of another height is wrong in PyTorch itself");
        }
        Value y = x;
        for (int i = 0; i < spatial; i++) {
            if (!isStatic(i)) {
                throw call.unsupported("smooths a size of " + in.get(i) + " to " + out.get(i)
                        + " otherwise than ONNX Runtime; give the input's sizes as numbers");
            }
            int size = Amounts.count(call, in.get(i).number().orElseThrow());
            int wanted = Amounts.count(call, out.get(i).number().orElseThrow());
            Amounts.product(call, size, wanted);
            double ratio = factors.get(i).map(factor -> 1 / factor).orElse((double) size / wanted);
            double between = wanted > 1 ? (size - 1.0) / (wanted - 1) : 0;
            Value weights = call.constant(antialias.weights(size, wanted, corners ? between : ratio));
            weights = call.cast(weights, x.dataType());
            boolean last = i == spatial - 1;
            y = last ? call.add("MatMul", y, call.transpose(weights, 1, 0)) : call.add("MatMul", weights, y);
        }
        return sized(y);
    }

    /** By factors where PyTorch takes its coordinates from them, else to sizes. */
    private Value resize(Attributes attributes, boolean corners, Value x) {
        long[] axes = LongStream.range(2, spatial + 2L).toArray();
        Optional<float[]> scales = exactScales();
        Attributes where = attributes.with("axes", axes);
        if (scales.isPresent()) {
            return call.add("Resize", where, x, Value.NONE, call.constant(Tensor.vector(scales.get())));
        }
        for (int i = 0; i < spatial && !corners; i++) {
            if (factors.get(i).isPresent() && !givesWantedSize(i) && !in.get(i).isNumber()) {
                throw call.unsupported("resizes " + in.get(i) + " to " + out.get(i) + " by a factor of "
                        + factors.get(i).get() + "; give the input's sizes as numbers");
            }
        }
        return call.add("Resize", where, x, Value.NONE, Value.NONE, call.vector(out));
    }

    /** The factors, if all are known, or follow from sizes whose quotient is a whole number. */
    private Optional<float[]> exactScales() {
        float[] scales = new float[spatial];
        for (int i = 0; i < spatial; i++) {
            Optional<SizeExpr> whole = in.get(i).is(0)
                    ? Optional.empty()
                    : out.get(i).exactQuotient(in.get(i)).filter(SizeExpr::isNumber);
            if (factors.get(i).isPresent() && givesWantedSize(i)) {
                scales[i] = factors.get(i).get().floatValue();
            } else if (factors.get(i).isEmpty() && whole.isPresent()) {
                scales[i] = whole.get().number().orElseThrow();
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(scales);
    }

    /** Whether the size that ONNX computes from the factor is the one wanted. */
    private boolean givesWantedSize(int i) {
        double factor = factors.get(i).orElseThrow();
        if (!in.get(i).isNumber()) {
            return call.isNone("output_size") || out.get(i).equals(scaled(in.get(i), factors.get(i)));
        }
        return out.get(i).is((long) Math.floor((float) in.get(i).number().orElseThrow() * (float) factor));
    }

    private Value sized(Value y) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(input).subList(0, 2));
        sizes.addAll(out);
        return call.sized(y, sizes);
    }

    // --- nearest elements

    /** A Resize where it finds the same elements as PyTorch, which rounds otherwise; else the elements by their indices. */
    private Value nearest(Nearest nearest) {
        boolean resizable = input.dataType() == DataType.FLOAT || input.dataType() == DataType.FLOAT16;
        if (resizable && agrees(nearest)) {
            return sized(resize(nearest.attributes(), false, input));
        }
        Value y = input;
        for (int i = 0; i < spatial; i++) {
            if (!isStatic(i)) {
                y = call.add("Gather", Attributes.of("axis", i + 2L), y, computedPlaces(i, nearest));
                continue;
            }
            long[] places = places(i, nearest);
            if (!isIdentity(places, i)) {
                Value indices = call.constant(Tensor.of(Shape.of(places.length), places));
                y = call.add("Gather", Attributes.of("axis", i + 2L), y, indices);
            }
        }
        return sized(y);
    }

    private boolean isStatic(int i) {
        return in.get(i).isNumber() && out.get(i).isNumber();
    }

    private boolean agrees(Nearest nearest) {
        Optional<float[]> scales = exactScales();
        for (int i = 0; i < spatial; i++) {
            boolean agrees = isStatic(i)
                    ? agrees(i, nearest, scales)
                    : scales.isPresent() && scales.get()[i] == Math.rint(scales.get()[i]);
            if (!agrees) {
                return false;
            }
        }
        return true;
    }

    private boolean isIdentity(long[] places, int i) {
        return in.get(i).is(places.length) && LongStream.range(0, places.length).allMatch(k -> places[(int) k] == k);
    }

    private boolean agrees(int i, Nearest nearest, Optional<float[]> scales) {
        long[] places = places(i, nearest);
        float size = in.get(i).number().orElseThrow();
        float scale = scales.map(each -> each[i]).orElse(places.length / size);
        for (int k = 0; k < places.length; k++) {
            float at = nearest == Nearest.CORNER ? k / scale : (k + 0.5F) / scale - 0.5F;
            long found = (long) (nearest == Nearest.CORNER ? Math.floor(at) : Math.round(at));
            if (Math.max(0, Math.min(found, (long) size - 1)) != places[k]) {
                return false;
            }
        }
        return true;
    }

    /** The element that PyTorch takes for each element of the result, in float32 as there. */
    private long[] places(int i, Nearest nearest) {
        long size = in.get(i).number().orElseThrow();
        int wanted = Amounts.count(call, out.get(i).number().orElseThrow());
        boolean doubled = nearest == Nearest.CORNER && (wanted == size || wanted == 2 * size);
        float ratio = (float) size / wanted;
        float scale = doubled
                ? ratio
                : factors.get(i).map(factor -> (float) (1 / factor)).orElse(ratio);
        long[] places = new long[wanted];
        for (int k = 0; k < wanted; k++) {
            places[k] = Math.min((long) Math.floor((k + nearest.offset) * scale), size - 1);
        }
        return places;
    }

    /** The same by nodes. */
    private Value computedPlaces(int i, Nearest nearest) {
        Value size = call.graph().scalar(in.get(i));
        Value wanted = call.graph().scalar(out.get(i));
        Value range = call.add("Range", call.scalar(0, DataType.INT64), wanted, call.scalar(1, DataType.INT64));
        Value at = call.cast(range, DataType.FLOAT);
        if (nearest.offset != 0) {
            at = call.add("Add", at, call.scalar(nearest.offset, DataType.FLOAT));
        }
        Value scale = factors.get(i).isPresent()
                ? call.scalar(1 / factors.get(i).get(), DataType.FLOAT)
                : call.add("Div", call.cast(size, DataType.FLOAT), call.cast(wanted, DataType.FLOAT));
        Value place = call.cast(call.add("Floor", call.add("Mul", at, scale)), DataType.INT64);
        return call.add("Min", place, call.add("Sub", size, call.scalar(1, DataType.INT64)));
    }
}
