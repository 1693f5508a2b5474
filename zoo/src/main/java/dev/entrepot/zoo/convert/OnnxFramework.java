package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.onnx.opset.Opsets;
import java.util.List;
import java.util.Optional;

/** ONNX itself, which is read, checked and brought to the house opset. */
final class OnnxFramework implements SourceFramework {

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public Optional<String> form(ByteSource file) {
        return OnnxReader.recognises(file) ? Optional.of("onnx") : Optional.empty();
    }

    @Override
    public Imported load(List<ByteSource> files, ImportOptions options) {
        if (files.size() > 1) {
            throw ModelException.malformed(files.get(1).at(0), "file", "is a second model, one is expected");
        }
        String name = files.get(0).name();
        Model model = OnnxReader.read(files.get(0));
        Checker.require(name, model);
        return new Imported(Opsets.toHouse(name, model), List.of(), List.of(), List.of());
    }
}
