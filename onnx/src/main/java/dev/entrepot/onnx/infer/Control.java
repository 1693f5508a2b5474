package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.graph.ValueType.SequenceType;
import dev.entrepot.onnx.graph.ValueType.TensorType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Operators with subgraphs. */
final class Control {

    private static final int ROUNDS_WITH_SHAPES = 2;

    /** Each loop walks its body up to four times, so nothing is followed around loops that are deeper within others. */
    private static final int DEEPEST_FOLLOWED = 3;

    private Control() {}

    /** If: what holds of both branches, or of the one that is taken where the condition is known. */
    static void branch(Application node) {
        Optional<Element> condition = node.element(0).filter(Element.Whole.class::isInstance);
        if (condition.isPresent()) {
            Graph taken = node.walk(condition.get().is(1) ? "then_branch" : "else_branch", List.of());
            giveAll(node, 0, types(taken.outputs()));
            return;
        }
        List<ValueType> then = types(node.walk("then_branch", List.of()).outputs());
        List<ValueType> otherwise = types(node.walk("else_branch", List.of()).outputs());
        giveAll(node, 0, either(then, otherwise));
    }

    /**
     * Loop: the body takes the iteration's number, the condition and the carried values, and makes the condition, the carried values and
     * one element of each scan output.
     */
    static void loop(Application node) {
        List<ValueType> fixed =
                List.of(ValueType.tensor(DataType.INT64, Shape.SCALAR), ValueType.tensor(DataType.BOOL, Shape.SCALAR));
        int carried = Math.max(0, node.inputCount() - 2);
        List<ValueType> initial = inputTypes(node, 2, carried);
        List<ValueType> made = iterate(node, fixed, initial, List.of(), 1);
        for (int i = carried; i < made.size(); i++) {
            made.set(i, stacked(made.get(i), Dim.UNKNOWN, 0));
        }
        giveAll(node, 0, made);
    }

    /** Scan: the body takes the states and a slice of each scan input, and makes the states and slices of the outputs.
     * Before opset 9 it has a batch axis and is left alone. */
    static void scan(Application node) {
        int scanned = Math.toIntExact(node.attributes().intOr("num_scan_inputs", 0));
        int states = node.inputCount() - scanned;
        if (scanned < 0 || states < 0) {
            throw Application.invalid("num_scan_inputs is %s, and there are %s inputs", scanned, node.inputCount());
        }
        if (node.opset() < 9) {
            return;
        }
        long[] axes = node.perAxis("scan_input_axes", scanned, 0);
        List<ValueType> slices = new ArrayList<>();
        Dim length = Dim.UNKNOWN;
        for (int i = 0; i < scanned; i++) {
            Shape whole = node.shape(states + i);
            if (!whole.ranked()) {
                slices.add(Types.withoutShape(node.valueType(states + i)));
                continue;
            }
            int axis = Application.axis(axes[i], whole.rank());
            length = Sizes.same(length, whole.dim(axis), "lengths of scan inputs");
            List<Dim> dims = new ArrayList<>(whole.dims());
            dims.remove(axis);
            slices.add(ValueType.tensor(node.type(states + i), Shape.of(dims)));
        }
        List<ValueType> made = iterate(node, List.of(), inputTypes(node, 0, states), slices, 0);
        long[] outputAxes = node.perAxis("scan_output_axes", Math.max(0, made.size() - states), 0);
        for (int i = states; i < made.size(); i++) {
            made.set(i, stacked(made.get(i), length, outputAxes[i - states]));
        }
        giveAll(node, 0, made);
    }

    /** SequenceMap: the body takes an element of each sequence, and further values as they are; it makes an element of each output. */
    static void sequenceMap(Application node) {
        List<ValueType> inputs = new ArrayList<>();
        for (ValueType type : inputTypes(node, 0, node.inputCount())) {
            inputs.add(type instanceof SequenceType sequence ? sequence.element() : type);
        }
        List<ValueType> made = types(node.walk("body", inputs).outputs());
        giveAll(node, 0, made.stream().<ValueType>map(SequenceType::new).toList());
    }

    /**
     * Walks the body until what is known of the carried values before an iteration also holds after it. What is left is true of every
     * iteration.
     *
     * @param before types of the body's inputs before the carried ones
     * @param initial types of the carried values before the first iteration
     * @param after types of the body's inputs after the carried ones
     * @param skipped how many outputs of the body come before the carried values
     * @return the carried values and the body's outputs after them
     */
    private static List<ValueType> iterate(
            Application node, List<ValueType> before, List<ValueType> initial, List<ValueType> after, int skipped) {
        List<ValueType> carried =
                node.depth() < DEEPEST_FOLLOWED ? initial : Collections.nCopies(initial.size(), ValueType.UNKNOWN);
        for (int round = 0; ; round++) {
            List<ValueType> inputs = new ArrayList<>(before);
            inputs.addAll(carried);
            inputs.addAll(after);
            List<ValueType> outputs = types(node.walk("body", inputs).outputs());
            if (outputs.size() < skipped + initial.size()) {
                throw Application.invalid(
                        "the body has %s outputs, expected at least %s", outputs.size(), skipped + initial.size());
            }
            List<ValueType> made = outputs.subList(skipped, outputs.size());
            List<ValueType> next = either(carried, made.subList(0, carried.size()));
            if (next.equals(carried)) {
                List<ValueType> all = new ArrayList<>(carried);
                all.addAll(made.subList(carried.size(), made.size()));
                return all;
            }
            carried = round < ROUNDS_WITH_SHAPES
                    ? next
                    : next.stream().map(Types::withoutShape).toList();
        }
    }

    private static List<ValueType> either(List<ValueType> a, List<ValueType> b) {
        if (a.size() != b.size()) {
            throw Application.invalid("the branches have %s and %s outputs", a.size(), b.size());
        }
        List<ValueType> both = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            both.add(Types.either(a.get(i), b.get(i)));
        }
        return both;
    }

    private static ValueType stacked(ValueType slice, Dim length, long axis) {
        if (!(slice instanceof TensorType tensor) || !tensor.shape().ranked()) {
            return Types.withoutShape(slice);
        }
        List<Dim> dims = new ArrayList<>(tensor.shape().dims());
        dims.add(Application.axis(axis, dims.size() + 1), length);
        return ValueType.tensor(tensor.type(), Shape.of(dims));
    }

    private static List<ValueType> inputTypes(Application node, int from, int count) {
        List<ValueType> types = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            types.add(node.valueType(i));
        }
        return types;
    }

    private static List<ValueType> types(List<Value> values) {
        return values.stream().map(Value::type).toList();
    }

    private static void giveAll(Application node, int from, List<ValueType> types) {
        for (int i = 0; i < types.size(); i++) {
            node.give(from + i, types.get(i));
        }
    }
}
