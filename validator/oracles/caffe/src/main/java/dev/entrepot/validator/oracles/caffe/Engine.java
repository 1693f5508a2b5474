package dev.entrepot.validator.oracles.caffe;

import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.util.Map;

/** A framework that computes the blobs of a Caffe net. */
interface Engine {

    /**
     * Runs the net once in phase TEST.
     *
     * @return the net's outputs by blob name, in the net's order; where all layers are asked for, also {@code layer/BLOB} for each top, or
     *     {@code layer/LAYER} where more than one layer writes the blob
     * @throws RefusedException if the framework says no and lives on; where it dies, so does this process
     * @throws IOException if a file cannot be read
     */
    Map<String, Tensor> forward(Request request, Map<String, Tensor> inputs) throws RefusedException, IOException;
}
