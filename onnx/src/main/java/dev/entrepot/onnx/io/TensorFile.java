package dev.entrepot.onnx.io;

import dev.entrepot.bytes.AtomicFile;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** Files of one tensor, such as the {@code input_0.pb} of ONNX's test data sets. Source: onnx.proto, TensorProto. */
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

    /**
     * Writes a tensor, its numbers as raw_data. The same tensor gives the same bytes each time.
     *
     * @param name the name it carries, may be empty
     * @throws IOException if the disk fails; no file is left behind then
     */
    public static void write(String name, Tensor tensor, Path target) throws IOException {
        TensorEncoder encoder = new TensorEncoder(ExternalLayout.NONE);
        AtomicFile.write(target, out -> {
            WritingSink sink = new WritingSink(out, new long[0]);
            encoder.initializer(sink, name, tensor);
            sink.flush();
        });
    }
}
