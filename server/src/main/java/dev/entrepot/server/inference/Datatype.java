package dev.entrepot.server.inference;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.tensor.DataType;
import java.util.Arrays;
import java.util.Locale;

/** The protocol's element types. Source: inference_rest.md, "Tensor Data Types"; BF16 is of KServe's and Triton's copies. */
enum Datatype {
    BOOL(DataType.BOOL),
    UINT8(DataType.UINT8),
    UINT16(DataType.UINT16),
    UINT32(DataType.UINT32),
    UINT64(DataType.UINT64),
    INT8(DataType.INT8),
    INT16(DataType.INT16),
    INT32(DataType.INT32),
    INT64(DataType.INT64),
    FP16(DataType.FLOAT16),
    BF16(DataType.BFLOAT16),
    FP32(DataType.FLOAT),
    FP64(DataType.DOUBLE),
    BYTES(DataType.STRING);

    private final DataType onnx;

    Datatype(DataType onnx) {
        this.onnx = onnx;
    }

    /** ONNX's type. */
    DataType onnx() {
        return onnx;
    }

    /** The bytes of an element; 0 for {@link #BYTES}. */
    int size() {
        return onnx.bits() / 8;
    }

    /** The type of this name. */
    static Datatype parse(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Kind.BAD_REQUEST, "datatype \"" + name + "\" is not one of " + Arrays.toString(values())));
    }

    /** How the protocol calls an ONNX type; ONNX's own name where it does not know it. */
    static String nameOf(DataType type) {
        return Arrays.stream(values())
                .filter(known -> known.onnx == type)
                .findFirst()
                .map(Datatype::name)
                .orElseGet(() -> type.onnxName().toUpperCase(Locale.ROOT));
    }

    /** The protocol's type of an output. */
    static Datatype of(DataType type) {
        return Arrays.stream(values())
                .filter(known -> known.onnx == type)
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(Kind.BAD_REQUEST, "the protocol has no datatype for " + type.numpyName()));
    }
}
