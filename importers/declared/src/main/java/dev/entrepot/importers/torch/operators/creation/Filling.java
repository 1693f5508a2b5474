package dev.entrepot.importers.torch.operators.creation;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Entries;
import dev.entrepot.importers.torch.operators.shapes.Stretching;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/** All elements of a tensor given new values; mostly called in place. */
public final class Filling {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_no_grad_fill_", call -> filled(call, call.get("val"))),
            one("aten::_no_grad_zero_", call -> filled(call, IValue.of(0))),
            one("aten::copy", Filling::copy),
            one("aten::fill", call -> filled(call, call.get("value"))),
            one("aten::fill_diagonal", Filling::fillDiagonal),
            one("aten::zero", call -> filled(call, IValue.of(0))),
            one("prims::fill", call -> filled(call, call.get("value"))));
    // spotless:on

    private Filling() {}

    private static Value filled(AtenCall call, IValue number) {
        Value self = call.graph().toValue(Entries.same(call));
        Value scalar = call.graph().toValue(number, self.dataType());
        return Creation.constantOf(call, call.sizes(self), call.rank(scalar) == 0 ? scalar : call.reshape(scalar));
    }

    private static Value copy(AtenCall call) {
        Value self = call.value("self");
        Value source = call.value(call.has("src") ? "src" : "other", self.dataType());
        return Stretching.expanded(call, source, call.sizes(self));
    }

    /** Source: aten/src/ATen/native/Fill.cpp, fill_diagonal_: of more than two axes all sizes are equal. */
    private static Value fillDiagonal(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> sizes = call.sizes(self);
        boolean tall = sizes.size() == 2
                && sizes.get(0).minus(sizes.get(1)).sign().orElse(1) > 0
                && !sizes.get(0).equals(sizes.get(1));
        if (call.bool("wrap") && tall) {
            throw call.unsupported("wrap, for a matrix with more rows than columns");
        }
        Value diagonal = call.add("Equal", along(call, sizes, 0), along(call, sizes, 1));
        for (int axis = 2; axis < sizes.size(); axis++) {
            diagonal = call.add("And", diagonal, call.add("Equal", along(call, sizes, 0), along(call, sizes, axis)));
        }
        Value fill = call.graph().toValue(call.get("fill_value"), self.dataType());
        return call.sized(call.add("Where", diagonal, fill, self), sizes);
    }

    /** 0, 1, ... along one of the axes. */
    private static Value along(AtenCall call, List<SizeExpr> sizes, int axis) {
        Value range = call.cast(Ranges.upTo(call, sizes.get(axis)), DataType.INT64);
        int after = sizes.size() - 1 - axis;
        return after == 0
                ? range
                : call.unsqueeze(
                        range, java.util.stream.LongStream.rangeClosed(1, after).toArray());
    }
}
