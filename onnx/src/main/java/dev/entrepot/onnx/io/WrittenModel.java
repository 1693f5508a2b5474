package dev.entrepot.onnx.io;

import java.util.Optional;

/**
 * What was written for one model.
 *
 * @param model the model's own file
 * @param externalData the file beside it, if there is one
 */
public record WrittenModel(Written model, Optional<Written> externalData) {

    /** The bytes of both files together. */
    public long bytes() {
        return model.bytes() + externalData.map(Written::bytes).orElse(0L);
    }
}
