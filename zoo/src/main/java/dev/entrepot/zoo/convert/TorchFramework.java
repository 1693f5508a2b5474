package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.TorchForm;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.torch.exported.ExportedImporter;
import dev.entrepot.importers.torch.modules.ModuleImporter;
import dev.entrepot.importers.torch.script.TorchScriptImporter;
import java.util.List;
import java.util.Optional;

/** PyTorch: an exported program, a TorchScript archive, a pickled module of known classes, or weights that are known by their names. */
final class TorchFramework implements SourceFramework {

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public Optional<String> form(ByteSource file) {
        return TorchFile.recognise(file).flatMap(TorchFramework::word);
    }

    /** The word for a form that can be converted. */
    private static Optional<String> word(TorchForm form) {
        return switch (form) {
            case EXPORTED, PT2 -> Optional.of("pt2");
            case TORCHSCRIPT -> Optional.of("torchscript");
            case MOBILE -> Optional.of("ptl");
            case ZIP, LEGACY, TAR -> Optional.of("pth");
            case SAFETENSORS -> Optional.of("safetensors");
            default -> Optional.empty();
        };
    }

    @Override
    public Imported load(List<ByteSource> files, ImportOptions options) {
        if (files.size() > 1) {
            throw ModelException.malformed(files.get(1).at(0), "file", "is a second model, one is expected");
        }
        TorchFile file = TorchFile.read(files.get(0));
        return switch (file.form()) {
            case EXPORTED, PT2 -> ExportedImporter.lower(file, options);
            case TORCHSCRIPT, MOBILE -> TorchScriptImporter.lower(file, options);
            case ZIP, LEGACY, TAR, SAFETENSORS -> ModuleImporter.lower(file, options);
            default ->
                throw ModelException.unsupported(
                        files.get(0).at(0), "file", "is a " + file.form().title() + ", which cannot be converted");
        };
    }
}
