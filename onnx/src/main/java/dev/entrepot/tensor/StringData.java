package dev.entrepot.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The elements of a {@link DataType#STRING} tensor, which have no packed form.
 *
 * @param values the strings, row-major
 */
public record StringData(List<String> values) implements TensorData {

    public StringData {
        values = List.copyOf(values);
    }

    /** The UTF-8 bytes of all strings together. */
    @Override
    public long byteLength() {
        return values.stream()
                .mapToLong(value -> value.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** Writes the strings' UTF-8 bytes one after the other. */
    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        for (String value : values) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(value);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }
}
