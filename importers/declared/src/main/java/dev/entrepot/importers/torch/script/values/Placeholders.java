package dev.entrepot.importers.torch.script.values;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.ArrayList;
import java.util.List;

/** What a branch gives where it gives nothing: an If has as many outputs on both sides, also those that nobody looks at. */
final class Placeholders {

    private Placeholders() {}

    /** Zeros of a value's type. */
    static Value zeros(TorchGraph graph, GraphBuilder builder, Value like) {
        return graph.inside(builder, () -> {
            List<Long> sizes = new ArrayList<>();
            if (like.shape().ranked()) {
                for (Dim dim : like.shape().dims()) {
                    sizes.add(dim.isKnown() ? dim.size() : 0);
                }
            }
            Tensor zero = new Tensor(DataType.FLOAT, Shape.of(1), TensorData.of(new byte[Float.BYTES]));
            Value zeros = builder.add(
                    "ConstantOfShape",
                    Attributes.NONE.with("value", zero),
                    builder.ints("shape", sizes.stream().mapToLong(size -> size).toArray()));
            return graph.cast(zeros, like.dataType());
        });
    }

    /** Zero or false. */
    static IValue zero(DataType type) {
        return type == DataType.BOOL ? IValue.of(false) : type == DataType.INT64 ? IValue.of(0) : IValue.of(0.0);
    }
}
