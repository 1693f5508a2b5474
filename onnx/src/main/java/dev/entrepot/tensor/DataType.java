package dev.entrepot.tensor;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The element types of ONNX tensors.
 *
 * <p>Source: ONNX {@code TensorProto.DataType}; {@link #numpyName} is the name users see.
 */
public enum DataType {
    UNDEFINED(0, "undefined", "undefined", 0),
    FLOAT(1, "float", "float32", 32),
    UINT8(2, "uint8", "uint8", 8),
    INT8(3, "int8", "int8", 8),
    UINT16(4, "uint16", "uint16", 16),
    INT16(5, "int16", "int16", 16),
    INT32(6, "int32", "int32", 32),
    INT64(7, "int64", "int64", 64),
    STRING(8, "string", "string", 0),
    BOOL(9, "bool", "bool", 8),
    FLOAT16(10, "float16", "float16", 16),
    DOUBLE(11, "double", "float64", 64),
    UINT32(12, "uint32", "uint32", 32),
    UINT64(13, "uint64", "uint64", 64),
    COMPLEX64(14, "complex64", "complex64", 64),
    COMPLEX128(15, "complex128", "complex128", 128),
    BFLOAT16(16, "bfloat16", "bfloat16", 16),
    FLOAT8E4M3FN(17, "float8e4m3fn", "float8e4m3fn", 8),
    FLOAT8E4M3FNUZ(18, "float8e4m3fnuz", "float8e4m3fnuz", 8),
    FLOAT8E5M2(19, "float8e5m2", "float8e5m2", 8),
    FLOAT8E5M2FNUZ(20, "float8e5m2fnuz", "float8e5m2fnuz", 8),
    UINT4(21, "uint4", "uint4", 4),
    INT4(22, "int4", "int4", 4),
    FLOAT4E2M1(23, "float4e2m1", "float4e2m1", 4),
    FLOAT8E8M0(24, "float8e8m0", "float8e8m0", 8),
    UINT2(25, "uint2", "uint2", 2),
    INT2(26, "int2", "int2", 2),
    FLOAT6E2M3(27, "float6e2m3", "float6e2m3", 6),
    FLOAT6E3M2(28, "float6e3m2", "float6e3m2", 6);

    private static final Map<Integer, DataType> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DataType::code, Function.identity()));
    private static final Map<String, DataType> BY_ONNX_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DataType::onnxName, Function.identity()));
    private static final Map<String, DataType> BY_NUMPY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DataType::numpyName, Function.identity()));

    private final int code;
    private final String onnxName;
    private final String numpyName;
    private final int bits;

    DataType(int code, String onnxName, String numpyName, int bits) {
        this.code = code;
        this.onnxName = onnxName;
        this.numpyName = numpyName;
        this.bits = bits;
    }

    /** The number in {@code TensorProto.DataType}. */
    public int code() {
        return code;
    }

    /** The name in ONNX's text syntax and type constraints, such as {@code float} and {@code double}. */
    public String onnxName() {
        return onnxName;
    }

    /** The name as NumPy has it, such as {@code float32} and {@code float64}. */
    public String numpyName() {
        return numpyName;
    }

    /** The bits of one element; 0 for strings and undefined. */
    public int bits() {
        return bits;
    }

    /**
     * The bytes that {@code count} elements take when packed.
     *
     * @throws ArithmeticException if that does not fit a long
     */
    public long byteLength(long count) {
        return Math.addExact(Math.multiplyExact(count, (long) bits), 7) / 8;
    }

    /** Whether elements are real numbers with a fraction. */
    public boolean isFloatingPoint() {
        return switch (this) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> true;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 -> true;
            case FLOAT6E2M3, FLOAT6E3M2, FLOAT4E2M1 -> true;
            default -> false;
        };
    }

    /** The type with this number in {@code TensorProto.DataType}. */
    public static Optional<DataType> ofCode(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The type with this name in ONNX's text syntax. */
    public static Optional<DataType> ofOnnxName(String name) {
        return Optional.ofNullable(BY_ONNX_NAME.get(name));
    }

    /** The type with this NumPy name. */
    public static Optional<DataType> ofNumpyName(String name) {
        return Optional.ofNullable(BY_NUMPY_NAME.get(name));
    }
}
