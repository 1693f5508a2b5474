package dev.entrepot.importers.torch.operators.layers;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recurrent weights [gates H, ...] brought into another order of gates and joined.
 *
 * @param call where they are used
 * @param order for each gate of the result which of the weights' it is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GateOrder(AtenCall call, int[] order) {

    /** Weights of each direction, one behind the other within it: [directions, total, ...]. A constant where they are. */
    Value stacked(List<List<Value>> directions) {
        List<Value> all = directions.stream().flatMap(List::stream).toList();
        List<Optional<Tensor>> tensors = all.stream()
                .map(weight -> call.graph().builder().constantOf(weight))
                .toList();
        return tensors.stream().allMatch(Optional::isPresent)
                ? constant(tensors.stream().map(Optional::orElseThrow).toList(), directions.size())
                : computed(directions);
    }

    private Value constant(List<Tensor> weights, int directions) {
        long[] sizes = weights.get(0).shape().sizes();
        long[] stacked = new long[sizes.length + 1];
        stacked[0] = directions;
        System.arraycopy(sizes, 0, stacked, 1, sizes.length);
        stacked[1] = sizes[0] * weights.size() / directions;
        return call.constant(new Tensor(weights.get(0).type(), Shape.of(stacked), new Reordered(weights, order)));
    }

    private Value computed(List<List<Value>> directions) {
        List<Value> results = new ArrayList<>();
        for (List<Value> direction : directions) {
            List<Value> parts = new ArrayList<>();
            for (Value weight : direction) {
                List<Value> gates = order.length == 1
                        ? List.of(weight)
                        : call.add(
                                "Split",
                                order.length,
                                Attributes.of("axis", 0).with("num_outputs", order.length),
                                List.of(weight));
                Arrays.stream(order).forEach(gate -> parts.add(gates.get(gate)));
            }
            results.add(call.unsqueeze(joined(parts), 0));
        }
        return joined(results);
    }

    private Value joined(List<Value> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : call.add("Concat", 1, Attributes.of("axis", 0), parts).get(0);
    }

    /** Weights one behind the other, the gates of each in another order. */
    @SuppressWarnings("ArrayRecordComponent") // identity is what is wanted
    private record Reordered(List<Tensor> weights, int[] order) implements TensorData {
        @Override
        public long byteLength() {
            return weights.stream()
                    .mapToLong(weight -> weight.data().byteLength())
                    .sum();
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            for (Tensor weight : weights) {
                ByteBuffer bytes = weight.toBytes();
                int block = bytes.remaining() / order.length;
                for (int gate : order) {
                    ByteBuffer part = bytes.slice(gate * block, block);
                    while (part.hasRemaining()) {
                        out.write(part);
                    }
                }
            }
        }
    }
}
