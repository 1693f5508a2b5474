package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import java.util.Map;

/** What turns a TorchScript archive into a model. */
public interface Conversion {

    /**
     * Converts.
     *
     * @param archive the archive
     * @param inputs the inputs, of which types and shapes are used
     * @throws dev.entrepot.bytes.ModelException if it is refused
     */
    Model convert(ByteSource archive, Map<String, Tensor> inputs);
}
