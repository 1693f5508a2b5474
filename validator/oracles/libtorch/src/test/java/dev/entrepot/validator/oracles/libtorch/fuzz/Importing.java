package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.script.TorchScriptImporter;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The importer of TorchScript. */
public final class Importing {

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

    /**
     * Converts an archive.
     *
     * @throws dev.entrepot.bytes.ModelException if it is refused
     */
    public static Model convert(ByteSource archive, List<InputSpec> inputs) {
        var options = new ImportOptions(inputs, ImportOptions.Missing.REFUSE, ImportOptions.Unused.REFUSE);
        return TorchScriptImporter.lower(TorchFile.read(archive), options).model();
    }
}
