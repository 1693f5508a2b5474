package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A case whose first input has open sizes, but for those of 1: an open size is taken not to be 1. */
final class OpenSizes {

    /** libtorch does not check that these tensors fit together and reads what is not there; {@code equal} says no to any other shape. */
    private static final Set<String> UNCHECKED = Set.of(
            "_native_batch_norm_legit",
            "_native_batch_norm_legit_no_training",
            "_weight_norm",
            "equal",
            "gru",
            "lstm",
            "native_batch_norm",
            "rnn_relu",
            "rnn_tanh");

    private OpenSizes() {}

    /** Every fifth case, another one for each operator. */
    static boolean areTriedFor(FuzzCase drawn) {
        return Math.floorMod(drawn.seed() + drawn.operator().hashCode(), 5) == 4;
    }

    /** The inputs' types and shapes. */
    static List<InputSpec> specs(FuzzCase drawn) {
        List<InputSpec> specs = new ArrayList<>(Importing.specs(drawn.inputs()));
        if (!specs.isEmpty()) {
            InputSpec first = specs.get(0);
            List<Dim> dims = new ArrayList<>();
            for (int axis = 0; axis < first.shape().rank(); axis++) {
                Dim dim = first.shape().dim(axis);
                dims.add(dim.equals(Dim.of(1)) ? dim : Dim.of("d" + axis));
            }
            specs.set(0, new InputSpec(first.name(), first.type(), Shape.of(dims)));
        }
        return specs;
    }

    /** Inputs of other sizes, which libtorch need not take: a larger batch, larger sizes behind it, and all larger. */
    static List<Map<String, Tensor>> others(FuzzCase drawn) {
        if (drawn.inputs().isEmpty() || UNCHECKED.contains(drawn.operator())) {
            return List.of();
        }
        return List.of(grown(drawn, 1, 0), grown(drawn, 0, 2), grown(drawn, 2, 1));
    }

    private static Map<String, Tensor> grown(FuzzCase drawn, int batch, int others) {
        var inputs = new LinkedHashMap<>(drawn.inputs());
        if (drawn.inputs().values().iterator().next().elementCount() == 0) {
            return drawn.inputs();
        }
        Map.Entry<String, Tensor> first = drawn.inputs().entrySet().iterator().next();
        long[] sizes = first.getValue().shape().sizes();
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] += sizes[axis] == 1 ? 0 : axis == 0 ? batch : others;
        }
        inputs.put(first.getKey(), repeated(first.getValue(), sizes));
        return inputs;
    }

    /** The same elements over and over, a little nearer to 0 each time, so that their range stays what the draw wanted and none are tied. */
    private static Tensor repeated(Tensor tensor, long... sizes) {
        DataType type = tensor.type();
        ByteBuffer from = tensor.toBytes();
        int count = Math.toIntExact(tensor.elementCount());
        ByteBuffer to = ByteBuffer.allocate(
                        Math.toIntExact(type.byteLength(Shape.of(sizes).elementCount())))
                .order(ByteOrder.LITTLE_ENDIAN);
        int width = type.bits() / 8;
        for (int i = 0; to.hasRemaining(); i++) {
            int place = i % count;
            double nearer = 1 - 0.013 * (i / count);
            switch (type) {
                case FLOAT -> to.putFloat((float) (from.getFloat(place * width) * nearer));
                case DOUBLE -> to.putDouble(from.getDouble(place * width) * nearer);
                case FLOAT16 -> to.putShort(Half.bits(Half.value(from.getShort(place * width)) * nearer));
                default -> to.put(from.slice(place * width, width));
            }
        }
        return new Tensor(type, Shape.of(sizes), TensorData.of(to.array()));
    }
}
