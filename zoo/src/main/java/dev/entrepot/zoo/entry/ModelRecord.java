package dev.entrepot.zoo.entry;

import dev.entrepot.zoo.convert.Conversion.Port;
import dev.entrepot.zoo.store.Digest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a zoo knows of a version itself.
 *
 * @param card what people say about it
 * @param source the model that came in
 * @param facts what the ONNX file says
 * @param warnings what was odd in the source
 * @param approximations where the model is only close to its source
 * @param dropped what the source has and the model leaves out
 */
public record ModelRecord(
        ModelCard card,
        Source source,
        Facts facts,
        List<String> warnings,
        List<String> approximations,
        List<String> dropped) {

    public ModelRecord {
        warnings = List.copyOf(warnings);
        approximations = List.copyOf(approximations);
        dropped = List.copyOf(dropped);
    }

    /** This record with another card. */
    public ModelRecord withCard(ModelCard other) {
        return new ModelRecord(other, source, facts, warnings, approximations, dropped);
    }

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
    public record SourceFile(String name, Digest sha256) {}

    /**
     * What an ONNX model says of itself.
     *
     * @param sha256 the model's own file
     * @param bytes its size, with external data
     * @param irVersion the version of the file format
     * @param opset the version of ai.onnx
     * @param opsetImports the operator sets by domain; the empty domain is ai.onnx
     * @param nodes the nodes of the main graph
     * @param parameters the elements of all initializers
     * @param precision the element type of most of them, as NumPy has it
     * @param operators how often each operator is used, subgraphs and local functions counted in; other domains' as {@code domain:Name}
     * @param inputs the inputs
     * @param outputs the outputs
     */
    public record Facts(
            Digest sha256,
            long bytes,
            long irVersion,
            long opset,
            Map<String, Long> opsetImports,
            long nodes,
            long parameters,
            String precision,
            Map<String, Long> operators,
            List<Port> inputs,
            List<Port> outputs) {
        public Facts {
            opsetImports = Collections.unmodifiableMap(new TreeMap<>(opsetImports));
            operators = Collections.unmodifiableMap(new TreeMap<>(operators));
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }
}
