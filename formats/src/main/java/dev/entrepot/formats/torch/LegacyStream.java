package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.pickle.Pickle;
import dev.entrepot.formats.pickle.PickleLimits;
import dev.entrepot.formats.pickle.PickleReader;
import dev.entrepot.formats.pickle.PickleValue;
import dev.entrepot.formats.pickle.PickleValue.PersistentId;
import dev.entrepot.formats.torch.TorchValue.Dict;
import dev.entrepot.formats.torch.TorchValue.Int;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.StorageValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Five pickles and then the storages. Source: torch/serialization.py, _legacy_save and _legacy_load. */
final class LegacyStream {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int PROTOCOL = 1001;
    private static final long MOST_CODE = 16L << 20;

    private final ByteSource source;
    private final Pickles pickles = new Pickles();
    private final Problems problems = new Problems();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, CodeFile> code = new LinkedHashMap<>();
    private long codeLength;
    private final Map<String, Storage> storages = new HashMap<>();

    private LegacyStream(ByteSource source) {
        this.source = source;
    }

    /** Whether the first pickle is the magic number. */
    static boolean recognises(ByteSource start) {
        try {
            return Pickle.read(start).value() instanceof PickleValue.Int number
                    && number.value().equals(MAGIC);
        } catch (ModelException e) {
            return false;
        }
    }

    static TorchFile read(ByteSource source) {
        return new LegacyStream(source).read();
    }

    private TorchFile read() {
        PickleReader reader = new PickleReader(source, PickleLimits.DEFAULT);
        pickles.next(reader);
        SourceLocation at = source.at(reader.position());
        if (!(pickles.next(reader).value() instanceof PickleValue.Int version)
                || !version.value().equals(BigInteger.valueOf(PROTOCOL))) {
            throw ModelException.malformed(
                    at, "file", "has no protocol version " + PROTOCOL + " behind its magic number");
        }
        TorchValue system = plain().interpret(pickles.next(reader).value());
        Pickle object = pickles.next(reader);
        TorchValue keys = plain().interpret(pickles.next(reader).value());
        layOut(reader, storageIds(object), keys);
        TorchValue value = new Interpreter(this::resolve, problems).interpret(object.value());
        problems.throwIfAny();
        return new TorchFile(
                TorchForm.LEGACY,
                source.name(),
                facts(system),
                value,
                TensorPaths.of(value, source.at(0)),
                Map.of(),
                pickles.uses(),
                List.copyOf(code.values()),
                Map.of(),
                notes);
    }

    private Interpreter plain() {
        return new Interpreter(
                (id, where) -> {
                    throw ModelException.malformed(where, "pickle", "names a storage where none can be");
                },
                problems);
    }

    /** The storages the object names, by key; the first mention tells the type. */
    private Map<String, StorageIds> storageIds(Pickle object) {
        Map<String, StorageIds> ids = new HashMap<>();
        Interpreter interpreter = plain();
        for (PersistentId id : object.persistentIds()) {
            TorchValue parts = interpreter.interpret(id.id());
            if (StorageIds.moduleClass(parts).isPresent()) {
                keepCode(parts);
            } else {
                StorageIds storage = StorageIds.parse(parts, id.where());
                ids.putIfAbsent(storage.key(), storage);
            }
        }
        return ids;
    }

    /** {@code ('module', class, file, text)}: the class's source text came along. */
    private void keepCode(TorchValue id) {
        List<TorchValue> parts = ((Sequence) id).items();
        if (parts.size() != 4 || !(parts.get(3) instanceof TorchValue.Text text)) {
            return;
        }
        String path = parts.get(1) + ".py";
        if (code.containsKey(path)) {
            return;
        }
        codeLength += text.value().length();
        if (codeLength > MOST_CODE) {
            throw ModelException.limitExceeded(
                    source.at(0), "source texts", "are longer than " + MOST_CODE + " characters together");
        }
        byte[] bytes = text.value().getBytes(StandardCharsets.UTF_8);
        code.put(path, new CodeFile(path, ByteSource.of(source.name() + "!" + path, bytes)));
    }

    /** Finds each storage: an int64 number of elements, then the elements, little-endian whatever wrote them. */
    private void layOut(PickleReader reader, Map<String, StorageIds> ids, TorchValue keys) {
        if (!(keys instanceof Sequence list)) {
            throw ModelException.malformed(
                    source.at(reader.position()), "file", "has " + keys + ", not a list of keys");
        }
        for (TorchValue item : list.items()) {
            SourceLocation where = source.at(reader.position());
            String key = StorageIds.key(item, where);
            @Nullable StorageIds id = ids.get(key);
            if (id == null) {
                throw ModelException.malformed(where, "storage \"" + key + "\"", "is not used by the object");
            }
            long elements = new ByteReader(reader.take(Long.BYTES)).i64();
            if (elements != id.elements()) {
                throw ModelException.malformed(
                        where,
                        "storage \"" + key + "\"",
                        "has " + elements + " elements, the object says " + id.elements());
            }
            Storage storage = new Storage(key, id.dtype(), reader.take(id.byteLength(where)), false);
            if (storages.putIfAbsent(key, storage) != null) {
                throw ModelException.malformed(where, "storage \"" + key + "\"", "appears twice");
            }
        }
        if (reader.remaining() > 0) {
            notes.add(reader.remaining() + " bytes follow the last storage and are not read");
        }
    }

    private TorchValue resolve(TorchValue parts, SourceLocation where) {
        Optional<TorchValue.Name> type = StorageIds.moduleClass(parts);
        if (type.isPresent()) {
            return type.get();
        }
        StorageIds id = StorageIds.parse(parts, where);
        @Nullable Storage root = storages.get(id.key());
        if (root == null) {
            throw ModelException.malformed(where, "storage \"" + id.key() + "\"", "is not in the file");
        }
        Storage storage = id.over(root.bytes(), false, where);
        return new StorageValue(id.view().isPresent() ? view(storage, id.view().get(), where) : storage);
    }

    /** {@code (key, offset, elements)}: a storage that is a part of another. */
    private static Storage view(Storage root, TorchValue view, SourceLocation where) {
        List<TorchValue> parts = view instanceof Sequence sequence ? sequence.items() : List.of();
        if (parts.size() != 3 || !(parts.get(1) instanceof Int first) || !(parts.get(2) instanceof Int count)) {
            throw ModelException.malformed(where, "storage view", "should be (key, offset, elements), is " + view);
        }
        long stored = root.bytes().length();
        int item = root.dtype().map(TorchDtype::itemBytes).orElse(1);
        long offset = first.toLong().orElse(-1L);
        long elements = count.toLong().orElse(-1L);
        if (offset < 0 || elements < 0 || offset > stored / item || elements > stored / item - offset) {
            throw ModelException.malformed(
                    where,
                    "storage view",
                    "shows elements " + first + " to " + first + " + " + count + " of a storage of " + stored / item);
        }
        String key = StorageIds.key(parts.get(0), where);
        return new Storage(key, root.dtype(), root.bytes().slice(offset * item, elements * item), root.bigEndian());
    }

    private static Map<String, String> facts(TorchValue system) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (system instanceof Dict dict) {
            dict.byText().forEach((key, value) -> {
                if (value instanceof Int || value instanceof TorchValue.Bool) {
                    facts.put(key, value.toString());
                }
            });
        }
        return facts;
    }
}
