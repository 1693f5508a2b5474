package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.caffe.CaffeImporter;
import java.util.List;
import java.util.Optional;

/** Caffe: a prototxt, a caffemodel, or both. */
final class CaffeFramework implements SourceFramework {

    @Override
    public String name() {
        return "caffe";
    }

    @Override
    public Optional<String> form(ByteSource file) {
        return CaffeFiles.form(file);
    }

    @Override
    public Imported load(List<ByteSource> files, ImportOptions options) {
        return CaffeImporter.lower(CaffeFiles.read(files), options);
    }
}
