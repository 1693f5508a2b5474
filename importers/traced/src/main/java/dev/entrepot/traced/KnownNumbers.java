package dev.entrepot.traced;

import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.infer.Contents;
import dev.entrepot.onnx.infer.Element;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.HalfFloats;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The elements of a tensor that are known while a network is traced.
 *
 * @param sizes its shape
 * @param items whole numbers, floats or booleans, row-major
 */
public record KnownNumbers(List<Long> sizes, List<Object> items) {

    private static final long MOST = 1 << 20;

    /** The numbers of a value, if all are known. */
    public static Optional<KnownNumbers> of(GraphBuilder graph, Value value) {
        Optional<Tensor> constant = graph.constantOf(value);
        if (constant.isPresent()) {
            return of(constant.get());
        }
        return graph.facts().elements(value).flatMap(contents -> of(contents, value.dataType()));
    }

    private static Optional<KnownNumbers> of(Tensor tensor) {
        if (tensor.elementCount() > MOST || !PlainNumbers.writes(tensor.type())) {
            return Optional.empty();
        }
        List<Object> items = new ArrayList<>();
        if (tensor.type() == DataType.DOUBLE) {
            ByteBuffer bytes = tensor.toBytes();
            while (bytes.hasRemaining()) {
                items.add(bytes.getDouble());
            }
        } else if (tensor.type() == DataType.FLOAT16 || tensor.type() == DataType.BFLOAT16) {
            ByteBuffer bytes = tensor.toBytes();
            boolean half = tensor.type() == DataType.FLOAT16;
            while (bytes.hasRemaining()) {
                short bits = bytes.getShort();
                items.add((double) (half ? HalfFloats.ofHalf(bits) : HalfFloats.ofBrain(bits)));
            }
        } else if (tensor.type() == DataType.FLOAT) {
            for (float item : tensor.toFloats()) {
                items.add((double) item);
            }
        } else {
            for (long item : tensor.toLongs()) {
                items.add(tensor.type() == DataType.BOOL ? (Object) (item != 0) : (Object) item);
            }
        }
        return Optional.of(new KnownNumbers(sizes(tensor.shape()), items));
    }

    private static Optional<KnownNumbers> of(Contents contents, DataType type) {
        List<Object> items = new ArrayList<>();
        for (Element element : contents.elements()) {
            if (element instanceof Element.Whole whole) {
                items.add(
                        type == DataType.BOOL
                                ? (Object) (whole.value() != 0)
                                : type.isFloatingPoint() ? (Object) (double) whole.value() : (Object) whole.value());
            } else if (element instanceof Element.Real real) {
                items.add(real.value());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new KnownNumbers(sizes(contents.shape()), items));
    }

    private static List<Long> sizes(Shape shape) {
        return Arrays.stream(shape.sizes()).boxed().toList();
    }

    /** As Python has them: a number, or lists within lists. */
    public Object toPython(Sandbox sandbox) {
        if (sizes.isEmpty()) {
            return items.get(0);
        }
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < sizes.get(0); i++) {
            parts.add(part(i).toPython(sandbox));
        }
        return sandbox.list(parts);
    }

    /** One index of the first axis. */
    private KnownNumbers part(int index) {
        int length = items.size() / Math.toIntExact(sizes.get(0));
        return new KnownNumbers(sizes.subList(1, sizes.size()), items.subList(index * length, (index + 1) * length));
    }
}
