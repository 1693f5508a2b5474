package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.CaffeFileKind;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.caffe.CaffeImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Caffe: a prototxt, a caffemodel or HDF5 snapshot, or both. */
final class CaffeFramework implements SourceFramework {

    @Override
    public String name() {
        return "caffe";
    }

    @Override
    public Optional<String> form(ByteSource file) {
        return CaffeFileKind.of(file).map(CaffeFileKind::word);
    }

    @Override
    public Imported load(List<ByteSource> files, ImportOptions options) {
        return CaffeImporter.lower(net(files), options);
    }

    private static CaffeNet net(List<ByteSource> files) {
        List<ByteSource> definitions = new ArrayList<>();
        List<ByteSource> weights = new ArrayList<>();
        for (ByteSource file : files) {
            // A file of no known kind came here because the user named the framework: its reader says what is wrong.
            CaffeFileKind kind = CaffeFileKind.of(file).orElse(CaffeFileKind.CAFFEMODEL);
            switch (kind) {
                case PROTOTXT -> definitions.add(file);
                case CAFFEMODEL, HDF5_SNAPSHOT -> weights.add(file);
                case BINARYPROTO ->
                    throw ModelException.malformed(
                            file.at(0), "file", "is a single blob, such as a mean image; it is no part of the net");
            }
        }
        if (definitions.size() > 1 || weights.size() > 1) {
            throw ModelException.malformed(
                    files.get(0).at(0),
                    "files",
                    "are " + definitions.size() + " prototxts and " + weights.size()
                            + " files of weights, at most one of each is expected");
        }
        if (definitions.isEmpty()) {
            return CaffeNets.readCaffemodel(weights.get(0), NetState.TEST);
        }
        return weights.isEmpty()
                ? CaffeNets.readPrototxt(definitions.get(0), NetState.TEST)
                : CaffeNets.read(definitions.get(0), weights.get(0), NetState.TEST);
    }
}
