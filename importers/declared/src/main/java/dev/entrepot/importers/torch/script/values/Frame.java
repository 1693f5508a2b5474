package dev.entrepot.importers.torch.script.values;

import dev.entrepot.importers.torch.aten.IValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The local variables of a call. */
public final class Frame {

    private final Optional<Frame> around;
    private Map<String, IValue> locals = new HashMap<>();

    /** A call without variables yet, within the functions around it. */
    public Frame(Optional<Frame> around) {
        this.around = around;
    }

    /** The variable's value, here or in the functions around; null if there is none of this name. */
    @Nullable
    public IValue find(String name) {
        IValue value = locals.get(name);
        return value != null || around.isEmpty() ? value : around.get().find(name);
    }

    /** Gives a variable its value. */
    public void set(String name, IValue value) {
        locals.put(name, value);
    }

    /** All variables of this call. */
    public Map<String, IValue> locals() {
        return locals;
    }

    /** A copy of the variables, to come back to. */
    public Map<String, IValue> saved() {
        return new HashMap<>(locals);
    }

    /** Comes back to variables that were saved. */
    public void restore(Map<String, IValue> saved) {
        locals = new HashMap<>(saved);
    }
}
