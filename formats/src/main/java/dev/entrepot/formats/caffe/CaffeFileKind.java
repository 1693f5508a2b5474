package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.Dialect.Field;
import dev.entrepot.formats.hdf5.Hdf5Reader;
import dev.entrepot.formats.hdf5.Hdf5Signature;
import dev.entrepot.formats.prototxt.ForeignContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file of Caffe's is, told by its content alone. A damaged file is still recognised, so that its reader can say what is wrong. */
public enum CaffeFileKind {
    /** A net's definition in text, of any generation; also a solver's, so that its reader can name the net's file. */
    PROTOTXT("prototxt"),
    /** A trained net, of any generation. */
    CAFFEMODEL("caffemodel"),
    /** Weights saved as HDF5, {@code .caffemodel.h5}. */
    HDF5_SNAPSHOT("caffemodel.h5"),
    /** One blob, such as a mean image. */
    BINARYPROTO("binaryproto");

    private static final int PREFIX = 1 << 16;

    private static final Pattern NET = Pattern.compile(
            "(?m)^\\s*(layers?\\s*:?\\s*[{<\\[]|input\\s*:\\s*[\"']|net\\s*:\\s*[\"']|train_net\\s*:|base_lr\\s*:)");

    private final String word;

    CaffeFileKind(String word) {
        this.word = word;
    }

    /** The name that such files usually end with, such as {@code caffemodel}. */
    public String word() {
        return word;
    }

    /** The kind of a file, or nothing if it is none of Caffe's. */
    public static Optional<CaffeFileKind> of(ByteSource file) {
        if (Hdf5Signature.isAtStartOf(file)) {
            return isSnapshot(file) ? Optional.of(HDF5_SNAPSHOT) : Optional.empty();
        }
        if (ForeignContent.of(file).isPresent()) {
            return Optional.empty();
        }
        if (!ForeignContent.isBinary(file) && NET.matcher(prefix(file)).find()) {
            return Optional.of(PROTOTXT);
        }
        if (isNet(file)) {
            return Optional.of(CAFFEMODEL);
        }
        return isBlob(file) ? Optional.of(BINARYPROTO) : Optional.empty();
    }

    /** Whether the fields before the first layer are a net's, and the first layer begins as one. */
    private static boolean isNet(ByteSource file) {
        var wire = new WireFields(file);
        int number = 0;
        try {
            while (wire.next()) {
                number = wire.number();
                if (!Dialect.isKnown("NetParameter", number, wire.wireType())) {
                    return false;
                }
                Optional<Field> layer = layerField(number);
                if (layer.isPresent()) {
                    return isLayer(layer.get().type(), wire.bytes());
                }
                wire.skip();
            }
            return false;
        } catch (ModelException e) {
            return layerField(number).isPresent();
        }
    }

    private static Optional<Field> layerField(int number) {
        return Dialect.SHARED
                .field("NetParameter", number)
                .filter(field -> field.name().startsWith("layer"));
    }

    private static boolean isLayer(String type, ByteSource layer) {
        var wire = new WireFields(layer);
        while (wire.next()) {
            Optional<Field> field = Dialect.SHARED.field(type, wire.number());
            if (field.isPresent() && !BinaryDecoder.suits(Dialect.SHARED, field.get(), wire.wireType())) {
                return false;
            }
            if (field.isPresent()
                    && (field.get().name().equals("type") || field.get().name().equals("layer"))) {
                return true;
            }
            wire.skip();
        }
        return false;
    }

    private static boolean isBlob(ByteSource file) {
        try {
            return BlobReader.read(file).tensor().elementCount() > 0;
        } catch (ModelException e) {
            return false;
        }
    }

    private static boolean isSnapshot(ByteSource file) {
        try {
            return Hdf5Snapshot.is(Hdf5Reader.read(file));
        } catch (ModelException e) {
            return false;
        }
    }

    private static String prefix(ByteSource file) {
        byte[] prefix = new byte[(int) Math.min(PREFIX, file.length())];
        try {
            file.read(0, ByteBuffer.wrap(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(prefix, StandardCharsets.ISO_8859_1);
    }
}
