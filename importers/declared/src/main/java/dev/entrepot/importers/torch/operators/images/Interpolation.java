package dev.entrepot.importers.torch.operators.images;

import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code torch.nn.functional.interpolate} as one operator, which scripted programs hold; calls the operator of its mode.
 *
 * <p>Source: torch/csrc/jit/runtime/register_special_ops.cpp, interpolate; torch/nn/functional.py, interpolate.
 */
public final class Interpolation {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            plain("aten::__interpolate", Interpolation::interpolate),
            plain("aten::__upsample", Interpolation::interpolate),
            plain("aten::__upsample_bilinear", call -> new Interpolation(call).by("bilinear", true)),
            plain("aten::__upsample_nearest", call -> new Interpolation(call).by("nearest", false)));
    // spotless:on

    private final AtenCall call;
    private final Value input;
    private final int spatial;

    private Interpolation(AtenCall call) {
        this.call = call;
        this.input = call.value("input");
        this.spatial = call.rank(input) - 2;
        if (spatial < 1 || spatial > 3) {
            throw call.malformed("input has shape " + input.shape() + ", expected three to five axes");
        }
    }

    private static IValue interpolate(AtenCall call) {
        return new Interpolation(call).by(call.text("mode"), call.bool("align_corners"));
    }

    private IValue by(String mode, boolean alignCorners) {
        IValue corners = IValue.of(alignCorners);
        IValue size = size();
        IValue scales = size instanceof IValue.None ? scales() : IValue.NONE;
        String smoothed = call.bool("antialias") ? "_aa" : "";
        return switch (mode) {
            case "nearest" -> upsample("aten::upsample_nearest" + spatial + "d.vec", size, scales);
            case "nearest-exact" -> upsample("aten::_upsample_nearest_exact" + spatial + "d.vec", size, scales);
            case "linear" -> upsample("aten::upsample_linear1d.vec", size, corners, scales);
            case "bilinear" -> upsample(prefixed("upsample_bilinear2d", smoothed), size, corners, scales);
            case "bicubic" -> upsample(prefixed("upsample_bicubic2d", smoothed), size, corners, scales);
            case "trilinear" -> upsample("aten::upsample_trilinear3d.vec", size, corners, scales);
            case "area" -> call.graph().call("aten::adaptive_avg_pool" + spatial + "d", call.get("input"), area(size));
            default -> throw call.malformed("mode is \"" + mode + "\", which is none");
        };
    }

    private static String prefixed(String name, String smoothed) {
        return "aten::" + (smoothed.isEmpty() ? "" : "_") + name + smoothed + ".vec";
    }

    private IValue upsample(String overload, IValue... arguments) {
        List<IValue> all = new ArrayList<>(List.of(call.get("input")));
        all.addAll(List.of(arguments));
        return call.graph().callExact(overload, all, Map.of());
    }

    /** The sizes, if they are given or to be computed from the factors at once; else None. */
    private IValue size() {
        List<SizeExpr> given = call.sizes("size");
        if (!given.isEmpty()) {
            List<IValue> sizes = new ArrayList<>();
            for (int i = 0; i < spatial; i++) {
                sizes.add(IValue.of(given.get(given.size() == 1 ? 0 : i)));
            }
            return IValue.list(sizes);
        }
        return call.bool("recompute_scale_factor") ? computed() : IValue.NONE;
    }

    private IValue area(IValue size) {
        return size instanceof IValue.None ? computed() : size;
    }

    private IValue computed() {
        List<IValue> sizes = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            sizes.add(IValue.of(Upsampling.scaled(call, call.size(input, i + 2), factor(i))));
        }
        return IValue.list(sizes);
    }

    private IValue scales() {
        List<IValue> scales = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            scales.add(IValue.of(factor(i)));
        }
        return IValue.list(scales);
    }

    private double factor(int i) {
        List<IValue> factors = call.items("scale_factor");
        if (factors.isEmpty()) {
            throw call.malformed("gives neither size nor scale_factor");
        }
        return call.graph()
                .knownNumber(factors.get(factors.size() == 1 ? 0 : i))
                .orElseThrow(() -> call.unsupported("scale_factor depends on data, it must be known"));
    }
}
