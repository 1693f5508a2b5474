package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.formats.prototxt.ForeignContent;
import java.util.List;
import java.util.Optional;

/** Caffe's files by their content. */
public final class CaffeFiles {

    private CaffeFiles() {}

    /** {@code prototxt} or {@code caffemodel}, judged by the first bytes. */
    public static Optional<String> form(ByteSource file) {
        if (ForeignContent.of(file).isPresent()) {
            return Optional.empty();
        } else if (!ForeignContent.isBinary(file)) {
            return Optional.of("prototxt");
        }
        int tag = new ByteReader(file).u8();
        return tag == 0x0A || tag == 0x12 || tag == 0xA2 ? Optional.of("caffemodel") : Optional.empty();
    }

    /** The net of a prototxt, a caffemodel or both. */
    public static CaffeNet read(List<ByteSource> files) {
        List<ByteSource> definitions = ofForm(files, "prototxt");
        List<ByteSource> weights = ofForm(files, "caffemodel");
        if (definitions.size() > 1 || weights.size() > 1) {
            throw ModelException.malformed(
                    files.get(0).at(0),
                    "files",
                    "are " + definitions.size() + " prototxts and " + weights.size()
                            + " caffemodels, at most one of each is expected");
        }
        if (definitions.isEmpty()) {
            return CaffeNets.readCaffemodel(weights.get(0), NetState.TEST);
        }
        return weights.isEmpty()
                ? CaffeNets.readPrototxt(definitions.get(0), NetState.TEST)
                : CaffeNets.read(definitions.get(0), weights.get(0), NetState.TEST);
    }

    private static List<ByteSource> ofForm(List<ByteSource> files, String form) {
        return files.stream()
                .filter(file -> form(file).equals(Optional.of(form)))
                .toList();
    }
}
