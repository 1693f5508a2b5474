package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Model;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Reads ONNX models. Tensors stay slices of the file, so a model can be read that is larger than the memory.
 *
 * <p>What has no place in the graph's records is left out: training information, quantization annotations, device placement, denotations,
 * and doc strings and metadata of values and tensors. Sparse tensors are refused. Types from value_info are found on the nodes' inputs and
 * outputs.
 */
public final class OnnxReader {

    private OnnxReader() {}

    /** Whether a file begins as ONNX models do: with the version of the file format, a small number. */
    public static boolean recognises(ByteSource source) {
        if (source.length() < 4) {
            return false;
        }
        ByteReader reader = new ByteReader(source);
        int versionField = 1 << 3;
        int largestVersion = 127;
        return reader.u8() == versionField && reader.u8() <= largestVersion;
    }

    /**
     * Reads a model that is all in one file, within the limits for a stranger's.
     *
     * @throws ModelException with all that is wrong with the model
     * @throws UncheckedIOException if the disk fails
     */
    public static Model read(ByteSource source) {
        return read(source, ExternalData.NONE, ReadLimits.STRICT);
    }

    /**
     * Reads a model.
     *
     * @param source the model's file, which must stay open as long as the model's tensors are used
     * @param externalData where tensors may lie beside that file
     * @param limits how much the model may ask for
     * @throws ModelException with all that is wrong with the model
     * @throws UncheckedIOException if the disk fails
     */
    public static Model read(ByteSource source, ExternalData externalData, ReadLimits limits) {
        if (source.length() > limits.modelBytes()) {
            throw ModelException.limitExceeded(
                    source.at(0), "file", "has " + source.length() + " bytes, the limit is " + limits.modelBytes());
        }
        try {
            Signature.refuseOthers(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Message message = Message.whole(source, new Budget(limits), "model");
        return ModelReader.read(message, new GraphReader(externalData));
    }

    /**
     * Opens a model's file, within the limits for a stranger's. External data is looked for beside it: plain files in the same directory,
     * no links.
     *
     * @throws ModelException with all that is wrong with the model
     * @throws IOException if the disk fails
     */
    public static OnnxFile open(Path path) throws IOException {
        return open(path, ReadLimits.STRICT);
    }

    /**
     * Opens a model's file; see {@link #open(Path)}.
     *
     * @param limits how much the model may ask for
     * @throws ModelException with all that is wrong with the model
     * @throws IOException if the disk fails
     */
    public static OnnxFile open(Path path, ReadLimits limits) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        FileSource source = FileSource.open(path);
        SiblingFiles siblings = new SiblingFiles(parent == null ? path : parent);
        try {
            return new OnnxFile(read(source, siblings, limits), source, siblings);
        } catch (UncheckedIOException e) {
            close(source, siblings);
            throw e.getCause();
        } catch (RuntimeException e) {
            close(source, siblings);
            throw e;
        }
    }

    private static void close(Closeable... all) throws IOException {
        for (Closeable each : all) {
            each.close();
        }
    }
}
