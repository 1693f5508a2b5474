package dev.entrepot.formats.npy;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NumPy element type. Source: NumPy, "Array-protocol type strings".
 *
 * @param descr the type string for the little-endian form, such as {@code <f4}
 * @param dataType the ONNX type
 * @param itemSize the bytes of one element
 * @param swapUnit the bytes to reverse as one group where the file is big-endian, otherwise 1
 */
record NpyType(String descr, DataType dataType, int itemSize, int swapUnit) {

    private static final Pattern DESCR = Pattern.compile("([<>=|]?)([a-zA-Z?])([0-9]{0,9})(\\[.*])?");

    /** By kind and size; strings are apart. */
    private static final Map<String, DataType> NUMBERS = Map.ofEntries(
            Map.entry("b1", DataType.BOOL),
            Map.entry("i1", DataType.INT8),
            Map.entry("i2", DataType.INT16),
            Map.entry("i4", DataType.INT32),
            Map.entry("i8", DataType.INT64),
            Map.entry("u1", DataType.UINT8),
            Map.entry("u2", DataType.UINT16),
            Map.entry("u4", DataType.UINT32),
            Map.entry("u8", DataType.UINT64),
            Map.entry("f2", DataType.FLOAT16),
            Map.entry("f4", DataType.FLOAT),
            Map.entry("f8", DataType.DOUBLE),
            Map.entry("c8", DataType.COMPLEX64),
            Map.entry("c16", DataType.COMPLEX128));

    static NpyType parse(SourceLocation where, String descr) {
        Matcher matcher = DESCR.matcher(descr);
        if (!matcher.matches()) {
            throw ModelException.malformed(where, "element type '" + descr + "'", "is no NumPy type string");
        }
        boolean big = matcher.group(1).equals(">");
        String kind = matcher.group(2);
        DataType number = NUMBERS.get(kind + matcher.group(3));
        if (number != null) {
            int size = number.bits() / 8;
            boolean complex = kind.equals("c");
            return new NpyType(descrOf(number), number, size, big ? (complex ? size / 2 : size) : 1);
        }
        boolean text =
                (kind.equals("S") || kind.equals("U")) && !matcher.group(3).isEmpty();
        if (text && matcher.group(4) == null) {
            return strings(where, descr, kind, Integer.parseInt(matcher.group(3)), big);
        }
        throw ModelException.unsupported(where, "element type '" + descr + "'", reason(kind));
    }

    /** The type a tensor is written as. @throws IllegalArgumentException if NumPy has none */
    static NpyType of(Tensor tensor) {
        if (tensor.data() instanceof StringData strings) {
            int longest = strings.values().stream()
                    .mapToInt(value -> value.codePointCount(0, value.length()))
                    .max()
                    .orElse(1);
            int characters = Math.max(1, longest);
            return new NpyType("<U" + characters, DataType.STRING, Math.multiplyExact(characters, 4), 1);
        }
        DataType type = tensor.type();
        if (!NUMBERS.containsValue(type)) {
            throw new IllegalArgumentException("NumPy has no element type " + type.numpyName());
        }
        return new NpyType(descrOf(type), type, type.bits() / 8, 1);
    }

    private static NpyType strings(SourceLocation where, String descr, String kind, int count, boolean big) {
        boolean wide = kind.equals("U");
        if (count > Integer.MAX_VALUE / 4) {
            throw ModelException.limitExceeded(where, "element type '" + descr + "'", "is too long a string");
        }
        return new NpyType(
                (wide ? "<U" : "|S") + count, DataType.STRING, wide ? count * 4 : count, wide && big ? 4 : 1);
    }

    private static String descrOf(DataType type) {
        int size = type.bits() / 8;
        char kind = switch (type) {
            case BOOL -> 'b';
            case INT8, INT16, INT32, INT64 -> 'i';
            case UINT8, UINT16, UINT32, UINT64 -> 'u';
            case COMPLEX64, COMPLEX128 -> 'c';
            default -> 'f';
        };
        return (size == 1 ? "|" : "<") + kind + size;
    }

    private static String reason(String kind) {
        return switch (kind) {
            case "O" -> "is an array of Python objects, which is a pickle; save it as numbers or strings";
            case "V" -> "is raw bytes of unknown meaning; bfloat16 and float8 are saved so: save them as float32";
            case "M", "m" -> "is a date or duration, which ONNX does not have";
            default -> "is not an ONNX type";
        };
    }
}
