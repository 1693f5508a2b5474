package dev.entrepot.importers.torch.script.values;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.SequenceValue;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** What variables lead to. */
public final class Reachable {

    private Reachable() {}

    /** The containers that the variables of these calls are, or hold, or lead to. */
    public static Set<IValue> from(Iterable<Frame> frames) {
        Set<IValue> found = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<IValue> open = new ArrayDeque<>();
        for (Frame frame : frames) {
            open.addAll(frame.locals().values());
        }
        while (!open.isEmpty()) {
            IValue next = open.pop();
            boolean container = next instanceof IValue.ListValue
                    || next instanceof IValue.DictValue
                    || next instanceof ObjectValue
                    || next instanceof SequenceValue
                    || ScriptValue.itemsOf(next).isPresent();
            if (container && found.add(next)) {
                ScriptValue.itemsOf(next).ifPresent(open::addAll);
                if (next instanceof IValue.DictValue dict) {
                    open.addAll(dict.entries().values());
                } else if (next instanceof ObjectValue object) {
                    open.addAll(object.fields().values());
                }
            }
        }
        return found;
    }
}
