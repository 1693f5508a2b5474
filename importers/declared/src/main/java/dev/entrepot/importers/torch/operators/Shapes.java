package dev.entrepot.importers.torch.operators;

import static dev.entrepot.importers.torch.operators.Entries.aliasing;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.SizeExpr;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Views under other sizes and orders of axes. */
final class Shapes {

    // spotless:off
    static final Map<String, Support> TABLE = Map.ofEntries(
            aliasing("aten::_reshape_alias", Shapes::view, Shapes::likeBase),
            aliasing("aten::_unsafe_view", Shapes::view, Shapes::likeBase),
            aliasing("aten::flatten", Shapes::flatten, Shapes::likeBase),
            aliasing("aten::permute", Shapes::permute, Shapes::permuteBack),
            aliasing("aten::reshape", Shapes::view, Shapes::likeBase),
            aliasing("aten::view", Shapes::view, Shapes::likeBase));
    // spotless:on

    private Shapes() {}

    /** Source: aten/src/ATen/InferSize.h, infer_size. */
    private static Value view(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> sizes = new ArrayList<>(call.sizes("size"));
        int inferred = sizes.indexOf(SizeExpr.of(-1));
        if (inferred < 0) {
            return call.reshape(self, sizes);
        }
        sizes.set(inferred, SizeExpr.ONE);
        SizeExpr all = SizeExpr.product(call.sizes(self));
        sizes.set(inferred, all.floorDividedBy(SizeExpr.product(sizes)));
        return call.reshape(self, sizes);
    }

    private static Value likeBase(AtenCall call, int output, Value changed) {
        return call.reshape(changed, call.sizes(call.value("self")));
    }

    /** Source: aten/src/ATen/native/TensorShape.cpp, flatten. */
    private static Value flatten(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> sizes = call.sizes(self);
        if (sizes.isEmpty()) {
            return call.reshape(self, 1);
        }
        int start = call.axis(self, call.integer("start_dim"));
        int end = call.axis(self, call.integer("end_dim"));
        List<SizeExpr> flat = new ArrayList<>(sizes.subList(0, start));
        flat.add(SizeExpr.product(sizes.subList(start, end + 1)));
        flat.addAll(sizes.subList(end + 1, sizes.size()));
        return call.reshape(self, flat);
    }

    private static Value permute(AtenCall call) {
        Value self = call.value("self");
        return call.transpose(self, call.axes(self, "dims"));
    }

    private static Value permuteBack(AtenCall call, int output, Value changed) {
        long[] order = call.axes(call.value("self"), "dims");
        long[] back = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            back[(int) order[i]] = i;
        }
        return call.transpose(changed, back);
    }
}
