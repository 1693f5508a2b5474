package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.onnx.io.OnnxReader;
import java.util.List;
import java.util.Optional;

/** ONNX itself, which is only read and checked. */
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
        return new Imported(OnnxReader.read(files.get(0)), List.of(), List.of(), List.of());
    }
}
