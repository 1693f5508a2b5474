package dev.entrepot.onnx.graph;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a graph's nodes can name: those of the graph and of the graphs around it. Used while a graph is read. */
public final class Scope {

    private final @Nullable Scope outer;
    private final Map<String, Value> values = new HashMap<>();

    private Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    /** The scope of a main graph or a function. */
    public static Scope outermost() {
        return new Scope(null);
    }

    /** The scope of a subgraph. */
    public Scope inner() {
        return new Scope(this);
    }

    /** Notes a value's type. A type that was noted before stays, unless nothing was known. */
    public void declare(Value value) {
        values.merge(value.name(), value, (old, now) -> old.type().equals(ValueType.UNKNOWN) ? now : old);
    }

    /** The value of this name with what is known of its type; {@link Value#NONE} for the empty name. */
    public Value value(String name) {
        if (name.isEmpty()) {
            return Value.NONE;
        }
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Value found = scope.values.get(name);
            if (found != null) {
                return found;
            }
        }
        Value unknown = new Value(name, ValueType.UNKNOWN);
        values.put(name, unknown);
        return unknown;
    }
}
