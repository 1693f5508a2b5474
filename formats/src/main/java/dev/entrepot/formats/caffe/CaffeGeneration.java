package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.prototxt.ForeignContent;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.PrototxtReader;

/** The forms that Caffe's net files have had, oldest first. */
public enum CaffeGeneration {
    /** {@code layers { layer { type: "conv" } }}, until 2014. */
    V0,
    /** {@code layers { type: CONVOLUTION }}, until 2015. */
    V1,
    /** {@code layer { type: "Convolution" }}. */
    V2;

    /**
     * The form of a prototxt or a caffemodel.
     *
     * @throws ModelException if the file cannot be read
     */
    public static CaffeGeneration of(ByteSource file) {
        ProtoMessage net = ForeignContent.isBinary(file) ? CaffemodelReader.read(file) : PrototxtReader.read(file);
        if (V0Upgrade.isNeeded(net)) {
            return V0;
        }
        return V1Upgrade.isNeeded(net) ? V1 : V2;
    }
}
