package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code Upsample} and its relatives. Source: torch/nn/modules/upsampling.py; torch/nn/functional.py, interpolate. */
public final class Resampling {

    private Resampling() {}

    /** {@code torch.nn.modules.upsampling.Upsample}, {@code UpsamplingNearest2d}, {@code UpsamplingBilinear2d}. */
    public static IValue upsample(BoundModule self, IValue x) {
        int axes = self.rank(x) - 2;
        String mode = self.text("mode", "nearest");
        if (!mode.startsWith("nearest") && !self.module().attributes().containsKey("align_corners")) {
            throw self.unsupported(
                    "is of a release before align_corners, whose " + mode + " mode depends on the release");
        }
        IValue corners = IValue.of(self.flag("align_corners", false));
        IValue scales = self.isSet("scale_factor") ? scales(self, axes) : IValue.NONE;
        if (self.isSet("size")) {
            return interpolate(self, x, mode, self.sizes("size", axes), IValue.NONE, corners);
        }
        if (scales instanceof IValue.None) {
            throw self.malformed("has neither size nor scale_factor");
        }
        if (self.flag("recompute_scale_factor", false)) {
            return interpolate(self, x, mode, scaled(self, x, scales), IValue.NONE, corners);
        }
        return interpolate(self, x, mode, IValue.NONE, scales, corners);
    }

    /** [N, C, H, W] resized to the sizes given as [H, W], bilinearly and without aligning corners. */
    public static IValue bilinear(BoundModule self, IValue x, IValue size) {
        return interpolate(self, x, "bilinear", size, IValue.NONE, IValue.of(false));
    }

    private static IValue interpolate(
            BoundModule self, IValue x, String mode, IValue size, IValue scales, IValue alignCorners) {
        int axes = self.rank(x) - 2;
        return switch (mode) {
            case "nearest" -> self.call("aten::upsample_nearest" + axes + "d", x, size, scales);
            case "nearest-exact" -> self.call("aten::_upsample_nearest_exact" + axes + "d", x, size, scales);
            case "linear", "bilinear", "trilinear", "bicubic" ->
                self.call("aten::upsample_" + mode + axes + "d", x, size, alignCorners, scales);
            default -> throw self.unsupported("resizes in mode \"" + mode + "\"");
        };
    }

    private static IValue scales(BoundModule self, int axes) {
        IValue factor = self.attribute("scale_factor");
        if (factor instanceof IValue.TupleValue tuple) {
            return reals(self, tuple.items());
        }
        return factor instanceof IValue.ListValue list
                ? reals(self, list.items())
                : reals(self, Collections.nCopies(axes, factor));
    }

    private static IValue reals(BoundModule self, List<IValue> factors) {
        List<IValue> reals = new ArrayList<>();
        for (IValue factor : factors) {
            reals.add(IValue.of(real(self, factor)));
        }
        return IValue.list(reals);
    }

    private static double real(BoundModule self, IValue value) {
        if (value instanceof IValue.Real real) {
            return real.value();
        }
        if (value instanceof IValue.Int number && number.value().isNumber()) {
            return number.value().number().orElseThrow();
        }
        throw self.malformed("scale_factor holds " + value);
    }

    private static IValue scaled(BoundModule self, IValue x, IValue scales) {
        List<IValue> factors = ((IValue.ListValue) scales).items();
        List<IValue> sizes = new ArrayList<>();
        for (int axis = 0; axis < factors.size(); axis++) {
            double factor = real(self, factors.get(axis));
            IValue size = self.size(x, axis + 2);
            sizes.add(
                    factor == Math.rint(factor) && size instanceof IValue.Int number
                            ? IValue.of(number.value().times(SizeExpr.of((long) factor)))
                            : IValue.of((long) Math.floor(self.fixedSize(x, axis + 2) * factor)));
        }
        return IValue.list(sizes);
    }
}
