package dev.entrepot.validator.oracle;

import dev.entrepot.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A net, its inputs, and what is wanted of it.
 *
 * @param net the file that declares the net
 * @param weights the file with the weights; without it the net's fillers make them
 * @param inputs a value for each input blob; the net is reshaped to them
 * @param blobs which blobs are wanted
 * @param seed the seed of the fillers
 * @param savedWeights where to write the weights that were used
 */
public record OracleRequest(
        Path net,
        Optional<Path> weights,
        Map<String, Tensor> inputs,
        Blobs blobs,
        int seed,
        Optional<Path> savedWeights) {

    /** Which blobs are wanted. */
    public enum Blobs {
        /** The net's outputs: what no other layer consumes. */
        OUTPUTS,
        /** The net's outputs and every layer's tops. */
        ALL_LAYERS
    }

    public OracleRequest {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** The outputs of a net whose fillers make the weights. */
    public static OracleRequest of(Path net, Map<String, Tensor> inputs) {
        return new OracleRequest(net, Optional.empty(), inputs, Blobs.OUTPUTS, 1, Optional.empty());
    }

    /** The same with weights from a file. */
    public OracleRequest withWeights(Path file) {
        return new OracleRequest(net, Optional.of(file), inputs, blobs, seed, savedWeights);
    }

    /** The same, asking for these blobs. */
    public OracleRequest withBlobs(Blobs wanted) {
        return new OracleRequest(net, weights, inputs, wanted, seed, savedWeights);
    }

    /** The same with another seed for the fillers. */
    public OracleRequest withSeed(int other) {
        return new OracleRequest(net, weights, inputs, blobs, other, savedWeights);
    }

    /** The same, writing the weights that were used to a file. */
    public OracleRequest savingWeights(Path file) {
        return new OracleRequest(net, weights, inputs, blobs, seed, Optional.of(file));
    }
}
