package dev.entrepot.server.portal.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a conversion gave, for people; of the JSON that the command line writes.
 *
 * @param framework the source's framework
 * @param format the forms of its files
 * @param opset the version of ai.onnx
 * @param nodes the nodes of the main graph
 * @param parameters the elements of all initializers
 * @param bytes the model's size
 * @param inputs the inputs, such as {@code data: float32[N, 1, 8, 8]}
 * @param outputs the outputs
 * @param warnings what was odd in the source
 * @param approximations where the model is only close to its source
 * @param dropped what the model leaves out
 */
public record ResultPage(
        String framework,
        String format,
        long opset,
        long nodes,
        long parameters,
        long bytes,
        List<String> inputs,
        List<String> outputs,
        List<String> warnings,
        List<String> approximations,
        List<String> dropped) {

    static ResultPage of(JsonNode conversion) {
        JsonNode model = conversion.path("model");
        JsonNode source = conversion.path("source");
        return new ResultPage(
                source.path("framework").asText(),
                source.path("format").asText(),
                model.path("opset").asLong(),
                model.path("nodes").asLong(),
                model.path("parameters").asLong(),
                model.path("bytes").asLong(),
                ports(conversion.path("inputs")),
                ports(conversion.path("outputs")),
                texts(conversion.path("warnings")),
                texts(conversion.path("approximations")),
                texts(conversion.path("dropped")));
    }

    private static List<String> ports(JsonNode ports) {
        List<String> found = new ArrayList<>();
        for (JsonNode port : ports) {
            found.add(port.path("name").asText() + ": " + port.path("dtype").asText() + sizes(port.path("shape")));
        }
        return found;
    }

    /** Sizes in brackets; what is not known is a question mark. */
    static String sizes(JsonNode shape) {
        if (!shape.isArray()) {
            return ", of any rank";
        }
        List<String> sizes = new ArrayList<>();
        shape.forEach(size -> sizes.add(size.isNull() ? "?" : size.asText()));
        return "[" + String.join(", ", sizes) + "]";
    }

    private static List<String> texts(JsonNode lines) {
        List<String> found = new ArrayList<>();
        lines.forEach(line -> found.add(line.asText()));
        return found;
    }
}
