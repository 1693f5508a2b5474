package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.io.ProtoFields.StringStringEntryProto;
import dev.entrepot.onnx.io.ProtoFields.TensorProto;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one {@code TensorProto}. Its elements stay where they are, in the model's file or beside it. */
final class TensorReader {

    /** A tensor and the name that its initializer has. */
    record Named(String name, Tensor tensor) {}

    private static final int EXTERNAL = 1;
    private static final Set<String> EXTERNAL_KEYS = Set.of("location", "offset", "length", "checksum");

    private final Message message;
    private final ByteSource bytes;
    private final ExternalData externalData;
    private final List<Long> dims = new ArrayList<>();
    private final Set<Integer> dataFields = new TreeSet<>();
    private final List<String> strings = new ArrayList<>();
    private final Map<String, String> external = new LinkedHashMap<>();
    private String name = "";
    private DataType type = DataType.UNDEFINED;
    private boolean isExternal;
    private @Nullable ByteSource onlyPiece;

    private TensorReader(Message message, ByteSource bytes, ExternalData externalData) {
        this.message = message;
        this.bytes = bytes;
        this.externalData = externalData;
    }

    /** Reads the tensor of which {@code bytes} is the whole message. */
    static Named read(Message message, ByteSource bytes, ExternalData externalData) {
        TensorReader reader = new TensorReader(message, bytes, externalData);
        while (message.next()) {
            reader.field();
        }
        return new Named(reader.name, reader.tensor());
    }

    private void field() {
        switch (message.number()) {
            case TensorProto.DIMS -> message.varints(this::dim);
            case TensorProto.DATA_TYPE -> type = TypeReader.readDataType(message);
            case TensorProto.NAME -> name = message.name();
            case TensorProto.RAW_DATA, TensorProto.FLOAT_DATA, TensorProto.DOUBLE_DATA -> data();
            case TensorProto.INT32_DATA, TensorProto.INT64_DATA, TensorProto.UINT64_DATA -> data();
            case TensorProto.STRING_DATA -> {
                dataFields.add(TensorProto.STRING_DATA);
                message.item();
                strings.add(message.text());
            }
            case TensorProto.EXTERNAL_DATA -> externalEntry(message.child("external_data", external.size()));
            case TensorProto.DATA_LOCATION -> isExternal = message.int32() == EXTERNAL;
            case TensorProto.SEGMENT -> throw message.unsupported("is a segment of a larger tensor");
            default -> {}
        }
    }

    private void dim(long size) {
        ReadLimits limits = message.budget().limits();
        if (size < 0) {
            throw message.malformed("has the dimension " + size + ", expected 0 or more");
        }
        if (size > limits.dimension()) {
            throw message.limitExceeded("has the dimension " + size + ", the limit is " + limits.dimension());
        }
        if (dims.size() == limits.rank()) {
            throw message.limitExceeded("has more than " + limits.rank() + " dimensions, the limit");
        }
        dims.add(size);
    }

    private void data() {
        boolean first = dataFields.add(message.number()) && onlyPiece == null;
        onlyPiece = first && message.isPacked() ? message.bytes() : null;
    }

    private void externalEntry(Message entry) {
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.number()) {
                case StringStringEntryProto.KEY -> key = entry.name();
                case StringStringEntryProto.VALUE -> value = entry.name();
                default -> {}
            }
        }
        if (!EXTERNAL_KEYS.contains(key)) {
            throw entry.unsupported("has the key \"" + key + "\", expected one of " + new TreeSet<>(EXTERNAL_KEYS));
        }
        if (external.put(key, value) != null) {
            throw entry.malformed("has the key \"" + key + "\" a second time");
        }
    }

    private Tensor tensor() {
        if (type == DataType.UNDEFINED) {
            throw fault("has no element type");
        }
        Shape shape = Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
        long count = elementCount(shape);
        if (isExternal) {
            return new Tensor(type, shape, externalTensorData(shape, byteLength(count)));
        }
        if (dataFields.size() > 1) {
            throw fault("has its elements in more than one field: " + dataFields);
        }
        if (type == DataType.STRING) {
            return strings(shape, count);
        }
        return new Tensor(type, shape, data(shape, count));
    }

    private Tensor strings(Shape shape, long count) {
        if (dataFields.contains(TensorProto.RAW_DATA) || strings.size() != count) {
            throw fault("is a string tensor of shape " + shape + ", expected " + count
                    + " strings in string_data, found " + strings.size());
        }
        return new Tensor(type, shape, new StringData(strings));
    }

    private TensorData data(Shape shape, long count) {
        long expected = byteLength(count);
        if (dataFields.isEmpty()) {
            return requireLength(TensorData.of(new byte[0]), shape, expected);
        }
        int field = dataFields.iterator().next();
        if (field == TensorProto.RAW_DATA) {
            if (onlyPiece == null) {
                throw fault("has raw_data more than once");
            }
            return requireLength(TensorData.of(onlyPiece), shape, expected);
        }
        if (field != FieldData.fieldOf(type)) {
            throw fault("is " + type.numpyName() + " but has its elements in field " + field + ", expected "
                    + FieldData.fieldOf(type));
        }
        boolean stored = field == TensorProto.FLOAT_DATA || field == TensorProto.DOUBLE_DATA;
        if (stored && onlyPiece != null) {
            return requireLength(TensorData.of(onlyPiece), shape, expected);
        }
        if (type.bits() == 6) {
            throw message.unsupported(
                    named() + "has elements of 6 bits in int32_data; only raw_data is supported for them");
        }
        int width = FieldData.widthOf(type);
        long entries = countEntries(field);
        return requireLength(new FieldData(bytes, field, width, Math.multiplyExact(entries, width)), shape, expected);
    }

    /** Decodes all entries once, so that none can fail later. */
    private long countEntries(int field) {
        int bits = 8 * FieldData.widthOf(type);
        long[] count = {0};
        FieldData.walk(message.again(bytes), field, value -> {
            boolean fits = bits == 64
                    || field == TensorProto.FLOAT_DATA
                    || (value >= -(1L << (bits - 1)) && value < 1L << bits);
            if (!fits) {
                throw fault("has the element " + value + ", which is not " + type.numpyName());
            }
            count[0]++;
        });
        return count[0];
    }

    private TensorData requireLength(TensorData data, Shape shape, long expected) {
        if (data.byteLength() != expected) {
            throw fault("is " + type.numpyName() + shape + ", which takes " + expected + " bytes, found "
                    + data.byteLength());
        }
        return data;
    }

    private TensorData externalTensorData(Shape shape, long expected) {
        String location = external.getOrDefault("location", "");
        if (type == DataType.STRING || location.isEmpty() || !dataFields.isEmpty()) {
            throw fault("is " + type.numpyName() + " in external data \"" + location + "\" with " + dataFields.size()
                    + " fields of elements, expected numbers, a location and no elements here");
        }
        long offset = number("offset", 0);
        long length = number("length", expected);
        if (length != expected) {
            throw fault("is " + type.numpyName() + shape + ", which takes " + expected
                    + " bytes, its external data has " + length);
        }
        ByteSource blob = find(location);
        if (offset > blob.length() - length) {
            throw fault("lies at " + offset + " + " + length + " of external data \"" + location + "\", which has "
                    + blob.length() + " bytes");
        }
        return TensorData.of(blob.slice(offset, length));
    }

    private ByteSource find(String location) {
        try {
            return externalData.find(location, message.here());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long number(String key, long absent) {
        String text = external.get(key);
        if (text == null) {
            return absent;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw fault("has the external " + key + " \"" + text + "\", expected a number of at most 18 digits");
        }
        return Long.parseLong(text);
    }

    private long elementCount(Shape shape) {
        try {
            return shape.elementCount();
        } catch (ArithmeticException e) {
            throw fault("has the shape " + shape + ", which has more elements than 2^63 - 1");
        }
    }

    private long byteLength(long count) {
        try {
            return type.byteLength(count);
        } catch (ArithmeticException e) {
            throw fault("has " + count + " elements, which take more bytes than 2^63 - 1");
        }
    }

    private ModelException fault(String why) {
        return message.malformed(named() + why);
    }

    private String named() {
        return name.isEmpty() ? "" : "tensor \"" + name + "\" ";
    }
}
