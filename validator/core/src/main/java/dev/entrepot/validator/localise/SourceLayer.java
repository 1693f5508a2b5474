package dev.entrepot.validator.localise;

import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer of the source and what it computed.
 *
 * @param name the layer's name
 * @param type its type; empty if it is not known
 * @param tops what it made, in order
 */
public record SourceLayer(String name, String type, List<Top> tops) {

    public SourceLayer {
        tops = Collections.unmodifiableList(new ArrayList<>(tops));
    }

    /**
     * One of the things that a layer makes.
     *
     * @param name the name of the value in the source, such as a blob's
     * @param value what the source computed; null if it is not known
     */
    public record Top(String name, @Nullable Tensor value) {}
}
