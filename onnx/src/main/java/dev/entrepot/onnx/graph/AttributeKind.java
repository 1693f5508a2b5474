package dev.entrepot.onnx.graph;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of attribute values, less sparse tensors. Source: ONNX {@code AttributeProto.AttributeType}. */
public enum AttributeKind {
    FLOAT(1, Attribute.FloatValue.class),
    INT(2, Attribute.IntValue.class),
    STRING(3, Attribute.StringValue.class),
    TENSOR(4, Attribute.TensorValue.class),
    GRAPH(5, Attribute.GraphValue.class),
    FLOATS(6, Attribute.FloatsValue.class),
    INTS(7, Attribute.IntsValue.class),
    STRINGS(8, Attribute.StringsValue.class),
    TENSORS(9, Attribute.TensorsValue.class),
    GRAPHS(10, Attribute.GraphsValue.class),
    TYPE_PROTO(13, Attribute.TypeValue.class),
    TYPE_PROTOS(14, Attribute.TypesValue.class);

    private final int code;
    private final Class<? extends Attribute> record;

    AttributeKind(int code, Class<? extends Attribute> record) {
        this.code = code;
        this.record = record;
    }

    /** The number in {@code AttributeProto.AttributeType}. */
    public int code() {
        return code;
    }

    /** The word in ONNX's text syntax, such as {@code ints}. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether values are lists. */
    public boolean isList() {
        return switch (this) {
            case FLOATS, INTS, STRINGS, TENSORS, GRAPHS, TYPE_PROTOS -> true;
            default -> false;
        };
    }

    /**
     * The kind of an attribute's value.
     *
     * @throws IllegalArgumentException if it is a {@link Attribute.Reference}, which has no value of its own
     */
    public static AttributeKind of(Attribute attribute) {
        return Arrays.stream(values())
                .filter(kind -> kind.record.isInstance(attribute))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("has no value of its own: " + attribute));
    }

    /** The kind with this number. */
    public static Optional<AttributeKind> ofCode(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }

    /** The kind with this word. */
    public static Optional<AttributeKind> ofKeyword(String keyword) {
        return Arrays.stream(values())
                .filter(kind -> kind.keyword().equals(keyword))
                .findFirst();
    }
}
