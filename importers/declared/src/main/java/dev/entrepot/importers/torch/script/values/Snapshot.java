package dev.entrepot.importers.torch.script.values;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.script.values.Journal.Contents;
import dev.entrepot.importers.torch.script.values.ScriptValue.NamedTuple;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.SequenceValue;
import dev.entrepot.onnx.graph.Value;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What values held at the end of a branch. Tensors and containers go on changing, and have their old contents again once the branch is
 * left; this remembers those of everything that can be reached from a value.
 */
public final class Snapshot {

    private final Map<TensorRef, Value> tensors = new IdentityHashMap<>();
    private final Map<IValue, Contents> containers = new IdentityHashMap<>();

    /** Remembers a value and what it holds. Modules are not looked into. */
    public void add(IValue value) {
        if (value instanceof TensorRef tensor) {
            tensors.computeIfAbsent(tensor, TensorRef::value);
        } else if (value instanceof IValue.TupleValue || value instanceof NamedTuple) {
            ScriptValue.itemsOf(value).orElseThrow().forEach(this::add);
        } else if (isContainer(value) && !containers.containsKey(value)) {
            Contents contents = Journal.contents(value);
            containers.put(value, contents);
            contents.items().forEach(this::add);
            contents.entries().values().forEach(this::add);
        } else if (value instanceof ScriptValue.Maybe maybe) {
            add(maybe.value());
        }
    }

    private static boolean isContainer(IValue value) {
        return value instanceof IValue.ListValue
                || value instanceof IValue.DictValue
                || value instanceof SequenceValue
                || value instanceof ObjectValue object && object.path().isEmpty();
    }

    /** A tensor's value then. */
    public Value of(TensorRef tensor) {
        Value then = tensors.get(tensor);
        return then == null ? tensor.value() : then;
    }

    /** What a container held then. */
    Contents contents(IValue container) {
        Contents then = containers.get(container);
        return then == null ? Journal.contents(container) : then;
    }
}
