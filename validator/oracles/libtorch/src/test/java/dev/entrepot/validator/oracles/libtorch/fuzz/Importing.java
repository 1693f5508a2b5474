package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The importer of TorchScript. */
public final class Importing implements Conversion {

    /** The one importer. */
    public static final Conversion INSTANCE = new Importing();

    private Importing() {}

    /** The types and shapes of these inputs. */
    public static List<InputSpec> specs(Map<String, Tensor> inputs) {
        return inputs.entrySet().stream()
                .map(input -> new InputSpec(
                        input.getKey(),
                        input.getValue().type(),
                        input.getValue().shape()))
                .toList();
    }

    @Override
    public Model convert(ByteSource archive, List<InputSpec> inputs) {
        throw ModelException.unsupported(SourceLocation.file(archive.name()), "TorchScript", "has no importer yet");
    }
}
