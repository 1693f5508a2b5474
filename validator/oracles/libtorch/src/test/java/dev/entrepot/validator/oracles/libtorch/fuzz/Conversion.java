package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.graph.Model;
import java.util.List;

/** What turns a TorchScript archive into a model. */
public interface Conversion {

    /**
     * Converts.
     *
     * @param archive the archive
     * @param inputs the inputs' types and shapes
     * @throws dev.entrepot.bytes.ModelException if it is refused
     */
    Model convert(ByteSource archive, List<InputSpec> inputs);
}
