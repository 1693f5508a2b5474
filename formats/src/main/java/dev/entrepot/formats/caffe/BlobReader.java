package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeBlob.ShapeForm;
import dev.entrepot.formats.prototxt.ProtoBytes;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@code BlobProto}, binary or text. The numbers of a binary one stay in the file; diffs are gone over.
 *
 * <p>Source: caffe blob.cpp, FromProto; NVIDIA/caffe blob.cpp for {@code raw_data}.
 */
final class BlobReader {

    private static final int LEGACY_RANK = 4;
    private static final int MOST_AXES = 32;

    private static final int DATA = 5;
    private static final int SHAPE = 7;
    private static final int DOUBLE_DATA = 8;
    private static final int RAW_DATA_TYPE = 10;
    private static final int RAW_DATA = 12;

    private final SourceLocation location;
    private final long[] legacy = new long[LEGACY_RANK];
    private final List<Long> dims = new ArrayList<>();
    private boolean isLegacy;
    private final BlobNumbers.Collector floats = new BlobNumbers.Collector(BlobNumbers.Format.FLOAT);
    private final BlobNumbers.Collector doubles = new BlobNumbers.Collector(BlobNumbers.Format.DOUBLE);
    private long rawType = 1;

    private BlobReader(SourceLocation location) {
        this.location = location;
    }

    /**
     * Reads a layer's field {@code blobs}, of a binary or a text file.
     *
     * @throws ModelException malformed if the numbers are not as many as the shape asks for
     */
    static CaffeBlob read(ProtoField field) {
        if (field.value() instanceof ProtoBytes bytes) {
            return read(bytes.source());
        }
        if (field.value() instanceof ProtoMessage message) {
            return readText(message);
        }
        throw ModelException.malformed(field.location(), field.name(), "is " + field.value() + ", expected a blob");
    }

    /** Reads a binary blob, such as a whole binaryproto file. */
    static CaffeBlob read(ByteSource blob) {
        var reader = new BlobReader(blob.at(0));
        var wire = new WireFields(blob);
        BlobNumbers.Collector raw = new BlobNumbers.Collector(BlobNumbers.Format.FLOAT);
        while (wire.next()) {
            if (wire.number() == RAW_DATA && wire.wireType() == WireFields.BYTES) {
                raw = new BlobNumbers.Collector(reader.rawFormat());
                raw.addPacked(wire.bytes());
            } else {
                reader.field(wire, blob);
            }
        }
        TensorData numbers =
                (raw.count() > 0 ? raw : reader.doubles.count() > 0 ? reader.doubles : reader.floats).numbers();
        return reader.blob(numbers, numbers.byteLength() / Float.BYTES);
    }

    private void field(WireFields wire, ByteSource blob) {
        int number = wire.number();
        if (number >= 1 && number <= LEGACY_RANK && wire.wireType() == WireFields.VARINT) {
            legacy[number - 1] = dim((int) wire.varint());
            isLegacy = true;
        } else if (number == SHAPE && wire.wireType() == WireFields.BYTES) {
            shape(wire.bytes());
        } else if (number == DATA && wire.wireType() == WireFields.BYTES) {
            floats.addPacked(wire.bytes());
        } else if (number == DATA && wire.wireType() == WireFields.FIXED32) {
            floats.addUnpacked(wire, blob);
        } else if (number == DOUBLE_DATA && wire.wireType() == WireFields.BYTES) {
            doubles.addPacked(wire.bytes());
        } else if (number == DOUBLE_DATA && wire.wireType() == WireFields.FIXED64) {
            doubles.addUnpacked(wire, blob);
        } else if (number == RAW_DATA_TYPE && wire.wireType() == WireFields.VARINT) {
            rawType = wire.varint();
        } else {
            wire.skip();
        }
    }

    private BlobNumbers.Format rawFormat() {
        return switch ((int) rawType) {
            case 0 -> BlobNumbers.Format.DOUBLE;
            case 1 -> BlobNumbers.Format.FLOAT;
            case 2 -> BlobNumbers.Format.HALF;
            default ->
                throw ModelException.unsupported(
                        location,
                        "blob",
                        "holds raw_data of the type " + rawType + "; 0 (double), 1 (float) and 2 (half) are read");
        };
    }

    private void shape(ByteSource message) {
        var wire = new WireFields(message);
        while (wire.next()) {
            if (wire.number() != 1) {
                wire.skip();
            } else if (wire.wireType() == WireFields.VARINT) {
                addDim(wire.varint());
            } else {
                ByteSource packed = wire.bytes();
                var values = new WireFields(packed);
                while (values.position() < packed.length()) {
                    addDim(values.varint());
                }
            }
        }
    }

    private void addDim(long value) {
        if (dims.size() == MOST_AXES) {
            throw ModelException.limitExceeded(
                    location, "blob", "has more than " + MOST_AXES + " dimensions, which is Caffe's limit");
        }
        dims.add(dim(value));
    }

    private long dim(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw ModelException.malformed(
                    location, "blob", "has a dimension of " + value + ", expected 0 to " + Integer.MAX_VALUE);
        }
        return value;
    }

    private CaffeBlob blob(TensorData data, long count) {
        Shape shape = isLegacy
                ? Shape.of(legacy)
                : Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
        if (wanted(shape) != count) {
            throw ModelException.malformed(
                    location, "blob", "holds " + count + " numbers, its shape " + shape + " asks for " + wanted(shape));
        }
        return new CaffeBlob(
                new Tensor(DataType.FLOAT, shape, data), isLegacy ? ShapeForm.LEGACY : ShapeForm.BLOB_SHAPE, location);
    }

    private long wanted(Shape shape) {
        try {
            return shape.elementCount();
        } catch (ArithmeticException e) {
            throw ModelException.malformed(location, "blob", "has the shape " + shape + ", more than 2^63 numbers");
        }
    }

    private static CaffeBlob readText(ProtoMessage message) {
        var reader = new BlobReader(message.location());
        List<String> names = List.of("num", "channels", "height", "width");
        for (int i = 0; i < LEGACY_RANK; i++) {
            reader.isLegacy |= message.has(names.get(i));
            reader.legacy[i] = reader.dim(message.intOr(names.get(i), 0));
        }
        message.message("shape").longs("dim").forEach(reader::addDim);
        List<Float> values = message.floats(message.has("double_data") ? "double_data" : "data");
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i);
        }
        return reader.blob(Tensor.vector(numbers).data(), numbers.length);
    }
}
