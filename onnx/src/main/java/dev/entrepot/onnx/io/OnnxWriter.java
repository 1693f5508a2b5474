package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes ONNX models. The memory taken does not grow with the weights, which go file to file where they can.
 *
 * <p>The same model gives the same bytes each time: attributes, opset imports and metadata are sorted by name, initializers keep their
 * order. All numbers are written as raw_data. Types of values that nodes make are written as value_info.
 */
public final class OnnxWriter {

    /** The longest Protocol Buffers message. */
    static final long LONGEST = Integer.MAX_VALUE;

    private OnnxWriter() {}

    /** Writes a model to a file, with external data only if it must be; see {@link #write(Model, Path, ExternalDataPolicy)}. */
    public static WrittenModel write(Model model, Path target) throws IOException {
        return write(model, target, ExternalDataPolicy.WHEN_TOO_LARGE);
    }

    /**
     * Writes a model to a file, and its initializers to a second file beside it if the policy says so. That one is called as the model's
     * with {@code .data} after it; every tensor in it begins at a multiple of 4,096 bytes.
     *
     * <p>The files appear under their names when they are complete and safe on the disk, both or none, and replace older ones. If anything
     * fails, nothing is left behind.
     *
     * @throws ModelException (limit exceeded) if the model's own file would be longer than 2^31 - 1 bytes even so
     * @throws IOException if the disk fails
     */
    public static WrittenModel write(Model model, Path target, ExternalDataPolicy policy) throws IOException {
        Plan plan = Plan.of(model, ExternalLayout.NONE);
        if (policy == ExternalDataPolicy.ALWAYS || plan.size() > LONGEST) {
            ExternalLayout layout = ExternalLayout.of(model, dataFileOf(target).toString());
            plan = layout.isEmpty() ? plan : Plan.of(model, layout);
        }
        plan.requireShortEnough();
        return plan.external().isEmpty() ? writeOne(plan, target) : writeTwo(plan, target);
    }

    /**
     * Writes a model without external data.
     *
     * @throws ModelException (limit exceeded) if it would be longer than 2^31 - 1 bytes
     * @throws IOException if the channel fails
     */
    public static Written write(Model model, WritableByteChannel out) throws IOException {
        Plan plan = Plan.of(model, ExternalLayout.NONE);
        plan.requireShortEnough();
        DigestingChannel digesting = new DigestingChannel(out);
        plan.writeTo(digesting);
        return digesting.written();
    }

    /**
     * A model's bytes, without external data.
     *
     * @throws ModelException (limit exceeded) if there would be more than 2^31 - 1 of them
     * @throws UncheckedIOException if a file that the tensors lie in fails
     */
    public static byte[] toBytes(Model model) {
        try {
            Plan plan = Plan.of(model, ExternalLayout.NONE);
            plan.requireShortEnough();
            var bytes = new ByteArrayOutputStream(Math.toIntExact(plan.size()));
            plan.writeTo(Channels.newChannel(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WrittenModel writeOne(Plan plan, Path target) throws IOException {
        try (StagedFile file = StagedFile.beside(target)) {
            plan.writeTo(file.channel());
            Written written = file.seal(plan.size());
            StagedFile.publish(List.of(file));
            return new WrittenModel(written, Optional.empty());
        }
    }

    private static WrittenModel writeTwo(Plan plan, Path target) throws IOException {
        Path dataTarget = target.resolveSibling(dataFileOf(target));
        try (StagedFile data = StagedFile.beside(dataTarget);
                StagedFile file = StagedFile.beside(target)) {
            plan.external().writeTo(data.channel());
            Written writtenData = data.seal(plan.external().length());
            plan.writeTo(file.channel());
            Written written = file.seal(plan.size());
            StagedFile.publish(List.of(data, file));
            return new WrittenModel(written, Optional.of(writtenData));
        }
    }

    private static Path dataFileOf(Path target) {
        Path name = target.getFileName();
        if (name == null) {
            throw new IllegalArgumentException("\"" + target + "\" is not the name of a file");
        }
        return name.resolveSibling(name + ".data");
    }

    /** A model that has been measured. */
    private record Plan(Model model, ExternalLayout external, MeasuringSink measured) {

        static Plan of(Model model, ExternalLayout external) throws IOException {
            MeasuringSink measured = new MeasuringSink();
            new ModelEncoder(external).model(measured, model);
            return new Plan(model, external, measured);
        }

        long size() {
            return measured.size();
        }

        void requireShortEnough() {
            if (size() > LONGEST) {
                throw ModelException.limitExceeded(
                        SourceLocation.file(model.graph().name()),
                        "model",
                        "takes " + size() + " bytes in one ONNX file, the limit is " + LONGEST
                                + "; initializers can lie in external data, nothing else can");
            }
        }

        void writeTo(WritableByteChannel out) throws IOException {
            WritingSink sink = new WritingSink(out, measured.lengths());
            new ModelEncoder(external).model(sink, model);
            sink.flush();
        }
    }
}
