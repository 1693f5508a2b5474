package dev.entrepot.formats.torch;

import dev.entrepot.tensor.DataType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * PyTorch's element types. Source: c10/core/ScalarType.h; torch/_export/serde/schema.py, ScalarType.
 */
public enum TorchDtype {
    FLOAT32("float32", "Float", DataType.FLOAT, 4, 7),
    FLOAT64("float64", "Double", DataType.DOUBLE, 8, 8),
    FLOAT16("float16", "Half", DataType.FLOAT16, 2, 6),
    BFLOAT16("bfloat16", "BFloat16", DataType.BFLOAT16, 2, 13),
    UINT8("uint8", "Byte", DataType.UINT8, 1, 1),
    INT8("int8", "Char", DataType.INT8, 1, 2),
    INT16("int16", "Short", DataType.INT16, 2, 3),
    INT32("int32", "Int", DataType.INT32, 4, 4),
    INT64("int64", "Long", DataType.INT64, 8, 5),
    BOOL("bool", "Bool", DataType.BOOL, 1, 12),
    COMPLEX32("complex32", "ComplexHalf", DataType.UNDEFINED, 4, 9),
    COMPLEX64("complex64", "ComplexFloat", DataType.COMPLEX64, 8, 10),
    COMPLEX128("complex128", "ComplexDouble", DataType.COMPLEX128, 16, 11),
    UINT16("uint16", "UInt16", DataType.UINT16, 2, 28),
    UINT32("uint32", "UInt32", DataType.UINT32, 4, 34),
    UINT64("uint64", "UInt64", DataType.UINT64, 8, 35),
    FLOAT8_E4M3FN("float8_e4m3fn", "Float8_e4m3fn", DataType.FLOAT8E4M3FN, 1, 29),
    FLOAT8_E5M2("float8_e5m2", "Float8_e5m2", DataType.FLOAT8E5M2, 1, 30),
    FLOAT8_E4M3FNUZ("float8_e4m3fnuz", "Float8_e4m3fnuz", DataType.FLOAT8E4M3FNUZ, 1, 31),
    FLOAT8_E5M2FNUZ("float8_e5m2fnuz", "Float8_e5m2fnuz", DataType.FLOAT8E5M2FNUZ, 1, 32),
    FLOAT8_E8M0FNU("float8_e8m0fnu", "Float8_e8m0fnu", DataType.UNDEFINED, 1, 33),
    FLOAT4_E2M1FN_X2("float4_e2m1fn_x2", "Float4_e2m1fn_x2", DataType.UNDEFINED, 1, 0),
    QINT8("qint8", "QInt8", DataType.INT8, 1, 0),
    QUINT8("quint8", "QUInt8", DataType.UINT8, 1, 0),
    QINT32("qint32", "QInt32", DataType.INT32, 4, 0),
    QUINT4X2("quint4x2", "QUInt4x2", DataType.UNDEFINED, 1, 0),
    QUINT2X4("quint2x4", "QUInt2x4", DataType.UNDEFINED, 1, 0);

    private static final Map<String, TorchDtype> BY_STORAGE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TorchDtype::storageName, Function.identity()));
    private static final Map<String, TorchDtype> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TorchDtype::torchName, Function.identity()));

    private final String torchName;
    private final String storageName;
    private final DataType dataType;
    private final int itemBytes;
    private final int exportNumber;

    TorchDtype(String torchName, String storageName, DataType dataType, int itemBytes, int exportNumber) {
        this.torchName = torchName;
        this.storageName = storageName;
        this.dataType = dataType;
        this.itemBytes = itemBytes;
        this.exportNumber = exportNumber;
    }

    /** The name behind {@code torch.}. */
    public String torchName() {
        return torchName;
    }

    /** The name before {@code Storage}. */
    String storageName() {
        return storageName;
    }

    /** The ONNX type of the elements as they are stored, {@link DataType#UNDEFINED} where ONNX has none. */
    public DataType dataType() {
        return dataType;
    }

    /** The bytes of one element in a storage. */
    public int itemBytes() {
        return itemBytes;
    }

    /** Whether the elements stand for scaled numbers. */
    public boolean isQuantized() {
        return storageName.startsWith("Q");
    }

    /** The type with this name behind {@code torch.}; the older names are known as well. */
    static Optional<TorchDtype> ofTorchName(String name) {
        return Optional.ofNullable(BY_NAME.get(
                switch (name) {
                    case "float" -> "float32";
                    case "double" -> "float64";
                    case "half" -> "float16";
                    case "short" -> "int16";
                    case "int" -> "int32";
                    case "long" -> "int64";
                    case "cfloat" -> "complex64";
                    case "cdouble" -> "complex128";
                    default -> name;
                }));
    }

    /** The type whose plain elements are of this ONNX type. */
    static TorchDtype of(DataType type) {
        return Arrays.stream(values())
                .filter(dtype -> dtype.dataType == type || type == DataType.FLOAT4E2M1 && dtype == FLOAT4_E2M1FN_X2)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("PyTorch has no element type " + type.numpyName()));
    }

    /** The type with this name before {@code Storage} or {@code Tensor}. */
    static Optional<TorchDtype> ofStorageName(String name) {
        return Optional.ofNullable(BY_STORAGE.get(name));
    }

    /** The type with this number in exported programs. */
    public static Optional<TorchDtype> ofExportNumber(long number) {
        return number == 0
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(dtype -> dtype.exportNumber == number)
                        .findFirst();
    }

    /** The bytes that are reversed together where a file is big-endian. */
    int swapUnit() {
        return switch (this) {
            case COMPLEX32, COMPLEX64, COMPLEX128 -> itemBytes / 2;
            default -> itemBytes;
        };
    }
}
