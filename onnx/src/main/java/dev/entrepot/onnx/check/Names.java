package dev.entrepot.onnx.check;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The values that are made so far: in a graph, and in the graphs around it. */
final class Names {

    private final Optional<Names> outer;
    private final Set<String> own = new HashSet<>();

    private Names(Optional<Names> outer) {
        this.outer = outer;
    }

    static Names outermost() {
        return new Names(Optional.empty());
    }

    Names inner() {
        return new Names(Optional.of(this));
    }

    /** Adds a value of this graph; false if this graph has it already. */
    boolean add(String name) {
        return own.add(name);
    }

    boolean hasHere(String name) {
        return own.contains(name);
    }

    boolean has(String name) {
        return own.contains(name) || outer.map(names -> names.has(name)).orElse(false);
    }
}
