package dev.entrepot.importers.torch.script.values;

import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.FunctionDefinition;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.onnx.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value that only TorchScript knows: modules, objects, functions, and what is between a branch and the code behind it. */
public sealed interface ScriptValue extends IValue.Opaque {

    /** The items of a list or tuple. */
    static Optional<List<IValue>> itemsOf(IValue value) {
        if (value instanceof IValue.ListValue list) {
            return Optional.of(list.items());
        } else if (value instanceof IValue.TupleValue tuple) {
            return Optional.of(tuple.items());
        }
        return value instanceof NamedTuple tuple ? Optional.of(tuple.items()) : Optional.empty();
    }

    /** A module or an object of a class; it can change. */
    final class ObjectValue implements ScriptValue {
        private final String className;
        private final Optional<String> path;
        private final Map<String, IValue> fields = new LinkedHashMap<>();

        /**
         * An object without fields.
         *
         * @param className the qualified name of its class
         * @param path of a part of the model, its place in it, such as {@code layer1.0}; empty for the model itself
         */
        public ObjectValue(String className, Optional<String> path) {
            this.className = className;
            this.path = path;
        }

        /** The qualified name of its class. */
        public String className() {
            return className;
        }

        /** Its place in the model; empty for an object that code made. */
        public Optional<String> path() {
            return path;
        }

        /** The fields; changing them changes the object. */
        public Map<String, IValue> fields() {
            return fields;
        }

        @Override
        public String toString() {
            return className + " object";
        }
    }

    /** A function, with the frame around it if it stands within another. */
    record FunctionValue(FunctionDefinition definition, Optional<Frame> around) implements ScriptValue {}

    /** A class itself. */
    record ClassValue(String qualified) implements ScriptValue {}

    /** A name with dots of which the meaning is open yet, such as {@code torch} or {@code __torch__.nets}. */
    record Namespace(String qualified) implements ScriptValue {}

    /** A member of an enum. */
    record EnumValue(String className, String name, IValue value) implements ScriptValue {
        @Override
        public String toString() {
            return className.substring(className.lastIndexOf('.') + 1) + "." + name;
        }
    }

    /** A tuple whose items have names. */
    record NamedTuple(String className, List<String> names, List<IValue> items) implements ScriptValue {
        /** Copies the lists. */
        public NamedTuple {
            names = List.copyOf(names);
            items = List.copyOf(items);
        }
    }

    /** A value that is never used: what a branch gives that cannot be taken. */
    record Uninitialized(Expression type) implements ScriptValue {}

    /**
     * A value or None, which is only known when the model runs.
     *
     * @param present a bool scalar: whether it is a value
     * @param value the value; anything if it is None
     */
    record Maybe(Value present, IValue value) implements ScriptValue {}

    /** A list of tensors whose length is only known when the model runs: an ONNX sequence. It can change. */
    final class SequenceValue implements ScriptValue {
        private Value sequence;

        /** The list that a sequence holds. */
        public SequenceValue(Value sequence) {
            this.sequence = sequence;
        }

        /** The sequence as it is now. */
        public Value sequence() {
            return sequence;
        }

        /** Changes the list. */
        public void set(Value changed) {
            sequence = changed;
        }
    }

    /** What a forked function gave. */
    record Future(IValue value) implements ScriptValue {}

    /** What a file holds that has no meaning here. It may be there as long as no operator uses it. */
    record Unreadable(String reason) implements ScriptValue {}
}
