package dev.entrepot.validator.oracle;

import dev.entrepot.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an oracle makes of a net. */
public sealed interface OracleAnswer {

    /**
     * The framework ran the net.
     *
     * @param blobs the net's outputs by blob name in the net's order; then, where asked for, {@code layer/BLOB} for each layer's top, or
     *     {@code layer/LAYER} for the value after that layer where more than one layer writes the blob
     */
    record Computed(Map<String, Tensor> blobs) implements OracleAnswer {
        public Computed {
            blobs = Collections.unmodifiableMap(new LinkedHashMap<>(blobs));
        }

        /** @throws IllegalArgumentException if no blob has this name */
        public Tensor blob(String name) {
            Tensor blob = blobs.get(name);
            if (blob == null) {
                throw new IllegalArgumentException("no blob is called \"" + name + "\" among " + blobs.keySet());
            }
            return blob;
        }
    }

    /**
     * The framework did not run the net.
     *
     * @param reason the framework's own words, such as {@code pooling_layer.cpp:83: Check failed: pad_h_ < kernel_h_ (2 vs. 2)}
     * @param log all that the framework printed meanwhile
     */
    record Refused(String reason, String log) implements OracleAnswer {}
}
