package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The files of tools/onnx-fixtures.py. */
final class Fixture {

    private Fixture() {}

    static byte[] bytes(String name) {
        try (InputStream in = Fixture.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The initializer of this name. */
    static Tensor initializer(Graph graph, String name) {
        return Objects.requireNonNull(graph.initializers().get(name), name);
    }

    static ByteSource source(String name) {
        return ByteSource.of(name, bytes(name));
    }
}
