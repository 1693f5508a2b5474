package dev.entrepot.importers.torch.operators.images;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

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
import java.util.stream.IntStream;

/**
 * Pooling into a wanted number of windows: window {@code i} of {@code m} over a size {@code n} is
 * {@code floor(i n / m) <= j < ceil((i + 1) n / m)}.
 *
 * <p>Source: aten/src/ATen/native/AdaptivePooling.h, start_index and end_index.
 */
public final class AdaptivePooling {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_adaptive_avg_pool2d", AdaptivePooling::average),
            one("aten::_adaptive_avg_pool3d", AdaptivePooling::average),
            one("aten::adaptive_avg_pool1d", AdaptivePooling::average),
            one("aten::adaptive_avg_pool2d", AdaptivePooling::average),
            one("aten::adaptive_avg_pool3d", AdaptivePooling::average),
            many("aten::adaptive_max_pool1d", AdaptivePooling::maximum),
            many("aten::adaptive_max_pool2d", AdaptivePooling::maximum),
            many("aten::adaptive_max_pool3d", AdaptivePooling::maximum),
            one("aten::mkldnn_adaptive_avg_pool2d", AdaptivePooling::average));
    // spotless:on

    private final AtenCall call;
    private final Value self;
    private final int spatial;
    private final int lead;
    private final List<SizeExpr> sizes;
    private final List<SizeExpr> wanted;

    private AdaptivePooling(AtenCall call) {
        this.call = call;
        this.self = call.value("self");
        this.spatial = Pooling.spatial(call);
        this.lead = call.rank(self) - spatial;
        if (lead < 1) {
            throw call.malformed("input has shape " + self.shape() + ", expected at least " + (spatial + 1) + " axes");
        }
        this.sizes = call.sizes(self);
        List<SizeExpr> outputs = call.sizes("output_size");
        this.wanted = outputs.size() == 1
                ? IntStream.range(0, spatial).mapToObj(i -> outputs.get(0)).toList()
                : outputs;
        if (wanted.size() != spatial) {
            throw call.malformed("output_size has " + wanted.size() + " numbers, expected " + spatial);
        }
    }

    // --- averages

    private static Value average(AtenCall call) {
        AdaptivePooling pooling = new AdaptivePooling(call);
        return Precision.single(call, pooling.self, pooling::average);
    }

    private Value average(Value x) {
        if (isWhole() && call.rank(x) == spatial + 2) {
            return sized(call.add("GlobalAveragePool", x));
        }
        if (isDivisible()) {
            return windows("AveragePool", 1, x).get(0);
        }
        Value result = x;
        for (int i = 0; i < spatial; i++) {
            result = average(result, i);
        }
        return sized(result);
    }

    /** Along one axis, by a matrix [m, n] of the windows' weights. */
    private Value average(Value x, int i) {
        SizeExpr size = sizes.get(lead + i);
        if (wanted.get(i).equals(size)) {
            return x;
        }
        if (wanted.get(i).is(1)) {
            return call.add("ReduceMean", x, call.vector(lead + i));
        }
        Value matrix = call.cast(size.isNumber() && wanted.get(i).isNumber() ? constant(i) : computed(i), x.dataType());
        if (i == spatial - 1) {
            return call.add("MatMul", x, call.transpose(matrix, 1, 0));
        }
        List<SizeExpr> now = call.sizes(x);
        List<SizeExpr> folded = new ArrayList<>(now.subList(0, lead + i + 1));
        folded.add(SizeExpr.product(now.subList(lead + i + 1, now.size())));
        List<SizeExpr> unfolded = new ArrayList<>(now);
        unfolded.set(lead + i, wanted.get(i));
        folded.set(lead + i, size);
        Value product = call.add("MatMul", matrix, call.reshape(x, folded));
        folded.set(lead + i, wanted.get(i));
        return call.reshape(call.sized(product, folded), unfolded);
    }

    private Value constant(int i) {
        long[][] windows = windows(i);
        int size = Math.toIntExact(known(sizes.get(lead + i)));
        float[] weights = new float[Amounts.product(call, windows.length, size)];
        for (int window = 0; window < windows.length; window++) {
            long start = windows[window][0];
            long end = windows[window][1];
            for (long j = start; j < end; j++) {
                weights[window * size + (int) j] = 1F / (end - start);
            }
        }
        return call.constant(Tensor.of(Shape.of(windows.length, size), weights));
    }

    /** The matrix where sizes are symbols. */
    private Value computed(int i) {
        Value n = call.graph().scalar(sizes.get(lead + i));
        Value m = call.graph().scalar(wanted.get(i));
        Value zero = call.scalar(0, DataType.INT64);
        Value one = call.scalar(1, DataType.INT64);
        Value column = call.add("Range", zero, n, one);
        Value row = call.unsqueeze(call.add("Range", zero, m, one), 1);
        Value start = call.add("Div", call.add("Mul", row, n), m);
        Value next = call.add("Mul", call.add("Add", row, one), n);
        Value end = call.add("Div", call.add("Sub", call.add("Add", next, m), one), m);
        Value inside = call.add("And", call.add("GreaterOrEqual", column, start), call.add("Less", column, end));
        Value count = call.cast(call.add("Sub", end, start), DataType.FLOAT);
        return call.add("Div", call.cast(inside, DataType.FLOAT), count);
    }

    // --- maxima

    /** The maxima and their indices within the plane. */
    private static List<Value> maximum(AtenCall call) {
        AdaptivePooling pooling = new AdaptivePooling(call);
        if (pooling.isWhole()) {
            return pooling.wholePlane();
        }
        if (pooling.isDivisible()) {
            Value maxima = pooling.windows("MaxPool", 1, pooling.self).get(0);
            Value indices = pooling.windows("MaxPool", 2, pooling.self).get(1);
            long plane = pooling.sizes.subList(pooling.lead, pooling.lead + pooling.spatial).stream()
                    .mapToLong(pooling::known)
                    .reduce(1, Math::multiplyExact);
            return List.of(maxima, call.add("Mod", indices, call.scalar(plane, DataType.INT64)));
        }
        return pooling.gathered();
    }

    private List<Value> wholePlane() {
        List<SizeExpr> flat = new ArrayList<>(sizes.subList(0, lead));
        flat.add(SizeExpr.product(sizes.subList(lead, lead + spatial)));
        Value plane = call.reshape(self, flat);
        List<SizeExpr> results = outputs();
        Value maxima = call.add("ReduceMax", plane, call.vector(lead));
        Value indices = call.add("ArgMax", Attributes.of("axis", lead), plane);
        return List.of(call.reshape(maxima, results), call.reshape(indices, results));
    }

    /** Every window gathered as if it were as large as the largest; what is too much repeats its last element. */
    private List<Value> gathered() {
        List<long[][]> windows =
                IntStream.range(0, spatial).mapToObj(this::windows).toList();
        Value x = self;
        long[] largest = new long[spatial];
        for (int i = spatial - 1; i >= 0; i--) {
            largest[i] = Arrays.stream(windows.get(i))
                    .mapToLong(w -> w[1] - w[0])
                    .max()
                    .orElse(0);
            x = call.add("Gather", Attributes.of("axis", lead + i), x, call.constant(rows(windows.get(i), largest[i])));
        }
        long area = Arrays.stream(largest).reduce(1, Math::multiplyExact);
        Value grouped = call.transpose(x, windowsLast());
        List<SizeExpr> flat = outputs();
        flat.add(SizeExpr.of(area));
        Value candidates = call.reshape(grouped, flat);
        int axis = lead + spatial;
        Value maxima = call.squeeze(call.add("ReduceMax", candidates, call.vector(axis)), axis);
        Value which = call.squeeze(call.add("ArgMax", Attributes.of("axis", axis), candidates), axis);
        return List.of(sized(maxima), sized(indices(which, windows, largest)));
    }

    private Tensor rows(long[][] windows, long largest) {
        long[] rows = new long[Amounts.product(call, windows.length, largest)];
        for (int i = 0; i < rows.length; i++) {
            long[] window = windows[(int) (i / largest)];
            rows[i] = Math.min(window[0] + i % largest, window[1] - 1);
        }
        return Tensor.of(Shape.of(windows.length, largest), rows);
    }

    /** From [..., m1, k1, m2, k2] to [..., m1, m2, k1, k2]. */
    private long[] windowsLast() {
        long[] order = new long[lead + 2 * spatial];
        for (int i = 0; i < lead; i++) {
            order[i] = i;
        }
        for (int i = 0; i < spatial; i++) {
            order[lead + i] = lead + 2L * i;
            order[lead + spatial + i] = lead + 2L * i + 1;
        }
        return order;
    }

    /** The index within the plane of candidate {@code which} of each window, axis by axis. */
    private Value indices(Value which, List<long[][]> windows, long[] largest) {
        Value rest = which;
        Value index = Value.NONE;
        long below = 1;
        for (int i = spatial - 1; i >= 0; i--) {
            Value size = call.scalar(largest[i], DataType.INT64);
            Value within = call.add("Mod", rest, size);
            rest = call.add("Div", rest, size);
            long[] shape = new long[spatial];
            Arrays.fill(shape, 1);
            shape[i] = windows.get(i).length;
            long[] starts = Arrays.stream(windows.get(i)).mapToLong(w -> w[0]).toArray();
            long[] lasts =
                    Arrays.stream(windows.get(i)).mapToLong(w -> w[1] - 1).toArray();
            Value place = call.add("Add", within, call.constant(Tensor.of(Shape.of(shape), starts)));
            place = call.add("Min", place, call.constant(Tensor.of(Shape.of(shape), lasts)));
            Value offset = call.add("Mul", place, call.scalar(below, DataType.INT64));
            index = index.isNone() ? offset : call.add("Add", index, offset);
            below = Math.multiplyExact(below, known(sizes.get(lead + i)));
        }
        return index;
    }

    // --- windows

    private boolean isWhole() {
        return wanted.stream().allMatch(size -> size.is(1));
    }

    private boolean isDivisible() {
        return call.rank(self) == spatial + 2
                && IntStream.range(0, spatial)
                        .allMatch(i -> sizes.get(lead + i).isNumber()
                                && wanted.get(i).isNumber()
                                && known(wanted.get(i)) > 0
                                && known(sizes.get(lead + i)) % known(wanted.get(i)) == 0);
    }

    /** A pool whose windows stand side by side. */
    private List<Value> windows(String op, int outputs, Value x) {
        long[] kernel = IntStream.range(0, spatial)
                .mapToLong(i -> known(sizes.get(lead + i)) / known(wanted.get(i)))
                .toArray();
        Attributes attributes = Attributes.of("kernel_shape", kernel).with("strides", kernel);
        return call.add(op, outputs, attributes, List.of(x)).stream()
                .map(this::sized)
                .toList();
    }

    /** The start and end of each window along an axis of known size. */
    private long[][] windows(int i) {
        long size = known(sizes.get(lead + i));
        long outputs = known(wanted.get(i));
        long[][] windows = new long[Amounts.count(call, outputs)][];
        for (int window = 0; window < windows.length; window++) {
            windows[window] = new long[] {
                Math.floorDiv(Math.multiplyExact(window, size), outputs), -Math.floorDiv(-(window + 1L) * size, outputs)
            };
        }
        return windows;
    }

    private long known(SizeExpr size) {
        return size.number()
                .orElseThrow(() -> call.unsupported("pools " + self.shape() + " to " + wanted
                        + ", which needs numbers for the sizes; give the input's sizes as numbers"));
    }

    private List<SizeExpr> outputs() {
        List<SizeExpr> outputs = new ArrayList<>(sizes.subList(0, lead));
        outputs.addAll(wanted);
        return outputs;
    }

    private Value sized(Value pooled) {
        return call.sized(pooled, outputs());
    }
}
