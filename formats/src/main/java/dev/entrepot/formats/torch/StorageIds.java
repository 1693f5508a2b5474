package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchValue.Int;
import dev.entrepot.formats.torch.TorchValue.Name;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.Text;
import java.util.List;
import java.util.Optional;

/**
 * A storage as a persistent id names it: {@code ('storage', type, key, location, elements[, view])}.
 *
 * @param dtype the element type, none where elements are bytes
 * @param key the key
 * @param elements the number of elements
 * @param view what stands behind, if anything
 */
record StorageIds(Optional<TorchDtype> dtype, String key, long elements, Optional<TorchValue> view) {

    private static final int SHORTEST = 5;

    /** The id as a storage's; @throws ModelException (malformed) if it is none */
    static StorageIds parse(TorchValue id, SourceLocation where) {
        List<TorchValue> parts = id instanceof Sequence sequence ? sequence.items() : List.of();
        boolean storage = parts.size() >= SHORTEST
                && parts.get(0) instanceof Text text
                && text.value().equals("storage")
                && parts.get(1) instanceof Name
                && parts.get(4) instanceof Int;
        if (!storage) {
            throw ModelException.malformed(
                    where, "persistent id", "should be ('storage', type, key, location, elements), is " + id);
        }
        Name type = (Name) parts.get(1);
        long elements = ((Int) parts.get(4)).toLong().orElse(-1L);
        if (elements < 0) {
            throw ModelException.malformed(where, "storage", "has " + parts.get(4) + " elements");
        }
        Optional<TorchValue> view = parts.size() > SHORTEST && !(parts.get(5) instanceof TorchValue.None)
                ? Optional.of(parts.get(5))
                : Optional.empty();
        return new StorageIds(dtype(type, where), key(parts.get(2), where), elements, view);
    }

    /** The element type that a storage's type names; none for plain bytes. */
    static Optional<TorchDtype> dtype(Name type, SourceLocation where) {
        if (type.name().endsWith("UntypedStorage")) {
            return Optional.empty();
        }
        Optional<TorchDtype> dtype = AllowedGlobals.storageType(type.name()).or(type::dtype);
        if (dtype.isEmpty()) {
            throw ModelException.unsupported(where, "storage", "has the type " + type.name());
        }
        return dtype;
    }

    /** A key as text: keys are texts, or numbers in old files. */
    static String key(TorchValue key, SourceLocation where) {
        if (key instanceof Text text) {
            return text.value();
        }
        if (key instanceof Int number) {
            return number.toString();
        }
        throw ModelException.malformed(where, "key", "should be a text or a number, is " + key);
    }

    /** The bytes that this many elements take. */
    long byteLength(SourceLocation where) {
        try {
            return Math.multiplyExact(elements, dtype.map(TorchDtype::itemBytes).orElse(1));
        } catch (ArithmeticException e) {
            throw ModelException.malformed(
                    where, "storage \"" + key + "\"", "of " + elements + " elements has more bytes than 64 bits count");
        }
    }

    /** The storage, of as many bytes as the id asks for. */
    Storage over(ByteSource bytes, boolean bigEndian, SourceLocation where) {
        long length = byteLength(where);
        if (length > bytes.length()) {
            throw ModelException.malformed(
                    where,
                    "storage \"" + key + "\"",
                    "should have " + length + " bytes, but has " + bytes.length() + " in the file");
        }
        return new Storage(key, dtype, bytes.slice(0, length), bigEndian);
    }

    /** Whether a value is a class with its source text: {@code ('module', class, file, text)}. */
    static Optional<Name> moduleClass(TorchValue id) {
        return id instanceof Sequence sequence
                        && sequence.items().size() >= 2
                        && sequence.items().get(0) instanceof Text text
                        && text.value().equals("module")
                        && sequence.items().get(1) instanceof Name type
                ? Optional.of(type)
                : Optional.empty();
    }
}
