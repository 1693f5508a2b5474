package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.tensor.Tensor;

/** Reads files of one tensor, such as the {@code input_0.pb} of ONNX's test data sets. Source: onnx.proto, TensorProto. */
public final class TensorFile {

    private TensorFile() {}

    /**
     * A tensor and the name it carries.
     *
     * @param name the name, may be empty
     * @param tensor the tensor
     */
    public record NamedTensor(String name, Tensor tensor) {}

    /**
     * Reads a tensor. Its elements stay in the source, which must stay open as long as it is used.
     *
     * @throws ModelException if the file is malformed, above a limit for strangers' files, or leaves its elements to another file
     */
    public static NamedTensor read(ByteSource source) {
        Message message = Message.whole(source, new Budget(ReadLimits.STRICT), "tensor");
        TensorReader.Named named = TensorReader.read(message, source, ExternalData.NONE);
        return new NamedTensor(named.name(), named.tensor());
    }
}
