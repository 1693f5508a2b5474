package dev.entrepot.formats.safetensors;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.json.Json;
import dev.entrepot.formats.json.JsonLimits;
import dev.entrepot.formats.json.JsonValue;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file. Source: huggingface/safetensors README.md, Format, and safetensors/src/tensor.rs, Metadata::validate.
 *
 * @param tensors the tensors by name, in the header's order
 * @param metadata the texts under {@code __metadata__}
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /** Longer headers are refused. */
    public static final long LONGEST_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final int PREFIX = 8;
    private static final JsonLimits LIMITS = new JsonLimits(LONGEST_HEADER, 5_000_000, 8);
    private static final Map<String, DataType> TYPES = Map.ofEntries(
            Map.entry("BOOL", DataType.BOOL),
            Map.entry("U8", DataType.UINT8),
            Map.entry("I8", DataType.INT8),
            Map.entry("U16", DataType.UINT16),
            Map.entry("I16", DataType.INT16),
            Map.entry("U32", DataType.UINT32),
            Map.entry("I32", DataType.INT32),
            Map.entry("U64", DataType.UINT64),
            Map.entry("I64", DataType.INT64),
            Map.entry("F16", DataType.FLOAT16),
            Map.entry("BF16", DataType.BFLOAT16),
            Map.entry("F32", DataType.FLOAT),
            Map.entry("F64", DataType.DOUBLE),
            Map.entry("C64", DataType.COMPLEX64),
            Map.entry("F8_E4M3", DataType.FLOAT8E4M3FN),
            Map.entry("F8_E5M2", DataType.FLOAT8E5M2),
            Map.entry("F8_E4M3FNUZ", DataType.FLOAT8E4M3FNUZ),
            Map.entry("F8_E5M2FNUZ", DataType.FLOAT8E5M2FNUZ),
            Map.entry("F4", DataType.FLOAT4E2M1));

    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Whether a source starts as this format's files do: a length that fits, then {@code {}. */
    public static boolean recognises(ByteSource source) {
        if (source.length() < PREFIX + 2) {
            return false;
        }
        ByteReader reader = new ByteReader(source.slice(0, PREFIX + 1));
        long length = reader.i64();
        return length >= 2 && length <= source.length() - PREFIX && reader.u8() == '{';
    }

    /**
     * Reads a file's header; the tensors stay in the source.
     *
     * @param source the file, which must stay open as long as the tensors are used
     * @throws ModelException with all that is wrong
     */
    public static Safetensors read(ByteSource source) {
        ByteReader reader = new ByteReader(source);
        long length = reader.i64();
        if (length < 0 || length > reader.remaining()) {
            throw ModelException.malformed(
                    source.at(0), "header", "should have " + length + " bytes, " + reader.remaining() + " are left");
        }
        if (length > LONGEST_HEADER) {
            throw ModelException.limitExceeded(
                    source.at(0), "header", "has " + length + " bytes, the limit is " + LONGEST_HEADER);
        }
        ByteSource headerText = reader.slice(length);
        if (length == 0 || new ByteReader(headerText).u8() != '{') {
            throw ModelException.malformed(source.at(PREFIX), "header", "does not start with {");
        }
        ByteSource data = reader.slice(reader.remaining());
        return read(Json.read(headerText, LIMITS), data);
    }

    private static Safetensors read(JsonValue header, ByteSource data) {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        Problems problems = new Problems();
        for (Map.Entry<String, JsonValue> member : header.asMembers().entrySet()) {
            try {
                if (member.getKey().equals(METADATA)) {
                    member.getValue().asMembers().forEach((key, value) -> metadata.put(key, value.asText()));
                } else {
                    entries.add(Entry.of(member.getKey(), member.getValue()));
                }
            } catch (ModelException e) {
                problems.addAll(e);
            }
        }
        problems.throwIfAny();
        requireGapless(header, entries, data);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        entries.forEach(entry -> tensors.put(entry.name, entry.tensor(data)));
        return new Safetensors(tensors, metadata);
    }

    private static void requireGapless(JsonValue header, List<Entry> entries, ByteSource data) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::start).thenComparingLong(Entry::end));
        long expected = 0;
        for (Entry entry : sorted) {
            if (entry.start != expected) {
                throw ModelException.malformed(
                        entry.where.where(),
                        entry.what(),
                        "starts at byte " + entry.start + " of the data, where the one before ends at " + expected);
            }
            expected = entry.end;
        }
        if (expected != data.length()) {
            throw ModelException.malformed(
                    header.where(),
                    "tensors",
                    "take " + expected + " bytes, but " + data.length() + " bytes follow the header");
        }
    }

    /** What the header says about one tensor; {@code end - start} is what type and shape ask for. */
    private record Entry(String name, DataType type, Shape shape, long start, long end, JsonValue where) {

        static Entry of(String name, JsonValue value) {
            String what = "tensor \"" + name + "\"";
            String typeName = value.member("dtype").asText();
            @Nullable DataType type = TYPES.get(typeName);
            if (type == null) {
                throw ModelException.unsupported(
                        value.where(), what, "has the element type " + typeName + ", which ONNX does not have");
            }
            List<JsonValue> offsets = value.member("data_offsets").asItems();
            if (offsets.size() != 2) {
                throw ModelException.malformed(
                        value.where(), what, "has " + offsets.size() + " data offsets, should be 2");
            }
            Entry entry = new Entry(
                    name,
                    type,
                    shape(value, what),
                    offsets.get(0).asLong(),
                    offsets.get(1).asLong(),
                    value);
            entry.requireSize();
            return entry;
        }

        private static Shape shape(JsonValue value, String what) {
            long[] sizes = value.member("shape").asItems().stream()
                    .mapToLong(JsonValue::asLong)
                    .toArray();
            for (long size : sizes) {
                if (size < 0) {
                    throw ModelException.malformed(value.where(), what, "has the size " + size + " in its shape");
                }
            }
            return Shape.of(sizes);
        }

        private void requireSize() {
            if (start < 0 || end < start) {
                throw ModelException.malformed(
                        where.where(), what(), "lies at bytes " + start + " to " + end + " of the data");
            }
            long bits;
            try {
                bits = Math.multiplyExact(shape.elementCount(), (long) type.bits());
            } catch (ArithmeticException e) {
                throw ModelException.malformed(where.where(), what(), "has more elements than 64 bits count");
            }
            if (bits % 8 != 0 || bits / 8 != end - start) {
                throw ModelException.malformed(
                        where.where(),
                        what(),
                        "is " + type.numpyName() + shape + ", which takes " + bits + " bits, but has " + (end - start)
                                + " bytes");
            }
        }

        Tensor tensor(ByteSource data) {
            return new Tensor(type, shape, TensorData.of(data.slice(start, end - start)));
        }

        String what() {
            return "tensor \"" + name + "\"";
        }
    }
}
