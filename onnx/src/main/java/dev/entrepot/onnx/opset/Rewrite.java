package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.infer.Contents;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes what stands for a node on the other side of a step. Whatever is added is brought further at once, to where the conversion goes.
 */
final class Rewrite {

    private final ModelConversion conversion;
    private final Block block;
    private final Node node;
    private final long opset;

    /** @param opset the operator set of what is added */
    Rewrite(ModelConversion conversion, Block block, Node node, long opset) {
        this.conversion = conversion;
        this.block = block;
        this.node = node;
        this.opset = opset;
    }

    /** A constant tensor. */
    Value constant(String role, Tensor tensor) {
        return block.constant(fresh(role), tensor);
    }

    /** A constant tensor under the name of the node's output: nothing else stands for the node. */
    void finish(Tensor tensor) {
        block.constant(node.outputs().get(0).name(), tensor);
    }

    /** An int64 vector. */
    Value ints(String role, long... values) {
        return constant(role, Tensor.vector(values));
    }

    /** A scalar of the element type of another value. */
    Value scalarLike(Value like, double value) {
        return constant("constant", Numbers.tensor(dataType(like), Shape.SCALAR, value));
    }

    /** Adds a node with one new output. */
    Value add(String op, Attributes attributes, Value... inputs) {
        return add(op, attributes, ValueType.UNKNOWN, inputs);
    }

    /** Adds a node without attributes. */
    Value add(String op, Value... inputs) {
        return add(op, Attributes.NONE, ValueType.UNKNOWN, inputs);
    }

    /** Adds a node whose output has a type that the rules of inference, which know the house opset, would not find. */
    Value add(String op, Attributes attributes, ValueType type, Value... inputs) {
        Value output = new Value(fresh(op), type);
        add(op, attributes, List.of(inputs), List.of(output));
        return block.typed(output);
    }

    /** Adds a node with these outputs. */
    void add(String op, Attributes attributes, List<Value> inputs, List<Value> outputs) {
        String name = outputs.get(0).name();
        step(Node.of(name, op, inputs, outputs, attributes)
                .withMetadata(node.metadata())
                .withMetadata(node.origin().toMetadata()));
    }

    /** A name for a value yet to be made. */
    Value fresh(Value like) {
        return like.withName(fresh(like.name()));
    }

    /** The node that makes the outputs of the one that is rewritten, under its name. */
    void finish(String op, Attributes attributes, Value... inputs) {
        finish(op, attributes, List.of(inputs), node.outputs());
    }

    /** The node that makes these outputs of the one that is rewritten, under its name. */
    void finish(String op, Attributes attributes, List<Value> inputs, List<Value> outputs) {
        step(new Node(
                node.name(),
                node.domain(),
                op,
                node.overload(),
                withoutTrailing(inputs),
                outputs,
                attributes,
                node.doc(),
                node.metadata()));
    }

    /** The same operator with other attributes. */
    void finish(Attributes attributes) {
        finish(node.op(), attributes, node.inputs(), node.outputs());
    }

    /** The same operator with other attributes and inputs. */
    void finish(Attributes attributes, Value... inputs) {
        finish(node.op(), attributes, List.of(inputs), node.outputs());
    }

    /** The value's tensor, if it is a constant. */
    Optional<Tensor> constantOf(Value value) {
        return block.facts().constant(value);
    }

    /** The value's integers, if they are known. */
    Optional<long[]> longs(Value value) {
        return value.isNone() ? Optional.empty() : block.facts().longs(value);
    }

    /** The value's integers, which the other side needs as an attribute. */
    long[] requireLongs(Value value, String role) {
        return longs(value).orElseThrow(() -> cannot(role + " must be constant, \"" + value.name() + "\" is computed"));
    }

    /** The value's tensor, which the other side needs as an attribute. */
    Tensor requireConstant(Value value, String role) {
        return constantOf(value)
                .orElseThrow(() -> cannot(role + " must be constant, \"" + value.name() + "\" is computed"));
    }

    /** The value's elements, if all are known numbers. */
    Optional<Contents> elements(Value value) {
        return value.isNone() ? Optional.empty() : block.facts().elements(value);
    }

    /** The value's number of dimensions, which must be known. */
    int rank(Value value) {
        Shape shape = shape(value);
        if (!shape.ranked()) {
            throw cannot("the number of dimensions of \"" + value.name() + "\" must be known");
        }
        return shape.rank();
    }

    /** What is known of the value's shape. */
    Shape shape(Value value) {
        return block.typed(value).shape();
    }

    /** The value's shape, all of which must be known. */
    Shape staticShape(Value value) {
        Shape shape = shape(value);
        if (!shape.isStatic()) {
            throw cannot("the shape of \"" + value.name() + "\" must be known, it is " + shape);
        }
        return shape;
    }

    /** The value's element type, which must be known. */
    DataType dataType(Value value) {
        DataType type = block.typed(value).dataType();
        if (type == DataType.UNDEFINED) {
            throw cannot("the element type of \"" + value.name() + "\" must be known");
        }
        return type;
    }

    /** Whether anything uses the node's output at {@code index}. */
    boolean isUsed(int index) {
        return index < node.outputs().size()
                && conversion.isUsed(node.outputs().get(index).name());
    }

    /** An axis of a value counted from the front. */
    long axis(long axis, Value value) {
        return axis < 0 ? axis + rank(value) : axis;
    }

    /** That the node means something that the other side cannot say. */
    NotExpressibleException cannot(String reason) {
        return new NotExpressibleException(reason);
    }

    private void step(Node next) {
        conversion.take(next, opset, block);
    }

    private String fresh(String role) {
        String base = node.name().isEmpty() ? node.outputs().get(0).name() : node.name();
        return conversion.freshName(role.startsWith(base) ? role : base + "/" + role);
    }

    static List<Value> withoutTrailing(List<Value> values) {
        List<Value> shorter = new ArrayList<>(values);
        while (!shorter.isEmpty() && shorter.get(shorter.size() - 1).isNone()) {
            shorter.remove(shorter.size() - 1);
        }
        return shorter;
    }
}
