package dev.entrepot.formats.pickle;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.SourceLocation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a pickle.
 *
 * <p>Containers are compared by identity: a value that the pickle uses twice is the same object twice, and a container may hold itself.
 * They cannot be changed once the pickle is read. {@code toString} names a value briefly and never descends.
 */
public sealed interface PickleValue {

    /** Python's None. */
    record None() implements PickleValue {
        static final None NONE = new None();

        @Override
        public String toString() {
            return "None";
        }
    }

    /** True or False. */
    record Bool(boolean value) implements PickleValue {
        @Override
        public String toString() {
            return value ? "True" : "False";
        }
    }

    /** A whole number of any size. */
    record Int(BigInteger value) implements PickleValue {
        static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }

        /** The number, if it fits 64 bits. */
        public Optional<Long> toLong() {
            return value.bitLength() < Long.SIZE ? Optional.of(value.longValue()) : Optional.empty();
        }

        @Override
        public String toString() {
            return value.bitLength() <= 2 * Long.SIZE ? value.toString() : "int of " + value.bitLength() + " bits";
        }
    }

    /** A float64. */
    record Float(double value) implements PickleValue {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** Text; of Python 2's byte strings those that are UTF-8. */
    record Text(String value) implements PickleValue {
        private static final int SHOWN = 60;

        @Override
        public String toString() {
            return value.length() <= SHOWN ? "'" + value + "'" : "text of " + value.length() + " characters";
        }
    }

    /** A byte string, still in the file where it can be. */
    record Bytes(ByteSource source) implements PickleValue {
        @Override
        public String toString() {
            return source.length() + " bytes";
        }
    }

    /** A list. */
    final class ListValue implements PickleValue {
        private final List<PickleValue> items = new ArrayList<>();

        ListValue() {}

        /** What is in it, in order. */
        public List<PickleValue> items() {
            return Collections.unmodifiableList(items);
        }

        void add(PickleValue item) {
            items.add(item);
        }

        @Override
        public String toString() {
            return "list of " + items.size();
        }
    }

    /** A tuple. */
    final class TupleValue implements PickleValue {
        private final List<PickleValue> items;

        TupleValue(List<PickleValue> items) {
            this.items = List.copyOf(items);
        }

        /** What is in it, in order. */
        public List<PickleValue> items() {
            return items;
        }

        @Override
        public String toString() {
            return "tuple of " + items.size();
        }
    }

    /** A set or frozen set. */
    final class SetValue implements PickleValue {
        private final List<PickleValue> items = new ArrayList<>();

        SetValue() {}

        /** What was put into it, in order; equal items are not merged. */
        public List<PickleValue> items() {
            return Collections.unmodifiableList(items);
        }

        void add(PickleValue item) {
            items.add(item);
        }

        @Override
        public String toString() {
            return "set of " + items.size();
        }
    }

    /** A dictionary. */
    final class DictValue implements PickleValue {
        private final List<Map.Entry<PickleValue, PickleValue>> entries = new ArrayList<>();

        DictValue() {}

        /** What was put into it, in order; a later entry replaces an earlier one with an equal key. */
        public List<Map.Entry<PickleValue, PickleValue>> entries() {
            return Collections.unmodifiableList(entries);
        }

        void put(PickleValue key, PickleValue value) {
            entries.add(Map.entry(key, value));
        }

        @Override
        public String toString() {
            return "dict of " + entries.size();
        }
    }

    /**
     * A name of a class or function. It is not looked up.
     *
     * @param module the module's name as the file has it
     * @param name the name in the module, perhaps dotted
     * @param where the instruction
     */
    record Global(String module, String name, SourceLocation where) implements PickleValue {
        /** Module and name with a dot between them. */
        public String qualifiedName() {
            return module + "." + name;
        }

        @Override
        public String toString() {
            return qualifiedName();
        }
    }

    /** What a call would have made, and what is done to it afterwards. Nothing is called. */
    final class Call implements PickleValue {
        private final Kind kind;
        private final PickleValue callable;
        private final PickleValue arguments;
        private final @Nullable PickleValue keywords;
        private final SourceLocation where;
        private final List<PickleValue> states = new ArrayList<>();
        private final List<PickleValue> items = new ArrayList<>();
        private final List<Map.Entry<PickleValue, PickleValue>> entries = new ArrayList<>();

        /** The sorts of calls. */
        public enum Kind {
            /** {@code callable(*arguments)}. */
            REDUCE,
            /** {@code callable.__new__(callable, *arguments)}, or an old class's instance. */
            NEW
        }

        Call(
                Kind kind,
                PickleValue callable,
                PickleValue arguments,
                @Nullable PickleValue keywords,
                SourceLocation where) {
            this.kind = kind;
            this.callable = callable;
            this.arguments = arguments;
            this.keywords = keywords;
            this.where = where;
        }

        /** The sort of call. */
        public Kind kind() {
            return kind;
        }

        /** What would be called: a {@link Global} in honest files. */
        public PickleValue callable() {
            return callable;
        }

        /** The positional arguments: a tuple in honest files. */
        public PickleValue arguments() {
            return arguments;
        }

        /** The keyword arguments. */
        public Optional<PickleValue> keywords() {
            return Optional.ofNullable(keywords);
        }

        /** The place of the instruction. */
        public SourceLocation where() {
            return where;
        }

        /** The states that BUILD gives the result, in order. */
        public List<PickleValue> states() {
            return Collections.unmodifiableList(states);
        }

        /** What is appended or added to the result. */
        public List<PickleValue> items() {
            return Collections.unmodifiableList(items);
        }

        /** What is put into the result by key. */
        public List<Map.Entry<PickleValue, PickleValue>> entries() {
            return Collections.unmodifiableList(entries);
        }

        void build(PickleValue state) {
            states.add(state);
        }

        void add(PickleValue item) {
            items.add(item);
        }

        void put(PickleValue key, PickleValue value) {
            entries.add(Map.entry(key, value));
        }

        @Override
        public String toString() {
            return (callable instanceof Global ? callable.toString() : "a value") + "(...)";
        }
    }

    /**
     * Something that lies outside the pickle.
     *
     * @param id what names it
     * @param where the instruction
     */
    record PersistentId(PickleValue id, SourceLocation where) implements PickleValue {
        @Override
        public String toString() {
            return "persistent id";
        }
    }
}
