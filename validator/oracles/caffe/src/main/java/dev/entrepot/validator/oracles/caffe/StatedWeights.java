package dev.entrepot.validator.oracles.caffe;

import dev.entrepot.formats.prototxt.ProtoMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The weights that stand in a prototxt, as a .caffemodel with nothing else in it.
 *
 * <p>Source: caffe.proto, NetParameter (layer 100), LayerParameter (name 1, type 2, blobs 7), BlobProto (data 5, shape 7), BlobShape (dim 1);
 * the Protocol Buffers wire format.
 */
final class StatedWeights {

    private static final int LENGTH_DELIMITED = 2;

    private StatedWeights() {}

    static byte[] encode(ProtoMessage net) {
        var out = new ByteArrayOutputStream();
        for (ProtoMessage layer : net.messages("layer")) {
            var encoded = new ByteArrayOutputStream();
            field(encoded, 1, layer.stringOr("name", "").getBytes(StandardCharsets.UTF_8));
            field(encoded, 2, layer.stringOr("type", "").getBytes(StandardCharsets.UTF_8));
            for (ProtoMessage blob : layer.messages("blobs")) {
                field(encoded, 7, blob(blob));
            }
            field(out, 100, encoded.toByteArray());
        }
        return out.toByteArray();
    }

    private static byte[] blob(ProtoMessage blob) {
        var dims = new ByteArrayOutputStream();
        blob.message("shape").longs("dim").forEach(dim -> varint(dims, dim));
        var shape = new ByteArrayOutputStream();
        field(shape, 1, dims.toByteArray());
        var out = new ByteArrayOutputStream();
        field(out, 7, shape.toByteArray());
        field(out, 5, floats(blob.floats("data")));
        return out.toByteArray();
    }

    private static byte[] floats(List<Float> values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(bytes::putFloat);
        return bytes.array();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        varint(out, (long) number << 3 | LENGTH_DELIMITED);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
