package dev.entrepot.validator.localise;

import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** What a reference keeps as {@code layer/NAME}, where nothing more is known of the source. */
public final class StoredLayers implements LayerSource {

    @Override
    public String framework() {
        return "";
    }

    @Override
    public List<SourceLayer> layers(Map<String, Tensor> inputs, Map<String, Tensor> stored) {
        if (stored.isEmpty()) {
            throw new LayersUnknownException("the reference holds no arrays layer/NAME, and no source is given");
        }
        return stored.entrySet().stream()
                .map(layer -> new SourceLayer(
                        layer.getKey(), "", List.of(new SourceLayer.Top(layer.getKey(), layer.getValue()))))
                .toList();
    }

    @Override
    public void close() {}
}
