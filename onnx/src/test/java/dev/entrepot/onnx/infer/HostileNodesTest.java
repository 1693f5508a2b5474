package dev.entrepot.onnx.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.graph.ValueType.OptionalType;
import dev.entrepot.onnx.graph.ValueType.SequenceType;
import dev.entrepot.onnx.schema.AttributeSchema;
import dev.entrepot.onnx.schema.Operator;
import dev.entrepot.onnx.schema.Operators;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a node holds, it is inferred or refused in words: nothing else is thrown and no memory is taken for its sizes. */
class HostileNodesTest {

    private static final int NODES_OF_EACH_OPERATOR = 300;
    private static final long[] NUMBERS = {
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        5,
        7,
        -1,
        -2,
        -3,
        1L << 20,
        1L << 31,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Integer.MIN_VALUE
    };
    private static final DataType[] TYPES = DataType.values();

    private final Random random = new Random(20);

    @Test
    void no_node_makes_inference_fail_otherwise_than_in_words() {
        List<String> failures = new ArrayList<>();
        for (String op : Inference.operators()) {
            for (int i = 0; i < NODES_OF_EACH_OPERATOR; i++) {
                Facts facts = new Facts();
                Node node = node(op, facts);
                try {
                    Inference.infer(node, facts);
                } catch (InvalidNodeException expected) {
                    assertThat(expected.reason()).isNotEmpty();
                } catch (RuntimeException | Error e) {
                    failures.add(e + place(e) + " for " + node.op() + " " + node.inputs() + node.attributes());
                }
            }
        }
        assertThat(failures).as("seed 20").isEmpty();
    }

    private static String place(Throwable e) {
        return Arrays.stream(e.getStackTrace())
                .filter(frame -> frame.getClassName().contains(".infer."))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }

    private Node node(String op, Facts facts) {
        List<Value> inputs = new ArrayList<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            inputs.add(input("i" + i, facts));
        }
        List<Value> outputs = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            outputs.add(random.nextInt(5) == 0 ? Value.NONE : Value.NONE.withName("o" + i));
        }
        return Node.of("", op, inputs, outputs, attributes(op));
    }

    private Value input(String name, Facts facts) {
        if (random.nextInt(3) == 0) {
            facts.constant(name, tensor());
            return new Value(name, random.nextBoolean() ? ValueType.UNKNOWN : tensorType());
        }
        return switch (random.nextInt(12)) {
            case 0 -> Value.NONE;
            case 1 -> new Value(name, ValueType.UNKNOWN);
            case 2 -> new Value(name, new SequenceType(tensorType()));
            case 3 -> new Value(name, new OptionalType(tensorType()));
            default -> new Value(name, tensorType());
        };
    }

    private ValueType tensorType() {
        Shape shape = random.nextInt(8) == 0 ? Shape.UNRANKED : Shape.of(dims());
        return ValueType.tensor(TYPES[random.nextInt(TYPES.length)], shape);
    }

    private List<Dim> dims() {
        List<Dim> dims = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            long number = number();
            dims.add(number >= 0 ? Dim.of(number) : number == -1 ? Dim.UNKNOWN : Dim.of("N" + random.nextInt(2)));
        }
        return dims;
    }

    private Tensor tensor() {
        int count = random.nextInt(5);
        Shape shape = switch (random.nextInt(3)) {
            case 0 -> Shape.of(count, 1);
            case 1 -> count == 1 ? Shape.SCALAR : Shape.of(1, count);
            default -> Shape.of(count);
        };
        if (random.nextInt(4) == 0) {
            float[] floats = new float[count];
            for (int i = 0; i < count; i++) {
                floats[i] = new float[] {0, 0.5f, 1, -2, Float.NaN, Float.POSITIVE_INFINITY, 1e30f}[random.nextInt(7)];
            }
            return Tensor.of(shape, floats);
        }
        return Tensor.of(shape, longs(count));
    }

    private Attributes attributes(String op) {
        Attributes attributes = Attributes.NONE;
        for (Operator version : Operators.onnx().history("", op)) {
            for (AttributeSchema schema : version.attributes()) {
                if (random.nextInt(3) > 0) {
                    attributes = attributes.with(schema.name(), attribute(schema));
                }
            }
        }
        return attributes;
    }

    private Attribute attribute(AttributeSchema schema) {
        return switch (schema.type()) {
            case FLOAT -> new Attribute.FloatValue(number());
            case INT -> new Attribute.IntValue(number());
            case STRING -> new Attribute.StringValue(string());
            case FLOATS -> new Attribute.FloatsValue(List.of((float) number(), 0.5f, Float.NaN));
            case TENSOR -> new Attribute.TensorValue(tensor());
            case GRAPH -> new Attribute.GraphValue(body());
            case STRINGS -> new Attribute.StringsValue(List.of("a"));
            case TYPE_PROTO -> new Attribute.TypeValue(tensorType());
            default ->
                new Attribute.IntsValue(
                        Arrays.stream(longs(random.nextInt(5))).boxed().toList());
        };
    }

    private String string() {
        String[] words = {
            "",
            "SAME_UPPER",
            "VALID",
            "bidirectional",
            "not_larger",
            "ij,jk->ik",
            "...i,i...",
            "i->",
            "->",
            ",,",
            "none"
        };
        return words[random.nextInt(words.length)];
    }

    private Graph body() {
        List<Value> inputs = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            inputs.add(new Value("b" + i, tensorType()));
        }
        Node node = Node.of(
                "",
                "Add",
                List.of(Value.NONE.withName("b1"), Value.NONE.withName("i0")),
                List.of(Value.NONE.withName("c")),
                Attributes.NONE);
        List<Value> outputs = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            outputs.add(Value.NONE.withName(i == 1 ? "c" : "b" + i));
        }
        return Graph.of("body", inputs, outputs, List.of(node), Map.of());
    }

    private long[] longs(int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = number();
        }
        return values;
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }
}
