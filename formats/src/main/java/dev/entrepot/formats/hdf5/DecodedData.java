package dev.entrepot.formats.hdf5;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.TensorData;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** A dataset in chunks, compressed or of the other byte order, which jHDF decodes as a whole each time it is written. */
record DecodedData(Dataset dataset, SourceLocation location, long byteLength) implements TensorData {

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        Object values = Guard.call(location, dataset::getDataFlat);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(byteLength)).order(ByteOrder.LITTLE_ENDIAN);
        Guard.call(location, () -> put(values, bytes));
        bytes.flip();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static ByteBuffer put(Object values, ByteBuffer bytes) {
        if (values instanceof float[] floats) {
            bytes.asFloatBuffer().put(floats);
        } else if (values instanceof double[] doubles) {
            bytes.asDoubleBuffer().put(doubles);
        } else if (values instanceof int[] ints) {
            bytes.asIntBuffer().put(ints);
        } else if (values instanceof long[] longs) {
            bytes.asLongBuffer().put(longs);
        } else if (values instanceof short[] shorts) {
            bytes.asShortBuffer().put(shorts);
        } else if (values instanceof byte[] raw) {
            bytes.slice().put(raw);
        } else if (values instanceof Float single) {
            bytes.putFloat(single);
        } else if (values instanceof Double single) {
            bytes.putDouble(single);
        } else {
            throw new IllegalStateException("values are " + values.getClass());
        }
        return bytes.position(bytes.limit());
    }
}
