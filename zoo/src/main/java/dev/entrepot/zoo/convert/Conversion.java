package dev.entrepot.zoo.convert;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a conversion gave. Its components are named as the JSON that users see.
 *
 * @param model the file that was written
 * @param source the files it came from
 * @param inputs the model's inputs
 * @param outputs the model's outputs
 * @param warnings what was odd in the source
 * @param approximations where the model is only close to its source
 * @param dropped what the source has and the model leaves out
 */
public record Conversion(
        ModelFile model,
        Source source,
        List<Port> inputs,
        List<Port> outputs,
        List<String> warnings,
        List<String> approximations,
        List<String> dropped) {

    public Conversion {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        warnings = List.copyOf(warnings);
        approximations = List.copyOf(approximations);
        dropped = List.copyOf(dropped);
    }

    /**
     * The ONNX file.
     *
     * @param path where it is
     * @param sha256 its digest
     * @param bytes its size, with external data
     * @param opset the version of ai.onnx
     * @param nodes the number of nodes of its main graph
     * @param parameters the number of elements of its initializers
     */
    public record ModelFile(Path path, String sha256, long bytes, long opset, int nodes, long parameters) {}

    /**
     * The model that came in.
     *
     * @param framework its framework
     * @param format the forms of its files, such as {@code prototxt+caffemodel}
     * @param files its files
     */
    public record Source(String framework, String format, List<SourceFile> files) {
        public Source {
            files = List.copyOf(files);
        }
    }

    /**
     * A file that came in.
     *
     * @param name its name
     * @param sha256 its digest
     */
    public record SourceFile(String name, String sha256) {}

    /**
     * An input or output.
     *
     * @param name its name
     * @param dtype its element type as NumPy has it
     * @param shape its sizes: numbers, symbols, null where nothing is known; null if not even the rank is
     */
    public record Port(String name, String dtype, @Nullable List<@Nullable Object> shape) {

        static Port of(Value value) {
            return new Port(
                    value.name(),
                    value.dataType().numpyName(),
                    value.shape().ranked() ? sizes(value.shape().dims()) : null);
        }

        private static List<@Nullable Object> sizes(List<Dim> dims) {
            List<@Nullable Object> sizes = new ArrayList<>();
            for (Dim dim : dims) {
                sizes.add(dim.isKnown() ? (Object) dim.size() : dim.equals(Dim.UNKNOWN) ? null : dim.toString());
            }
            return sizes;
        }
    }
}
