package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import java.util.Map;

/** The importer of TorchScript. */
public final class Importing implements Conversion {

    /** The one importer. */
    public static final Conversion INSTANCE = new Importing();

    private Importing() {}

    @Override
    public Model convert(ByteSource archive, Map<String, Tensor> inputs) {
        throw ModelException.unsupported(SourceLocation.file(archive.name()), "TorchScript", "has no importer yet");
    }
}
