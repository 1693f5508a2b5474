package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.prototxt.ForeignContent;

/** Reads a file that holds one blob, such as the mean image [1, C, H, W] that {@code compute_image_mean} writes. */
public final class Binaryproto {

    private Binaryproto() {}

    /**
     * Reads the blob; its numbers stay in the file.
     *
     * @throws ModelException malformed with the byte offset, also for a file that is no blob at all
     */
    public static CaffeBlob read(ByteSource file) {
        ForeignContent.of(file).ifPresent(what -> {
            throw ModelException.malformed(SourceLocation.file(file.name()), "binaryproto", what);
        });
        return BlobReader.read(file);
    }
}
