package dev.entrepot.validator.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtUtil;
import ai.onnxruntime.TensorInfo;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns tensors into ONNX Runtime's and back. */
final class OrtTensors {

    private static final String TYPE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    private OrtTensors() {}

    /**
     * Copies a tensor out of the heap or its file for ONNX Runtime.
     *
     * @throws RuntimeFailure if its Java binding has no such element type
     */
    static OnnxTensor toOrt(OrtEnvironment environment, String name, Tensor tensor) throws OrtException {
        long[] sizes = tensor.shape().sizes();
        if (tensor.data() instanceof StringData strings) {
            return OnnxTensor.createTensor(environment, strings.values().toArray(String[]::new), sizes);
        }
        OnnxJavaType type = javaType(tensor.type())
                .orElseThrow(() -> new RuntimeFailure(
                        RuntimeFailure.Stage.RUN,
                        "\"" + name + "\": ONNX Runtime's Java binding takes no "
                                + tensor.type().numpyName() + " tensors"));
        return OnnxTensor.createTensor(environment, direct(tensor), sizes, type);
    }

    /**
     * Copies a result into the heap.
     *
     * @throws RuntimeFailure if it is no tensor, or of a type that the Java binding lacks
     */
    static Tensor fromOrt(String name, OnnxValue value) throws OrtException {
        if (!(value instanceof OnnxTensor tensor)) {
            throw unreadable(name, "is a " + value.getType() + ", not a tensor");
        }
        TensorInfo info = tensor.getInfo();
        Shape shape = Shape.of(info.getShape());
        if (info.type == OnnxJavaType.STRING) {
            return Tensor.of(shape, strings(tensor.getValue()));
        }
        DataType type = dataType(info)
                .orElseThrow(
                        () -> unreadable(name, "has the type " + info.onnxType + ", which the Java binding lacks"));
        byte[] bytes = new byte[Math.toIntExact(type.byteLength(shape.elementCount()))];
        if (bytes.length > 0) {
            tensor.getByteBuffer().get(bytes);
        }
        return new Tensor(type, shape, TensorData.of(bytes));
    }

    /** An input or output as the model declares it. */
    static Value declared(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo info)) {
            return new Value(node.getName(), ValueType.UNKNOWN);
        }
        long[] sizes = info.getShape();
        String[] names = info.getDimensionNames();
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < sizes.length; axis++) {
            boolean named = axis < names.length && !names[axis].isEmpty();
            dims.add(sizes[axis] >= 0 ? Dim.of(sizes[axis]) : named ? Dim.of(names[axis]) : Dim.UNKNOWN);
        }
        return Value.tensor(node.getName(), dataType(info).orElse(DataType.UNDEFINED), Shape.of(dims));
    }

    private static List<String> strings(Object value) {
        return value instanceof String single ? List.of(single) : List.of(OrtUtil.flattenString((Object[]) value));
    }

    private static RuntimeFailure unreadable(String name, String why) {
        return new RuntimeFailure(RuntimeFailure.Stage.RUN, "output \"" + name + "\" " + why);
    }

    private static ByteBuffer direct(Tensor tensor) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(
                        Math.toIntExact(tensor.data().byteLength()))
                .order(ByteOrder.nativeOrder());
        try {
            tensor.data().writeTo(new Filling(buffer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.flip();
    }

    private static Optional<OnnxJavaType> javaType(DataType type) {
        return switch (type) {
            case FLOAT -> Optional.of(OnnxJavaType.FLOAT);
            case DOUBLE -> Optional.of(OnnxJavaType.DOUBLE);
            case FLOAT16 -> Optional.of(OnnxJavaType.FLOAT16);
            case BFLOAT16 -> Optional.of(OnnxJavaType.BFLOAT16);
            case INT8 -> Optional.of(OnnxJavaType.INT8);
            case INT16 -> Optional.of(OnnxJavaType.INT16);
            case INT32 -> Optional.of(OnnxJavaType.INT32);
            case INT64 -> Optional.of(OnnxJavaType.INT64);
            case UINT8 -> Optional.of(OnnxJavaType.UINT8);
            case BOOL -> Optional.of(OnnxJavaType.BOOL);
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> dataType(TensorInfo info) {
        return Arrays.stream(DataType.values())
                .filter(type ->
                        type != DataType.UNDEFINED && info.onnxType.name().equals(TYPE_PREFIX + type.name()))
                .findFirst();
    }

    /** Puts what is written into a buffer. */
    private record Filling(ByteBuffer buffer) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer from) {
            int count = from.remaining();
            buffer.put(from);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
