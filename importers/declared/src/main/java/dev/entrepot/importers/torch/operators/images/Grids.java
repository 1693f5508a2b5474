package dev.entrepot.importers.torch.operators.images;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Precision;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sampling at the points of a grid. Source: aten/src/ATen/native/GridSampler.cpp, AffineGridGenerator.cpp. */
public final class Grids {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::affine_grid_generator", Grids::affineGrid),
            one("aten::grid_sampler", Grids::gridSampler),
            one("aten::grid_sampler_2d", Grids::gridSampler),
            one("aten::grid_sampler_3d", Grids::gridSampler));
    // spotless:on

    /** In the order of PyTorch's numbers. Source: aten/src/ATen/native/GridSamplerUtils.h. */
    private static final List<String> MODES = List.of("linear", "nearest", "cubic");

    private static final List<String> PADDINGS = List.of("zeros", "border", "reflection");

    private Grids() {}

    /** input [N, C, ...], grid [N, ..., 2 or 3] with coordinates from -1 to 1, the last axis first. */
    private static Value gridSampler(AtenCall call) {
        Value input = call.value("input");
        Value grid = call.value("grid");
        Attributes attributes = Attributes.of("mode", Amounts.choice(call, "interpolation_mode", MODES))
                .with("padding_mode", Amounts.choice(call, "padding_mode", PADDINGS))
                .with("align_corners", call.bool("align_corners") ? 1 : 0);
        Value y = Precision.single(
                call, input, x -> call.add("GridSample", attributes, x, call.cast(grid, x.dataType())));
        List<SizeExpr> sizes = new ArrayList<>(List.of(call.size(input, 0), call.size(input, 1)));
        sizes.addAll(call.sizes(grid).subList(1, call.rank(grid) - 1));
        return call.sized(y, sizes);
    }

    /** theta [N, 2, 3] or [N, 3, 4], a size [N, C, ...] -> a grid [N, ..., 2 or 3]. */
    private static Value affineGrid(AtenCall call) {
        Value theta = call.value("theta");
        DataType type = theta.dataType();
        List<SizeExpr> size = call.sizes("size");
        Value base = Value.NONE;
        int spatial = size.size() - 2;
        List<SizeExpr> sizes = new ArrayList<>(size.subList(2, size.size()));
        for (int i = spatial - 1; i >= 0; i--) {
            long[] shape = new long[spatial + 1];
            java.util.Arrays.fill(shape, 1);
            shape[i] = -1;
            Value along = call.add("Reshape", points(call, size.get(i + 2)), call.vector(shape));
            List<SizeExpr> whole = new ArrayList<>(sizes);
            whole.add(SizeExpr.ONE);
            Value wide = call.sized(call.add("Expand", along, call.vector(whole)), whole);
            base = base.isNone() ? wide : call.add("Concat", Attributes.of("axis", -1), base, wide);
        }
        SizeExpr count = SizeExpr.product(sizes);
        Value points = call.reshape(base, List.of(count, SizeExpr.of(spatial)));
        Value matrix = call.cast(theta, DataType.FLOAT);
        Value turned = call.transpose(matrix, 0, 2, 1);
        Value rotation = call.slice(turned, 1, 0, spatial);
        Value shift = call.slice(turned, 1, spatial, spatial + 1L);
        Value moved = call.add("Add", call.add("MatMul", points, rotation), shift);
        List<SizeExpr> result = new ArrayList<>(List.of(size.get(0)));
        result.addAll(sizes);
        result.add(SizeExpr.of(spatial));
        return call.cast(call.reshape(moved, result), type);
    }

    /** Evenly spaced from -1 to 1, or half a step within. */
    private static Value points(AtenCall call, SizeExpr count) {
        Value range = call.add(
                "Range", call.scalar(0, DataType.INT64), call.graph().scalar(count), call.scalar(1, DataType.INT64));
        Value at = call.cast(range, DataType.FLOAT);
        Value two = call.scalar(2, DataType.FLOAT);
        Value one = call.scalar(1, DataType.FLOAT);
        if (!call.bool("align_corners")) {
            Value n = call.cast(call.graph().scalar(count), DataType.FLOAT);
            Value centre = call.add("Add", call.add("Mul", at, two), one);
            return call.add("Sub", call.add("Div", centre, n), one);
        }
        if (count.is(1)) {
            return call.add("Mul", at, two);
        }
        Value steps = call.cast(call.graph().scalar(count.minus(SizeExpr.ONE)), DataType.FLOAT);
        return call.add("Sub", call.add("Div", call.add("Mul", at, two), steps), one);
    }
}
