package dev.entrepot.onnx.io;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.io.ProtoFields.AttributeProto;
import java.util.Locale;

/** The kinds of attribute values. Source: ONNX {@code AttributeProto.AttributeType}. */
enum AttributeKind {
    FLOAT(1, AttributeProto.F, Attribute.FloatValue.class),
    INT(2, AttributeProto.I, Attribute.IntValue.class),
    STRING(3, AttributeProto.S, Attribute.StringValue.class),
    TENSOR(4, AttributeProto.T, Attribute.TensorValue.class),
    GRAPH(5, AttributeProto.G, Attribute.GraphValue.class),
    FLOATS(6, AttributeProto.FLOATS, Attribute.FloatsValue.class),
    INTS(7, AttributeProto.INTS, Attribute.IntsValue.class),
    STRINGS(8, AttributeProto.STRINGS, Attribute.StringsValue.class),
    TENSORS(9, AttributeProto.TENSORS, Attribute.TensorsValue.class),
    GRAPHS(10, AttributeProto.GRAPHS, Attribute.GraphsValue.class),
    TYPE_PROTO(13, AttributeProto.TP, Attribute.TypeValue.class),
    TYPE_PROTOS(14, AttributeProto.TYPE_PROTOS, Attribute.TypesValue.class);

    private static final int SPARSE_TENSOR = 11;
    private static final int SPARSE_TENSORS = 12;

    final int code;
    final int field;
    private final Class<? extends Attribute> record;

    AttributeKind(int code, int field, Class<? extends Attribute> record) {
        this.code = code;
        this.field = field;
        this.record = record;
    }

    /** The word for it in ONNX's text syntax. */
    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AttributeKind ofCode(int code, Message where) {
        for (AttributeKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        if (code == SPARSE_TENSOR || code == SPARSE_TENSORS) {
            throw where.unsupported("is a sparse tensor; only dense ones are supported");
        }
        throw where.malformed("has the attribute type " + code + ", which is not known");
    }

    static AttributeKind of(Attribute attribute) {
        for (AttributeKind kind : values()) {
            if (kind.record.isInstance(attribute)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of value: " + attribute);
    }

    /** The code of a keyword of ONNX's text syntax; 0 for any other word. */
    static int codeOf(String keyword) {
        for (AttributeKind kind : values()) {
            if (kind.keyword().equals(keyword)) {
                return kind.code;
            }
        }
        return 0;
    }
}
