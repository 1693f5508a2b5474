package dev.entrepot.validator.run;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.OnnxFile;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.tensor.Tensor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A model as ONNX Runtime gets it: the bytes of its file, and the tensors that lie outside of it as a closed set.
 *
 * <p>It has been read by our own reader within the limits for a stranger's model, and has no more than 100,000 nodes with all local functions
 * inlined.
 */
public final class RunnableModel implements Closeable {

    private final String name;
    private final Model model;
    private final ByteBuffer bytes;
    private final Map<String, Tensor> outside;
    private final Closeable files;
    private final long expandedNodes;

    private RunnableModel(String name, Model model, ByteBuffer bytes, Map<String, Tensor> outside, Closeable files) {
        this.name = name;
        this.model = model;
        this.bytes = bytes.asReadOnlyBuffer();
        this.outside = Collections.unmodifiableMap(outside);
        this.files = files;
        this.expandedNodes = ExpandedNodes.count(name, model);
    }

    /**
     * Opens a model's file. Its bytes are mapped, not read; external data may lie in plain files beside it.
     *
     * @throws ModelException if it is malformed, above a limit, or asks for another file
     * @throws IOException if the disk fails
     */
    public static RunnableModel open(Path path) throws IOException {
        OnnxFile file = OnnxReader.open(path);
        try (FileSource source = FileSource.open(path);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, source.length());
            Set<String> names = OutsideTensors.of(source);
            Map<String, Tensor> outside = new LinkedHashMap<>();
            for (String name : names) {
                outside.put(
                        name,
                        Objects.requireNonNull(
                                file.model().graph().initializers().get(name), name));
            }
            return new RunnableModel(source.name(), file.model(), bytes, outside, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * A model that is all in one file.
     *
     * @throws ModelException if it is malformed, above a limit, or asks for another file
     * @throws IOException if the disk fails
     */
    public static RunnableModel of(ByteSource source) throws IOException {
        Model model = OnnxReader.read(source);
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(source.length()));
        source.read(0, bytes);
        return new RunnableModel(source.name(), model, bytes.flip(), Map.of(), () -> {});
    }

    /** The file's name, for messages. */
    public String name() {
        return name;
    }

    /** The model as our own reader sees it. */
    public Model model() {
        return model;
    }

    /** The nodes with subgraphs counted in and local functions inlined. */
    public long expandedNodes() {
        return expandedNodes;
    }

    /** The file's bytes, direct and read-only. */
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** The initializers whose elements lie outside the file, by name. */
    public Map<String, Tensor> outside() {
        return outside;
    }

    /** Closes its files; sessions that were opened with it live on. */
    @Override
    public void close() throws IOException {
        files.close();
    }
}
