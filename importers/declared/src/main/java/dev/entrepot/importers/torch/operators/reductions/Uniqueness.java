package dev.entrepot.importers.torch.operators.reductions;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.List;
import java.util.Map;

/** Elements or slices without repetition; always sorted, as PyTorch does on the CPU. Source: aten/src/ATen/native/Unique.cpp. */
public final class Uniqueness {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            many("aten::_unique", Uniqueness::elements),
            many("aten::_unique2", Uniqueness::elements),
            many("aten::unique_consecutive", Uniqueness::runs),
            many("aten::unique_dim", Uniqueness::slices),
            refuse("aten::unique_dim_consecutive", "repeated slices beside each other cannot be told apart in ONNX"));
    // spotless:on

    private Uniqueness() {}

    /** Elements, the place of each input element among them, and how often each occurs. */
    private static List<Value> elements(AtenCall call) {
        Value self = call.value("self");
        List<Value> found = unique(call, self, Attributes.of("sorted", 1));
        Value inverse = call.bool("return_inverse") ? call.reshape(found.get(2), call.sizes(self)) : none(call);
        List<Value> results = List.of(found.get(0), inverse, call.bool("return_counts") ? found.get(3) : none(call));
        return results.subList(0, call.schema().returns().size());
    }

    private static List<Value> slices(AtenCall call) {
        Value self = call.value("self");
        int axis = call.axis(self, call.integer("dim"));
        List<Value> found = unique(call, self, Attributes.of("sorted", 1).with("axis", axis));
        return List.of(found.get(0), found.get(2), found.get(3));
    }

    private static List<Value> unique(AtenCall call, Value self, Attributes attributes) {
        DataType type = self.dataType();
        DataType in = ComputeTypes.isWhole(type) ? DataType.INT64 : ComputeTypes.arithmetic(type);
        List<Value> found = call.add("Unique", 4, attributes, List.of(call.cast(self, in)));
        return List.of(call.cast(found.get(0), type), found.get(1), found.get(2), found.get(3));
    }

    /** Of repeated elements beside each other one, the place of each input element, and how often each repeats. */
    private static List<Value> runs(AtenCall call) {
        if (!call.isNone("dim")) {
            throw call.unsupported("asks for slices along an axis, which cannot be told apart in ONNX");
        }
        Value self = call.value("self");
        DataType in = ComputeTypes.arithmetic(self.dataType());
        Value flat = call.add("Reshape", call.cast(self, in), call.vector(-1));
        Value last = call.vector(Long.MAX_VALUE);
        Value later = call.add("Slice", flat, call.vector(1), last, call.vector(0));
        Value earlier = call.add("Slice", flat, call.vector(0), call.vector(-1), call.vector(0));
        Value changes = call.cast(call.add("Not", call.add("Equal", later, earlier)), DataType.INT64);
        Attributes joined = Attributes.of("axis", 0);
        Value first = call.add("Shape", flat);
        Value atLeastOne = call.add("Concat", joined, call.vector(1), changes);
        Value starts = call.add("Slice", atLeastOne, call.vector(0), first, call.vector(0));
        Value begins = call.cast(starts, DataType.BOOL);
        Value values = call.add("Compress", joined, flat, begins);
        Value inverse = call.add(
                "Sub", call.add("CumSum", starts, call.scalar(0, DataType.INT64)), call.scalar(1, DataType.INT64));
        Value places = call.add("Reshape", call.add("NonZero", begins), call.vector(-1));
        Value ends = call.add(
                "Concat",
                joined,
                call.add("Slice", places, call.vector(1), last, call.vector(0)),
                call.add("Shape", flat));
        Value counts = call.add("Sub", ends, places);
        return List.of(
                call.cast(values, self.dataType()),
                call.bool("return_inverse") ? call.reshape(inverse, call.sizes(self)) : none(call),
                call.bool("return_counts") ? counts : none(call));
    }

    private static Value none(AtenCall call) {
        return call.constant(new Tensor(DataType.INT64, Shape.of(0), TensorData.of(new byte[0])));
    }
}
