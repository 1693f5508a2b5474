package dev.entrepot.server.inference;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.tensor.Tensor;
import java.util.List;

/** Turns encoded images into a model's input. */
@FunctionalInterface
public interface ImagePreparation {

    /** For models that do not say how. */
    ImagePreparation NONE = (images, input) -> {
        throw new ProblemException(
                Kind.BAD_REQUEST,
                "input \"" + input.name() + "\": this model does not say how an image becomes its input");
    };

    /**
     * Decodes and prepares a batch.
     *
     * @param images JPEG or PNG files
     * @param input the input as the model declares it
     * @throws ProblemException if an image cannot be read, or cannot become this input
     */
    Tensor prepare(List<byte[]> images, Value input);
}
