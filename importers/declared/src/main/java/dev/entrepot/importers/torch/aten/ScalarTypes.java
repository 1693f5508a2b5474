package dev.entrepot.importers.torch.aten;

import dev.entrepot.tensor.DataType;
import java.util.Map;
import java.util.Optional;

/** PyTorch's numbers for element types. Source: torch/headeronly/core/ScalarType.h. */
public final class ScalarTypes {

    /** {@code torch.float32}. */
    public static final long FLOAT = 6;

    /** {@code torch.int64}. */
    public static final long LONG = 4;

    /** {@code torch.bool}. */
    public static final long BOOL = 11;

    private static final Map<Long, DataType> BY_NUMBER = Map.ofEntries(
            Map.entry(0L, DataType.UINT8),
            Map.entry(1L, DataType.INT8),
            Map.entry(2L, DataType.INT16),
            Map.entry(3L, DataType.INT32),
            Map.entry(LONG, DataType.INT64),
            Map.entry(5L, DataType.FLOAT16),
            Map.entry(FLOAT, DataType.FLOAT),
            Map.entry(7L, DataType.DOUBLE),
            Map.entry(9L, DataType.COMPLEX64),
            Map.entry(10L, DataType.COMPLEX128),
            Map.entry(BOOL, DataType.BOOL),
            Map.entry(15L, DataType.BFLOAT16),
            Map.entry(23L, DataType.FLOAT8E5M2),
            Map.entry(24L, DataType.FLOAT8E4M3FN),
            Map.entry(25L, DataType.FLOAT8E5M2FNUZ),
            Map.entry(26L, DataType.FLOAT8E4M3FNUZ),
            Map.entry(27L, DataType.UINT16),
            Map.entry(28L, DataType.UINT32),
            Map.entry(29L, DataType.UINT64));

    private ScalarTypes() {}

    /** The ONNX element type of a number. */
    public static Optional<DataType> dataType(long number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /**
     * The number of an ONNX element type.
     *
     * @throws IllegalArgumentException if PyTorch has no such type
     */
    public static long number(DataType type) {
        return BY_NUMBER.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("PyTorch has no element type " + type.numpyName()));
    }
}
