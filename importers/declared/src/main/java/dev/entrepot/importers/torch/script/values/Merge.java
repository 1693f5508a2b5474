package dev.entrepot.importers.torch.script.values;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.DictValue;
import dev.entrepot.importers.torch.aten.IValue.ListValue;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.values.Journal.Contents;
import dev.entrepot.importers.torch.script.values.ScriptValue.Maybe;
import dev.entrepot.importers.torch.script.values.ScriptValue.NamedTuple;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.SequenceValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.Uninitialized;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes one value of what two branches give. Where they differ, both give an output, of which the graph chooses one when it runs.
 *
 * <p>A merged value is told as a function of the outputs, which are there once all values are merged and the node is made.
 */
public final class Merge {

    /**
     * One of the branches.
     *
     * @param builder its subgraph
     * @param snapshot what its values held at its end
     */
    public record Side(GraphBuilder builder, Snapshot snapshot) {}

    /** What the branches answer together, given the node's outputs. */
    public interface Merged extends Function<List<Value>, IValue> {}

    /** Stands for whatever fits: this side is never looked at. */
    private static final IValue ANYTHING =
            new Uninitialized(new dev.entrepot.formats.torch.script.Expression.NoneLiteral(
                    dev.entrepot.bytes.SourceLocation.file("code")));

    private final TorchGraph graph;
    private final Side left;
    private final Side right;
    private final List<Value> leftOutputs = new ArrayList<>();
    private final List<Value> rightOutputs = new ArrayList<>();
    private final Map<List<Object>, Merged> known = new LinkedHashMap<>();

    /** The merge of two branches that were walked. */
    public Merge(TorchGraph graph, Side left, Side right) {
        this.graph = graph;
        this.left = left;
        this.right = right;
    }

    /** What the left branch gives, in order; part of its subgraph. */
    public List<Value> leftOutputs() {
        return leftOutputs;
    }

    /** What the right branch gives. */
    public List<Value> rightOutputs() {
        return rightOutputs;
    }

    /**
     * One value of two.
     *
     * @param what the variable, for messages
     */
    public Merged of(String what, IValue a, IValue b) {
        List<Object> pair = List.of(new Identity(a), new Identity(b));
        Merged before = known.get(pair);
        if (before != null) {
            return before;
        }
        Merged merged = merged(what, a, b);
        Merged once = remembered(merged);
        known.put(pair, once);
        return once;
    }

    /** One object however often it is asked for. */
    private static Merged remembered(Merged merged) {
        List<IValue> made = new ArrayList<>();
        return outputs -> {
            if (made.isEmpty()) {
                made.add(merged.apply(outputs));
            }
            return made.get(0);
        };
    }

    private record Identity(Object object) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity that && that.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    private Merged merged(String what, IValue a, IValue b) {
        if (a == b && !(a instanceof TensorRef tensor && differs(tensor))) {
            return outputs -> a;
        }
        if (a instanceof Uninitialized && b instanceof Uninitialized) {
            return outputs -> a;
        }
        if (a instanceof Uninitialized && a != ANYTHING) {
            return of(what, ANYTHING, b);
        }
        if (b instanceof Uninitialized && b != ANYTHING) {
            return of(what, a, ANYTHING);
        }
        if (isTensor(a) && isTensor(b)) {
            return tensors(what, a, b);
        }
        if (isNumber(a) && isNumber(b)) {
            return a.equals(b) ? outputs -> a : numbers(a, b);
        }
        if (a instanceof IValue.None || b instanceof IValue.None || a instanceof Maybe || b instanceof Maybe) {
            return optional(what, a, b);
        }
        if (a instanceof SequenceValue || b instanceof SequenceValue) {
            return sequences(what, a, b);
        }
        return containers(what, a, b);
    }

    private boolean differs(TensorRef tensor) {
        return !left.snapshot.of(tensor).equals(right.snapshot.of(tensor));
    }

    private static boolean isTensor(IValue value) {
        return value instanceof TensorRef || value == ANYTHING;
    }

    private static boolean isNumber(IValue value) {
        return value.isNumber() || value == ANYTHING;
    }

    // --- leaves

    private Merged tensors(String what, IValue a, IValue b) {
        Value like = a instanceof TensorRef tensor ? left.snapshot.of(tensor) : right.snapshot.of((TensorRef) b);
        Value first = a instanceof TensorRef ? like : Placeholders.zeros(graph, left.builder, like);
        Value second = b instanceof TensorRef tensor
                ? right.snapshot.of(tensor)
                : Placeholders.zeros(graph, right.builder, like);
        if (first.dataType() != second.dataType()) {
            throw graph.unsupported(
                    "if",
                    "gives \"" + what + "\" as " + first.type() + " or as " + second.type()
                            + ", depending on data; one element type is expected");
        }
        int at = leaf(left, first, right, second);
        return outputs -> graph.tensor(outputs.get(at));
    }

    private Merged numbers(IValue a, IValue b) {
        IValue first = a == ANYTHING ? b : a;
        IValue second = b == ANYTHING ? a : b;
        DataType type = Promotion.common(Promotion.ofNumber(first), Promotion.ofNumber(second));
        int at = leaf(
                left,
                number(left, a == ANYTHING ? Placeholders.zero(type) : a, type),
                right,
                number(right, b == ANYTHING ? Placeholders.zero(type) : b, type));
        return outputs -> graph.item(outputs.get(at));
    }

    private Value number(Side side, IValue value, DataType type) {
        return graph.inside(side.builder, () -> graph.toValue(value, type));
    }

    private int leaf(Side first, Value a, Side second, Value b) {
        leftOutputs.add(graph.inside(first.builder, () -> first.builder.add("Identity", a)));
        rightOutputs.add(graph.inside(second.builder, () -> second.builder.add("Identity", b)));
        return leftOutputs.size() - 1;
    }

    // --- what is made of leaves

    private Merged optional(String what, IValue a, IValue b) {
        IValue valueA = a instanceof Maybe maybe ? maybe.value() : a instanceof IValue.None ? ANYTHING : a;
        IValue valueB = b instanceof Maybe maybe ? maybe.value() : b instanceof IValue.None ? ANYTHING : b;
        if (valueA == ANYTHING && valueB == ANYTHING) {
            return outputs -> IValue.NONE;
        }
        Merged present = of(what, presence(a), presence(b));
        Merged value = of(what, valueA, valueB);
        return outputs -> {
            IValue there = present.apply(outputs);
            return there instanceof IValue.Scalar scalar
                    ? new Maybe(scalar.value(), value.apply(outputs))
                    : value.apply(outputs);
        };
    }

    private static IValue presence(IValue value) {
        return value instanceof Maybe maybe
                ? new IValue.Scalar(maybe.present())
                : IValue.of(!(value instanceof IValue.None));
    }

    private Merged sequences(String what, IValue a, IValue b) {
        int at = leaf(left, sequence(what, left, a, b), right, sequence(what, right, b, a));
        return outputs -> new SequenceValue(outputs.get(at));
    }

    /** A list as a sequence. */
    private Value sequence(String what, Side side, IValue value, IValue other) {
        if (value instanceof SequenceValue list) {
            return ((IValue.Scalar) side.snapshot.contents(list).items().get(0)).value();
        }
        List<Value> items = new ArrayList<>();
        if (value instanceof ListValue list) {
            for (IValue item : side.snapshot.contents(list).items()) {
                if (!(item instanceof TensorRef tensor)) {
                    throw incompatible(what, value, other);
                }
                items.add(side.snapshot.of(tensor));
            }
        } else if (value != ANYTHING) {
            throw incompatible(what, value, other);
        }
        return graph.inside(side.builder, () -> sequence(side.builder, items, other));
    }

    private static Value sequence(GraphBuilder builder, List<Value> items, IValue other) {
        if (!items.isEmpty()) {
            return builder.add("SequenceConstruct", items.toArray(Value[]::new));
        }
        boolean typed = other instanceof SequenceValue list
                && list.sequence().type() instanceof ValueType.SequenceType type
                && type.element() instanceof ValueType.TensorType;
        DataType type = typed
                ? ((ValueType.TensorType) ((ValueType.SequenceType)
                                        ((SequenceValue) other).sequence().type())
                                .element())
                        .type()
                : DataType.FLOAT;
        return builder.add("SequenceEmpty", Attributes.of("dtype", type.code()));
    }

    private Merged containers(String what, IValue a, IValue b) {
        IValue like = a == ANYTHING ? b : a;
        boolean sameSort = a == ANYTHING || b == ANYTHING || a.getClass() == b.getClass();
        if (!sameSort) {
            throw incompatible(what, a, b);
        }
        if (like instanceof ListValue) {
            return items(what, a, b, IValue::list);
        } else if (like instanceof IValue.TupleValue) {
            return items(what, a, b, IValue::tuple);
        } else if (like instanceof NamedTuple tuple) {
            return items(what, a, b, merged -> new NamedTuple(tuple.className(), tuple.names(), merged));
        } else if (like instanceof DictValue) {
            return dict(what, a, b);
        } else if (like instanceof ObjectValue object && object.path().isEmpty()) {
            return object(what, object, a, b);
        } else if (a.equals(b)) {
            return outputs -> a;
        } else if (a == ANYTHING || b == ANYTHING) {
            return outputs -> like;
        }
        throw incompatible(what, a, b);
    }

    private dev.entrepot.bytes.ModelException incompatible(String what, IValue a, IValue b) {
        return graph.unsupported(
                "if",
                "gives \"" + what + "\" as " + shown(a) + " or as " + shown(b)
                        + ", depending on data; give the input's sizes as numbers so that the condition is known");
    }

    private static String shown(IValue value) {
        return ScriptValue.itemsOf(value)
                .map(items -> "a " + value.sort() + " of " + items.size())
                .orElse("a " + value.sort() + " " + value);
    }

    private Merged items(String what, IValue a, IValue b, Function<List<IValue>, IValue> make) {
        List<IValue> first = items(left, a);
        List<IValue> second = items(right, b);
        int size = a == ANYTHING ? second.size() : first.size();
        if (a != ANYTHING && b != ANYTHING && first.size() != second.size()) {
            if (allTensors(first) && allTensors(second) && a instanceof ListValue) {
                return sequences(what, a, b);
            }
            throw incompatible(what, a, b);
        }
        List<Merged> merged = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            merged.add(of(
                    what + "[" + i + "]",
                    a == ANYTHING ? ANYTHING : first.get(i),
                    b == ANYTHING ? ANYTHING : second.get(i)));
        }
        return outputs ->
                make.apply(merged.stream().map(item -> item.apply(outputs)).toList());
    }

    private static boolean allTensors(List<IValue> items) {
        return items.stream().allMatch(TensorRef.class::isInstance);
    }

    private static List<IValue> items(Side side, IValue value) {
        if (value instanceof ListValue) {
            return side.snapshot.contents(value).items();
        }
        return ScriptValue.itemsOf(value).orElse(List.of());
    }

    private Merged dict(String what, IValue a, IValue b) {
        Map<Object, Merged> merged = entries(what, a, b);
        return outputs -> {
            DictValue dict = new DictValue();
            merged.forEach((key, value) -> dict.entries().put((IValue) key, value.apply(outputs)));
            return dict;
        };
    }

    private Merged object(String what, ObjectValue like, IValue a, IValue b) {
        Map<Object, Merged> merged = entries(what, a, b);
        return outputs -> {
            ObjectValue object = new ObjectValue(like.className(), like.path());
            merged.forEach((key, value) -> object.fields().put((String) key, value.apply(outputs)));
            return object;
        };
    }

    private Map<Object, Merged> entries(String what, IValue a, IValue b) {
        Map<Object, IValue> first =
                a == ANYTHING ? Map.of() : left.snapshot.contents(a).entries();
        Map<Object, IValue> second =
                b == ANYTHING ? Map.of() : right.snapshot.contents(b).entries();
        if (a != ANYTHING && b != ANYTHING && !first.keySet().equals(second.keySet())) {
            throw incompatible(what, a, b);
        }
        Map<Object, Merged> merged = new LinkedHashMap<>();
        for (Object key : a == ANYTHING ? second.keySet() : first.keySet()) {
            merged.put(
                    key, of(what + "." + key, first.getOrDefault(key, ANYTHING), second.getOrDefault(key, ANYTHING)));
        }
        return merged;
    }

    /** What a container that both branches know holds afterwards. */
    public Function<List<Value>, Contents> contents(String what, IValue container) {
        Contents first = left.snapshot.contents(container);
        Contents second = right.snapshot.contents(container);
        if (first.items().size() != second.items().size()
                || !first.entries().keySet().equals(second.entries().keySet())) {
            throw graph.unsupported(
                    "if",
                    "changes " + what + " to " + first.items().size() + " or to "
                            + second.items().size() + " items, depending on data");
        }
        List<Merged> items = new ArrayList<>();
        for (int i = 0; i < first.items().size(); i++) {
            items.add(of(
                    what + "[" + i + "]", first.items().get(i), second.items().get(i)));
        }
        Map<Object, Merged> entries = new LinkedHashMap<>();
        first.entries()
                .forEach((key, value) -> entries.put(
                        key, of(what + "." + key, value, second.entries().getOrDefault(key, ANYTHING))));
        return outputs -> {
            Map<Object, IValue> merged = new LinkedHashMap<>();
            entries.forEach((key, value) -> merged.put(key, value.apply(outputs)));
            return new Contents(items.stream().map(item -> item.apply(outputs)).toList(), merged);
        };
    }
}
