package dev.entrepot.importers.chainer.functions.recurrent;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Arrays of one shape and type, one behind the other along their first axis.
 *
 * @param parts the arrays
 */
record Stacked(List<Tensor> parts) implements TensorData {

    /** Lists of as many arrays [h, ...] -> [lists, arrays h, ...]; a constant where they all are. */
    static Value of(FunctionCall call, List<List<Value>> lists) {
        List<Optional<Tensor>> tensors =
                lists.stream().flatMap(List::stream).map(call::constantOf).toList();
        if (tensors.stream().allMatch(Optional::isPresent)) {
            return constant(call, tensors.stream().map(Optional::orElseThrow).toList(), lists.size());
        }
        List<Value> joined = new ArrayList<>();
        lists.forEach(list -> joined.add(call.unsqueeze(call.concat(0, list), 0)));
        return call.concat(0, joined);
    }

    private static Value constant(FunctionCall call, List<Tensor> parts, int lists) {
        Tensor first = parts.get(0);
        parts.stream().filter(part -> !part.shape().equals(first.shape())).forEach(other -> {
            throw call.malformed("gates have weights of shape " + first.shape() + " and of shape " + other.shape());
        });
        long[] sizes = first.shape().sizes();
        long[] stacked = new long[sizes.length + 1];
        stacked[0] = lists;
        System.arraycopy(sizes, 0, stacked, 1, sizes.length);
        stacked[1] = sizes[0] * parts.size() / lists;
        return call.constant(new Tensor(first.type(), Shape.of(stacked), new Stacked(parts)));
    }

    @Override
    public long byteLength() {
        return parts.stream().mapToLong(part -> part.data().byteLength()).sum();
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        for (Tensor part : parts) {
            part.data().writeTo(out);
        }
    }
}
