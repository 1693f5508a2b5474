package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A node while a rule infers its outputs: what is known of the inputs, and what the rule found of the outputs. */
final class Application {

    private final Node node;
    private final Facts facts;
    private final Walk walk;
    private final List<Value> outputs;
    private Attributes attributes;

    Application(Node node, Facts facts, Walk walk) {
        this.node = node;
        this.facts = facts;
        this.walk = walk;
        this.outputs = new ArrayList<>(node.outputs());
        this.attributes = node.attributes();
    }

    /** The node with the types found. */
    Node result() {
        return node.with(attributes).with(node.inputs(), outputs);
    }

    Node node() {
        return node;
    }

    /** How many graphs and functions are around the node's graph. */
    int depth() {
        return walk.depth();
    }

    /** The version of the ai.onnx operators that the node is of. */
    long opset() {
        return walk.opset();
    }

    Attributes attributes() {
        return node.attributes();
    }

    int inputCount() {
        return node.inputs().size();
    }

    int outputCount() {
        return outputs.size();
    }

    /** Whether the input is given. */
    boolean has(int input) {
        return !node.input(input).isNone();
    }

    boolean wants(int output) {
        return output < outputs.size() && !outputs.get(output).isNone();
    }

    /** The input's shape; that of its contents, where they are known, whatever else is said of it. */
    Shape shape(int input) {
        return contents(input)
                .map(Contents::shape)
                .orElseGet(() -> node.input(input).shape());
    }

    DataType type(int input) {
        return node.input(input).dataType();
    }

    ValueType valueType(int input) {
        return node.input(input).type();
    }

    /** Whether the input's rank is known. */
    boolean ranked(int input) {
        return shape(input).ranked();
    }

    /** The input's dimension at an axis from the front; unknown if its rank is, or has no such axis. */
    Dim dim(int input, int axis) {
        return ranked(input) && axis < shape(input).rank() ? shape(input).dim(axis) : Dim.UNKNOWN;
    }

    /** @throws InvalidNodeException if one of the values is smaller */
    static void expectAtLeast(long least, String name, long... values) {
        if (Arrays.stream(values).anyMatch(value -> value < least)) {
            throw invalid("%s %s must each be at least %s", name, Arrays.toString(values), least);
        }
    }

    /** @throws InvalidNodeException if the input's rank is known and another */
    void expectRank(int input, int rank, String name) {
        if (has(input) && ranked(input) && shape(input).rank() != rank) {
            throw invalid("%s has shape %s, expected %s dimensions", name, shape(input), rank);
        }
    }

    /** Many writers give a vector of one element where ONNX says scalar, and ONNX Runtime takes it. */
    void expectOneElement(int input, String name) {
        if (has(input)
                && shape(input).isStatic()
                && !Sizes.isOne(Sizes.product(shape(input).dims()))) {
            throw invalid("%s has shape %s, expected one element", name, shape(input));
        }
    }

    /** @throws InvalidNodeException if the input's rank is known and smaller */
    void expectRankAtLeast(int input, int rank, String name) {
        if (ranked(input) && shape(input).rank() < rank) {
            throw invalid("%s has shape %s, expected at least %s dimensions", name, shape(input), rank);
        }
    }

    /** The elements of a small input, if anything is known of them. */
    Optional<Contents> contents(int input) {
        return has(input) ? facts.elements(node.input(input)) : Optional.empty();
    }

    /** The element of an input that has only one, if anything is known of it. */
    Optional<Element> element(int input) {
        return contents(input)
                .filter(known -> known.elements().size() == 1)
                .map(known -> known.elements().get(0));
    }

    /** The elements of a small integer input, if all are known. */
    Optional<long[]> longs(int input) {
        return contents(input).flatMap(Contents::longs);
    }

    /** The elements of a small floating-point input, if all are known. */
    Optional<double[]> reals(int input) {
        return contents(input)
                .filter(known -> known.elements().stream().allMatch(Element.Real.class::isInstance))
                .map(known -> known.elements().stream()
                        .mapToDouble(element -> ((Element.Real) element).value())
                        .toArray());
    }

    /** A list of floats, if present. */
    Optional<double[]> floats(String attribute) {
        return attributes().get(attribute).orElse(null) instanceof Attribute.FloatsValue found
                ? Optional.of(
                        found.values().stream().mapToDouble(Float::doubleValue).toArray())
                : Optional.empty();
    }

    /** A list of ints that is an attribute in older opsets and an input in newer ones; empty if given but not known. */
    Optional<long[]> ints(String attribute, int input) {
        Optional<List<Long>> given = attributes().ints(attribute);
        return given.isPresent() ? given.map(Application::array) : longs(input);
    }

    /** A list of ints, or the default. */
    long[] intsOr(String attribute, long... absent) {
        return attributes().ints(attribute).map(Application::array).orElse(absent);
    }

    /** A list of ints with one value for each axis, or the default for each. */
    long[] perAxis(String attribute, int count, long absent) {
        long[] values = attributes().ints(attribute).map(Application::array).orElseGet(() -> {
            long[] filled = new long[count];
            Arrays.fill(filled, absent);
            return filled;
        });
        if (values.length != count) {
            throw invalid("%s has %s values %s, expected %s", attribute, values.length, Arrays.toString(values), count);
        }
        return values;
    }

    /** An element type given by its number, or the default. */
    DataType typeAttribute(String attribute, DataType absent) {
        Optional<Attribute> given = attributes().get(attribute);
        if (given.isPresent() && given.get() instanceof Attribute.StringValue name) {
            return DataType.ofOnnxName(name.value().toLowerCase(Locale.ROOT)).orElse(DataType.UNDEFINED);
        }
        long code = attributes().intOr(attribute, absent.code());
        return DataType.ofCode(code < 0 || code > 1000 ? -1 : (int) code)
                .orElseThrow(() -> invalid("%s is %s, which is no element type", attribute, code));
    }

    /** An axis counted from the front. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw invalid("axis %s is outside of a tensor of %s dimensions", axis, rank);
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Axes counted from the front; one that is named twice counts once. */
    static List<Integer> axes(long[] axes, int rank) {
        return Arrays.stream(axes).mapToObj(axis -> axis(axis, rank)).distinct().toList();
    }

    /** Axes counted from the front, none twice. */
    static List<Integer> distinctAxes(long[] axes, int rank) {
        List<Integer> found = axes(axes, rank);
        if (found.size() != axes.length) {
            throw invalid("axes %s name an axis twice", Arrays.toString(axes));
        }
        return found;
    }

    /**
     * Walks the subgraph in an attribute, given what is known of its inputs.
     *
     * @throws InvalidNodeException if there is none, or a node in it contradicts its operator
     */
    Graph walk(String attribute, List<ValueType> inputs) {
        Graph graph =
                node.attributes().graph(attribute).orElseThrow(() -> invalid("attribute %s is missing", attribute));
        Graph walked = walk.inner(graph, inputs, facts);
        attributes = attributes.with(attribute, walked);
        return walked;
    }

    /** The first output is a tensor of the first input's element type. */
    void give(Shape shape) {
        give(0, type(0), shape);
    }

    /** The first output is a tensor. */
    void give(DataType type, Shape shape) {
        give(0, type, shape);
    }

    /** An output is a tensor. */
    void give(int output, DataType type, Shape shape) {
        give(output, ValueType.tensor(type, shape));
    }

    /** An output is of this type. */
    void give(int output, ValueType type) {
        if (wants(output)) {
            Value declared = node.outputs().get(output);
            outputs.set(output, declared.withType(Types.refined(type, declared.type())));
        }
    }

    /** The first output is this tensor. */
    void isConstant(Tensor tensor) {
        give(tensor.type(), tensor.shape());
        if (wants(0)) {
            facts.constant(outputs.get(0).name(), tensor);
        }
    }

    /** The first output has these elements. */
    void learn(Contents elements) {
        learn(0, elements);
    }

    /** An output, whose type is given already, has these elements. */
    void learn(int output, Contents elements) {
        if (!wants(output)) {
            return;
        }
        DataType type = outputs.get(output).dataType();
        facts.learn(outputs.get(output).name(), elements.mapped(element -> fitting(type, element)));
    }

    static InvalidNodeException invalid(String message, Object... values) {
        return new InvalidNodeException(message.formatted(values));
    }

    /** Sums, products and so on are computed in 64 bits; what the type cannot hold is not known. */
    private static Element fitting(DataType type, Element element) {
        if (element instanceof Element.Real real) {
            return switch (type) {
                case FLOAT -> new Element.Real((float) real.value());
                case DOUBLE -> element;
                default -> Element.UNKNOWN;
            };
        }
        if (type == DataType.INT64 || !(element instanceof Element.Whole whole)) {
            return element;
        }
        boolean fits = switch (type) {
            case INT32 -> whole.value() == (int) whole.value();
            case INT16 -> whole.value() == (short) whole.value();
            case INT8 -> whole.value() == (byte) whole.value();
            case UINT8 -> whole.value() == (whole.value() & 0xff);
            case UINT16 -> whole.value() == (whole.value() & 0xffff);
            case UINT32 -> whole.value() == (whole.value() & 0xffff_ffffL);
            case BOOL -> whole.value() == (whole.value() & 1);
            default -> false;
        };
        return fits ? element : Element.UNKNOWN;
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
