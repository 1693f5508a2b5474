package dev.entrepot.validator.localise;

import dev.entrepot.tensor.Tensor;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Tells what the layers of a model's source make of inputs. */
public interface LayerSource extends Closeable {

    /** The framework's name as people write it, such as {@code Caffe}; empty if it is not known. */
    String framework();

    /**
     * The layers with what they computed, in the source's order.
     *
     * @param inputs the model's inputs by name
     * @param stored what a reference keeps of it, by layer or value
     * @throws LayersUnknownException if it cannot be told, with the reason
     * @throws IOException if the disk fails
     */
    List<SourceLayer> layers(Map<String, Tensor> inputs, Map<String, Tensor> stored) throws IOException;

    @Override
    void close() throws IOException;
}
