package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.pickle.PickleValue;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a PyTorch file, as far as the allow-list gives it a meaning.
 *
 * <p>Containers are compared by identity; what the file shares is shared. {@code toString} names a value briefly and never descends.
 */
public sealed interface TorchValue {

    /** Python's None. */
    record None() implements TorchValue {
        static final None NONE = new None();

        @Override
        public String toString() {
            return "None";
        }
    }

    /** True or False. */
    record Bool(boolean value) implements TorchValue {
        @Override
        public String toString() {
            return value ? "True" : "False";
        }
    }

    /** A whole number. */
    record Int(BigInteger value) implements TorchValue {
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
    record Float(double value) implements TorchValue {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** A complex number. */
    record Complex(double real, double imaginary) implements TorchValue {}

    /** Text. */
    record Text(String value) implements TorchValue {
        private static final int SHOWN = 60;

        @Override
        public String toString() {
            return value.length() <= SHOWN ? "'" + value + "'" : "text of " + value.length() + " characters";
        }
    }

    /** A byte string, still in the file where it can be. */
    record Bytes(ByteSource source) implements TorchValue {
        @Override
        public String toString() {
            return source.length() + " bytes";
        }
    }

    /** A tensor. */
    record TensorValue(TorchTensor tensor) implements TorchValue {
        @Override
        public String toString() {
            return tensor.toString();
        }
    }

    /** A storage that is no tensor's. */
    final class StorageValue implements TorchValue {
        private final Storage storage;

        StorageValue(Storage storage) {
            this.storage = storage;
        }

        /** The bytes, as the file has them. */
        public ByteSource bytes() {
            return storage.bytes();
        }

        Storage storage() {
            return storage;
        }

        @Override
        public String toString() {
            return "storage of " + storage.bytes().length() + " bytes";
        }
    }

    /**
     * A name that stands for itself: an element type, a device, a layout, a class that is not made an instance of.
     *
     * @param name such as {@code torch.float32}, {@code cuda:0}, {@code torch.nn.modules.conv.Conv2d}
     */
    record Name(String name) implements TorchValue {
        /** The element type of this name. */
        public Optional<TorchDtype> dtype() {
            return name.startsWith("torch.") ? TorchDtype.ofTorchName(name.substring(6)) : Optional.empty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A list, tuple, size or set. */
    final class Sequence implements TorchValue {
        private final Kind kind;
        private final List<TorchValue> items;

        /** The sorts of sequences. */
        public enum Kind {
            LIST,
            TUPLE,
            /** torch.Size, a tuple of sizes. */
            SIZE,
            SET
        }

        Sequence(Kind kind, List<TorchValue> items) {
            this.kind = kind;
            this.items = List.copyOf(items);
        }

        /** The sort. */
        public Kind kind() {
            return kind;
        }

        /** What is in it, in order. */
        public List<TorchValue> items() {
            return items;
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + " of " + items.size();
        }
    }

    /** A dictionary, ordered or not. */
    final class Dict implements TorchValue {
        private final List<Map.Entry<TorchValue, TorchValue>> entries;
        private final Map<String, TorchValue> byText = new LinkedHashMap<>();

        Dict(List<Map.Entry<TorchValue, TorchValue>> entries) {
            this.entries = List.copyOf(entries);
            for (Map.Entry<TorchValue, TorchValue> entry : this.entries) {
                keyText(entry.getKey()).ifPresent(key -> byText.put(key, entry.getValue()));
            }
        }

        /** All entries, in order; of entries with equal keys the last one counts. */
        public List<Map.Entry<TorchValue, TorchValue>> entries() {
            return entries;
        }

        /** The values whose keys are texts or whole numbers, by these. */
        public Map<String, TorchValue> byText() {
            return Collections.unmodifiableMap(byText);
        }

        /** The value under this key. */
        public Optional<TorchValue> find(String key) {
            return Optional.ofNullable(byText.get(key));
        }

        private static Optional<String> keyText(TorchValue key) {
            if (key instanceof Text text) {
                return Optional.of(text.value);
            }
            return key instanceof Int number ? Optional.of(number.toString()) : Optional.empty();
        }

        @Override
        public String toString() {
            return "dict of " + entries.size();
        }
    }

    /** An object of a class, of which only the attributes are known. It may hold itself. */
    final class Instance implements TorchValue {
        private final String className;
        private final SourceLocation where;
        private final Map<String, TorchValue> attributes = new LinkedHashMap<>();
        private Sequence arguments = new Sequence(Sequence.Kind.TUPLE, List.of());
        private Dict entries = new Dict(List.of());
        private List<TorchValue> items = List.of();
        private @Nullable TorchValue state;

        Instance(String className, SourceLocation where) {
            this.className = className;
            this.where = where;
        }

        /** The class, such as {@code torch.nn.modules.conv.Conv2d}. */
        public String className() {
            return className;
        }

        /** Where the file makes it. */
        public SourceLocation where() {
            return where;
        }

        /** The attributes by name. */
        public Map<String, TorchValue> attributes() {
            return Collections.unmodifiableMap(attributes);
        }

        /** The attribute of this name. */
        public Optional<TorchValue> attribute(String name) {
            return Optional.ofNullable(attributes.get(name));
        }

        /** The arguments it is made with. */
        public Sequence arguments() {
            return arguments;
        }

        /** What is in it by key, where its class is a dictionary. */
        public Dict entries() {
            return entries;
        }

        /** What is in it, where its class is a list or a set. */
        public List<TorchValue> items() {
            return items;
        }

        /** The state it is given, where that is no dictionary of attributes. */
        public Optional<TorchValue> state() {
            return Optional.ofNullable(state);
        }

        /** Whether it has what every torch.nn.Module has. */
        public boolean isModule() {
            return attributes.containsKey("_parameters") && attributes.containsKey("_modules");
        }

        void fill(Sequence arguments, Dict entries, List<TorchValue> items) {
            this.arguments = arguments;
            this.entries = entries;
            this.items = List.copyOf(items);
        }

        void set(String name, TorchValue value) {
            attributes.put(name, value);
        }

        void setState(TorchValue state) {
            this.state = state;
        }

        @Override
        public String toString() {
            return className + " object";
        }
    }

    /**
     * Something that is kept, but not understood.
     *
     * @param value what the pickle says
     * @param reason why it has no meaning here
     */
    record Opaque(PickleValue value, String reason) implements TorchValue {
        @Override
        public String toString() {
            return value + " (" + reason + ")";
        }
    }
}
