package dev.entrepot.importers.torch.operators.images;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Padding of the last axes. PyTorch names the last axis first, the start before the end; a negative pad cuts off.
 *
 * <p>Source: aten/src/ATen/native/PadNd.cpp.
 */
public final class Padding {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_pad_circular", call -> padded(call, call.sizes("pad"), "wrap")),
            one("aten::_pad_enum", Padding::padEnum),
            one("aten::constant_pad_nd", call -> padded(call, call.sizes("pad"), "constant")),
            one("aten::pad", Padding::pad),
            one("aten::pad_sequence", Padding::padSequence),
            one("aten::reflection_pad1d", call -> padded(call, call.sizes("padding"), "reflect")),
            one("aten::reflection_pad2d", call -> padded(call, call.sizes("padding"), "reflect")),
            one("aten::reflection_pad3d", call -> padded(call, call.sizes("padding"), "reflect")),
            one("aten::replication_pad1d", call -> padded(call, call.sizes("padding"), "edge")),
            one("aten::replication_pad2d", call -> padded(call, call.sizes("padding"), "edge")),
            one("aten::replication_pad3d", call -> padded(call, call.sizes("padding"), "edge")));
    // spotless:on

    private static final Map<String, String> MODES =
            Map.of("constant", "constant", "reflect", "reflect", "replicate", "edge", "circular", "wrap");

    /** In the order of PyTorch's numbers. Source: aten/src/ATen/native/PadNd.h, padding_mode. */
    private static final List<String> NUMBERED = List.of("reflect", "edge", "wrap", "constant");

    /** What ONNX Runtime pads. */
    private static final Set<DataType> PADDED = Set.of(
            DataType.FLOAT,
            DataType.FLOAT16,
            DataType.DOUBLE,
            DataType.INT8,
            DataType.INT32,
            DataType.INT64,
            DataType.UINT8,
            DataType.BOOL);

    private Padding() {}

    private static Value pad(AtenCall call) {
        String mode = MODES.get(call.text("mode"));
        if (mode == null) {
            throw call.malformed("mode is \"" + call.text("mode") + "\", expected one of "
                    + MODES.keySet().stream().sorted().toList());
        }
        return padded(call, call.sizes("pad"), mode);
    }

    private static Value padEnum(AtenCall call) {
        return padded(call, call.sizes("pad"), Amounts.choice(call, "mode", NUMBERED));
    }

    private static Value padded(AtenCall call, List<SizeExpr> pad, String mode) {
        Value self = call.value("self");
        int rank = call.rank(self);
        if (pad.size() % 2 != 0 || pad.size() > 2 * rank) {
            throw call.malformed("pads " + pad + " do not fit an input of shape " + self.shape());
        }
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(self));
        // All axes are named, since a pool takes over pads of unnamed ones, which may be too wide for it.
        // Pads of all axes: where only some are named, ONNX Runtime moves a transposition behind the node and takes the
        // wrong ones.
        List<SizeExpr> pads = new ArrayList<>(Collections.nCopies(2 * rank, SizeExpr.ZERO));
        for (int i = 0; i < pad.size(); i += 2) {
            int axis = rank - 1 - i / 2;
            pads.set(axis, pad.get(i));
            pads.set(rank + axis, pad.get(i + 1));
            sizes.set(axis, sizes.get(axis).plus(pad.get(i)).plus(pad.get(i + 1)));
        }
        if (pad.stream().allMatch(each -> each.is(0))) {
            return self;
        }
        DataType type = self.dataType();
        DataType computed = PADDED.contains(type) ? type : type.isFloatingPoint() ? DataType.FLOAT : DataType.INT64;
        Value value = mode.equals("constant") ? value(call, computed) : Value.NONE;
        Value y = call.add(
                "Pad",
                Attributes.of("mode", mode),
                call.cast(self, computed),
                call.vector(pads),
                value,
                call.vector(LongStream.range(0, rank).toArray()));
        return call.sized(call.cast(y, type), sizes);
    }

    private static Value value(AtenCall call, DataType type) {
        IValue value = call.get("value");
        return value instanceof IValue.None ? call.scalar(0, type) : call.value("value", type);
    }

    /** Sequences [T, ...] of any T as one tensor [N, T, ...] or [T, N, ...]. Source: PackedSequence.cpp, pad_sequence. */
    private static Value padSequence(AtenCall call) {
        List<Value> sequences = call.values("sequences");
        SizeExpr longest = sequences.stream()
                .map(each -> call.size(each, 0))
                .reduce(SizeExpr::max)
                .orElseThrow(() -> call.malformed("sequences is empty"));
        boolean right = call.text("padding_side").equals("right");
        long axis = call.bool("batch_first") ? 0 : 1;
        List<Value> padded = new ArrayList<>();
        for (Value each : sequences) {
            SizeExpr missing = longest.minus(call.size(each, 0));
            List<SizeExpr> pads = new ArrayList<>(Collections.nCopies(2 * call.rank(each), SizeExpr.ZERO));
            pads.set(right ? call.rank(each) : 0, missing);
            Value value = call.value("padding_value", each.dataType());
            Value same = missing.is(0) ? each : call.add("Pad", each, call.vector(pads), value);
            List<SizeExpr> sizes = new ArrayList<>(call.sizes(each));
            sizes.set(0, longest);
            padded.add(call.unsqueeze(call.sized(same, sizes), axis));
        }
        return call.add("Concat", 1, Attributes.of("axis", axis), padded).get(0);
    }
}
