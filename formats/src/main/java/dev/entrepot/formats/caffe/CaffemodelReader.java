package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.prototxt.ForeignContent;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoLimits;
import dev.entrepot.formats.prototxt.ProtoMessage;

/**
 * Reads a binary net: V0 and V1 ({@code layers}, field 2) and V2 ({@code layer}, field 100).
 *
 * <p>Only what all forks share is decoded: names, types, bottoms, tops, rules, and where the blobs lie. Weights are not read.
 *
 * <p>Source: caffe.proto, NetParameter.
 */
final class CaffemodelReader {

    private static final int MOST_LAYERS = 50_000;

    private CaffemodelReader() {}

    /**
     * The net as the file has it, not upgraded. Layer parameters are undecoded fields named {@code #number}, blobs undecoded bytes.
     *
     * @throws ModelException malformed with the byte offset, also for a file that is no caffemodel at all; limit exceeded
     */
    static ProtoMessage read(ByteSource source) {
        SourceLocation file = SourceLocation.file(source.name());
        ForeignContent.of(source).ifPresent(what -> {
            throw ModelException.malformed(file, "caffemodel", what);
        });
        ProtoMessage net;
        try {
            net = new BinaryDecoder(Dialect.SHARED, ProtoLimits.STANDARD).decode("NetParameter", source);
        } catch (ModelException e) {
            throw ForeignContent.isBinary(source) ? e : isText(file);
        }
        requireLayers(net, source);
        return net;
    }

    private static void requireLayers(ProtoMessage net, ByteSource source) {
        SourceLocation file = SourceLocation.file(source.name());
        long layers = net.fields("layer").size() + (long) net.fields("layers").size();
        if (layers == 0) {
            throw ForeignContent.isBinary(source)
                    ? ModelException.malformed(
                            file, "caffemodel", "holds no layer; it may be something else than a net")
                    : isText(file);
        }
        if (layers > MOST_LAYERS) {
            throw ModelException.limitExceeded(
                    file, "caffemodel", "has " + layers + " layers, the limit is " + MOST_LAYERS);
        }
        for (ProtoField field : net.fields()) {
            if (field.name().startsWith("#") && !isForks(field)) {
                throw ModelException.malformed(
                        field.location(),
                        "caffemodel",
                        "has a field " + field.name().substring(1) + " that no known Caffe net has");
            }
        }
    }

    private static boolean isForks(ProtoField field) {
        int number = Integer.parseInt(field.name().substring(1));
        return Dialect.ALL.stream()
                .anyMatch(dialect -> dialect.field("NetParameter", number).isPresent());
    }

    private static ModelException isText(SourceLocation file) {
        return ModelException.malformed(
                file, "caffemodel", "is text; a prototxt seems to be given where a caffemodel is expected");
    }
}
