package dev.entrepot.server.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.tensor.HalfFloats;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Elements in JSON: flat or nested arrays, row-major. */
final class JsonTensors {

    private static final int DEEPEST = 32;
    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);

    private JsonTensors() {}

    /**
     * Reads numbers from the array that the parser stands on.
     *
     * @param count how many there must be; the caller has found that so many can be there
     * @return them packed, little-endian
     */
    static byte[] numbers(JsonParser json, String name, Datatype type, long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(count, (long) type.size())))
                .order(ByteOrder.LITTLE_ENDIAN);
        long found = elements(json, name, () -> {
            if (!bytes.hasRemaining()) {
                throw tooMany(name, count);
            }
            put(json, name, type, bytes);
        });
        requireAll(name, count, found);
        return bytes.array();
    }

    /** Reads strings from the array that the parser stands on. */
    static List<byte[]> strings(JsonParser json, String name, long count) throws IOException {
        List<byte[]> strings = new ArrayList<>();
        long found = elements(json, name, () -> {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw wrong(name, "a string", json);
            }
            strings.add(json.getText().getBytes(StandardCharsets.UTF_8));
        });
        requireAll(name, count, found);
        return strings;
    }

    private interface Element {
        void take() throws IOException;
    }

    private static long elements(JsonParser json, String name, Element element) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(name, "an array as data", json);
        }
        long count = 0;
        int depth = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw wrong(name, "the end of an array", json);
            } else if (token == JsonToken.START_ARRAY) {
                depth++;
                if (depth > DEEPEST) {
                    throw bad(name, "nests arrays more than " + DEEPEST + " deep");
                }
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else {
                element.take();
                count++;
            }
        }
        return count;
    }

    private static void put(JsonParser json, String name, Datatype type, ByteBuffer into) throws IOException {
        switch (type) {
            case BOOL -> into.put((byte) (truth(json, name) ? 1 : 0));
            case INT8 -> into.put((byte) whole(json, name, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> into.put((byte) whole(json, name, 0, 0xff));
            case INT16 -> into.putShort((short) whole(json, name, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> into.putShort((short) whole(json, name, 0, 0xffff));
            case INT32 -> into.putInt((int) whole(json, name, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> into.putInt((int) whole(json, name, 0, 0xffff_ffffL));
            case INT64 -> into.putLong(whole(json, name, Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT64 -> into.putLong(unsigned(json, name));
            case FP16 -> into.putShort(HalfFloats.toHalf((float) real(json, name)));
            case BF16 -> into.putShort(HalfFloats.toBrain((float) real(json, name)));
            case FP32 -> into.putFloat((float) real(json, name));
            case FP64 -> into.putDouble(real(json, name));
            case BYTES -> throw new IllegalArgumentException("strings are not numbers");
        }
    }

    private static boolean truth(JsonParser json, String name) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(json, name, 0, 1) == 1;
            default -> throw wrong(name, "true or false", json);
        };
    }

    private static long whole(JsonParser json, String name, long least, long most) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(name, "a whole number", json);
        }
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw bad(name, json.getText() + " is not within " + least + " to " + most);
        }
        long value = json.getLongValue();
        if (value < least || value > most) {
            throw bad(name, value + " is not within " + least + " to " + most);
        }
        return value;
    }

    private static long unsigned(JsonParser json, String name) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(name, "a whole number", json);
        }
        BigInteger value = json.getBigIntegerValue();
        if (value.signum() < 0 || value.compareTo(UNSIGNED) >= 0) {
            throw bad(name, value + " is not within 0 to 2^64 - 1");
        }
        return value.longValue();
    }

    private static double real(JsonParser json, String name) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_STRING ->
                switch (json.getText()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> throw wrong(name, "a number", json);
                };
            default -> throw wrong(name, "a number", json);
        };
    }

    /** Writes a tensor's elements as a flat array. Numbers that are none are written as {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}. */
    static void write(JsonGenerator json, Tensor tensor) throws IOException {
        json.writeStartArray();
        if (tensor.data() instanceof StringData strings) {
            for (String value : strings.values()) {
                json.writeString(value);
            }
        } else {
            Datatype type = Datatype.of(tensor.type());
            ByteBuffer bytes = tensor.toBytes();
            while (bytes.hasRemaining()) {
                write(json, type, bytes);
            }
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Datatype type, ByteBuffer bytes) throws IOException {
        switch (type) {
            case BOOL -> json.writeBoolean(bytes.get() != 0);
            case INT8 -> json.writeNumber((int) bytes.get());
            case UINT8 -> json.writeNumber(bytes.get() & 0xff);
            case INT16 -> json.writeNumber((int) bytes.getShort());
            case UINT16 -> json.writeNumber(bytes.getShort() & 0xffff);
            case INT32 -> json.writeNumber(bytes.getInt());
            case UINT32 -> json.writeNumber(bytes.getInt() & 0xffff_ffffL);
            case INT64 -> json.writeNumber(bytes.getLong());
            case UINT64 -> json.writeNumber(new BigInteger(Long.toUnsignedString(bytes.getLong())));
            case FP16 -> json.writeNumber(HalfFloats.ofHalf(bytes.getShort()));
            case BF16 -> json.writeNumber(HalfFloats.ofBrain(bytes.getShort()));
            case FP32 -> json.writeNumber(bytes.getFloat());
            case FP64 -> json.writeNumber(bytes.getDouble());
            case BYTES -> throw new IllegalArgumentException("strings are not numbers");
        }
    }

    private static void requireAll(String name, long expected, long found) {
        if (found != expected) {
            throw bad(name, "has " + found + " elements, its shape asks for " + expected);
        }
    }

    private static ProblemException tooMany(String name, long count) {
        return bad(name, "has more elements than the " + count + " that its shape asks for");
    }

    private static ProblemException wrong(String name, String expected, JsonParser json) throws IOException {
        return bad(name, "expected " + expected + ", found " + json.currentToken());
    }

    private static ProblemException bad(String name, String what) {
        return new ProblemException(Kind.BAD_REQUEST, "input \"" + name + "\": " + what);
    }
}
