package dev.entrepot.validator.run;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the tensors of a model's file whose elements lie outside of it.
 *
 * <p>ONNX Runtime would look for them in the process's working directory, so every one must be handed over in memory, and only initializers
 * of the main graph can be. Source: onnx.proto; onnxruntime core/framework/tensorprotoutils.cc.
 */
final class OutsideTensors {

    private static final int DEEPEST = 100;
    private static final int LENGTH_DELIMITED = 2;
    private static final int NAME = 8;
    private static final int DATA_LOCATION = 14;
    private static final int LONGEST_NAME = 1 << 10;

    /** The kinds of message that can hold a tensor, with the fields to follow. */
    private enum Kind {
        MODEL,
        MAIN_GRAPH,
        GRAPH,
        NODE,
        ATTRIBUTE,
        FUNCTION,
        SPARSE,
        TRAINING,
        TENSOR,
        INITIALIZER
    }

    private static final Map<Kind, Map<Integer, Kind>> FIELDS = Map.of(
            Kind.MODEL, Map.of(7, Kind.MAIN_GRAPH, 20, Kind.TRAINING, 25, Kind.FUNCTION),
            Kind.MAIN_GRAPH, Map.of(1, Kind.NODE, 5, Kind.INITIALIZER, 15, Kind.SPARSE),
            Kind.GRAPH, Map.of(1, Kind.NODE, 5, Kind.TENSOR, 15, Kind.SPARSE),
            Kind.NODE, Map.of(5, Kind.ATTRIBUTE),
            Kind.ATTRIBUTE,
                    Map.of(
                            5,
                            Kind.TENSOR,
                            6,
                            Kind.GRAPH,
                            10,
                            Kind.TENSOR,
                            11,
                            Kind.GRAPH,
                            22,
                            Kind.SPARSE,
                            23,
                            Kind.SPARSE),
            Kind.FUNCTION, Map.of(7, Kind.NODE, 11, Kind.ATTRIBUTE),
            Kind.SPARSE, Map.of(1, Kind.TENSOR, 2, Kind.TENSOR),
            Kind.TRAINING, Map.of(1, Kind.GRAPH, 2, Kind.GRAPH),
            Kind.TENSOR, Map.of(),
            Kind.INITIALIZER, Map.of());

    private final Set<String> initializers = new LinkedHashSet<>();

    private OutsideTensors() {}

    /**
     * The names of the main graph's initializers that lie outside.
     *
     * @throws ModelException (unsupported) if any other tensor does
     */
    static Set<String> of(ByteSource model) {
        OutsideTensors found = new OutsideTensors();
        found.walk(Kind.MODEL, model, 0);
        return found.initializers;
    }

    private void walk(Kind kind, ByteSource message, int depth) {
        if (depth > DEEPEST) {
            throw ModelException.limitExceeded(message.at(0), "message", "is nested deeper than " + DEEPEST);
        }
        Map<Integer, Kind> children = FIELDS.getOrDefault(kind, Map.of());
        boolean tensor = kind == Kind.TENSOR || kind == Kind.INITIALIZER;
        String name = "";
        boolean outside = false;
        ByteReader reader = new ByteReader(message);
        while (!reader.atEnd()) {
            long key = reader.varint();
            int field = (int) (key >>> 3);
            Kind child = children.get(field);
            if ((key & 7) != LENGTH_DELIMITED) {
                long value = scalar(reader, (int) (key & 7));
                outside = tensor && field == DATA_LOCATION ? value == 1 : outside;
            } else if (child != null) {
                walk(child, reader.slice(reader.varint()), depth + 1);
            } else if (tensor && field == NAME) {
                name = reader.utf8(reader.varint(), LONGEST_NAME);
            } else {
                reader.skip(reader.varint());
            }
        }
        if (outside) {
            note(kind, name, message);
        }
    }

    private void note(Kind kind, String name, ByteSource message) {
        if (kind != Kind.INITIALIZER) {
            throw ModelException.unsupported(
                    message.at(0),
                    "tensor \"" + name + "\"",
                    "lies in another file, which only initializers of the main graph may");
        }
        initializers.add(name);
    }

    private static long scalar(ByteReader reader, int wireType) {
        return switch (wireType) {
            case 0 -> reader.varint();
            case 1 -> reader.i64();
            case 5 -> reader.i32();
            default -> throw ModelException.malformed(reader.here(), "field", "has the unknown wire type " + wireType);
        };
    }
}
