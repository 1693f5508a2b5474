package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.pickle.PickleLimits;
import dev.entrepot.formats.pickle.PickleReader;
import dev.entrepot.formats.torch.TorchValue.Int;
import dev.entrepot.formats.torch.TorchValue.Name;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.StorageValue;
import dev.entrepot.formats.torch.TorchValue.TensorValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The oldest form: storages, tensors and the object in three members. Source: torch/serialization.py, legacy_load. */
final class TarStream {

    private static final int HIGHEST_RANK = 64;

    private final ByteSource source;
    private final Map<String, ByteSource> members;
    private final Pickles pickles = new Pickles();
    private final Problems problems = new Problems();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, TorchValue> outside = new HashMap<>();

    private TarStream(ByteSource source) {
        this.source = source;
        this.members = TarArchive.read(source);
    }

    /** Whether a tar archive has the members that make it PyTorch's. */
    static boolean recognises(ByteSource source) {
        Map<String, ByteSource> members = TarArchive.read(source);
        return members.containsKey("pickle") && members.containsKey("storages");
    }

    static TorchFile read(ByteSource source) {
        return new TarStream(source).read();
    }

    private TorchFile read() {
        readStorages(member("storages"));
        if (members.containsKey("tensors")) {
            readTensors(member("tensors"));
        }
        TorchValue value = new Interpreter(this::resolve, problems)
                .interpret(pickles.whole(member("pickle"), notes).value());
        problems.throwIfAny();
        return new TorchFile(
                TorchForm.TAR,
                source.name(),
                Map.of(),
                value,
                TensorPaths.of(value, source.at(0)),
                Map.of(),
                pickles.uses(),
                List.of(),
                Map.of(),
                notes);
    }

    private ByteSource member(String name) {
        @Nullable ByteSource member = members.get(name);
        if (member == null) {
            throw ModelException.malformed(source.at(0), "archive", "has no member \"" + name + "\"");
        }
        return member;
    }

    /** A count, so many storages, and a list of views of them. */
    private void readStorages(ByteSource member) {
        PickleReader reader = new PickleReader(member, PickleLimits.DEFAULT);
        long count = count(reader, member);
        for (long i = 0; i < count; i++) {
            SourceLocation where = member.at(reader.position());
            List<TorchValue> triple = parts(reader, 3, where);
            if (!(triple.get(2) instanceof Name type)) {
                throw ModelException.malformed(where, "storage", "has the type " + triple.get(2));
            }
            String key = StorageIds.key(triple.get(0), where);
            long elements = new ByteReader(reader.take(Long.BYTES)).i64();
            if (elements < 0) {
                throw ModelException.malformed(where, "storage \"" + key + "\"", "has " + elements + " elements");
            }
            StorageIds id = new StorageIds(StorageIds.dtype(type, where), key, elements, java.util.Optional.empty());
            put(key, new StorageValue(id.over(reader.take(id.byteLength(where)), false, where)), where);
        }
        if (reader.remaining() > 0) {
            readViews(reader, member.at(reader.position()));
        }
    }

    /** {@code (target, root, offset, elements)} each. */
    private void readViews(PickleReader reader, SourceLocation where) {
        if (!(plain(reader) instanceof Sequence views)) {
            throw ModelException.malformed(where, "storage views", "are no list");
        }
        for (TorchValue item : views.items()) {
            List<TorchValue> view = item instanceof Sequence parts ? parts.items() : List.of();
            if (view.size() != 4
                    || !(view.get(2) instanceof Int offset)
                    || !(view.get(3) instanceof Int elements)
                    || !(outside.get(StorageIds.key(view.get(1), where)) instanceof StorageValue root)) {
                throw ModelException.malformed(
                        where, "storage view", "should be (key, key of a storage, offset, elements)");
            }
            int itemBytes = root.storage().dtype().map(TorchDtype::itemBytes).orElse(1);
            long stored = root.bytes().length() / itemBytes;
            long first = offset.toLong().orElse(-1L);
            long count = elements.toLong().orElse(-1L);
            if (first < 0 || count < 0 || first > stored || count > stored - first) {
                throw ModelException.malformed(
                        where,
                        "storage view",
                        "shows elements " + offset + " to " + offset + " + " + elements + " of a storage of " + stored);
            }
            String key = StorageIds.key(view.get(0), where);
            ByteSource bytes = root.bytes().slice(first * itemBytes, count * itemBytes);
            put(key, new StorageValue(new Storage(key, root.storage().dtype(), bytes, false)), where);
        }
    }

    /** A count, and so many tensors: key, storage and type, then rank, sizes, strides and offset in binary. */
    private void readTensors(ByteSource member) {
        PickleReader reader = new PickleReader(member, PickleLimits.DEFAULT);
        long count = count(reader, member);
        for (long i = 0; i < count; i++) {
            SourceLocation where = member.at(reader.position());
            List<TorchValue> triple = parts(reader, 3, where);
            int rank = new ByteReader(reader.take(Long.BYTES)).i32();
            if (rank < 0 || rank > HIGHEST_RANK) {
                throw ModelException.malformed(where, "tensor", "has " + rank + " axes");
            }
            ByteReader layout = new ByteReader(reader.take((2L * rank + 1) * Long.BYTES));
            List<Long> sizes = longs(layout, rank);
            List<Long> strides = longs(layout, rank);
            long offset = layout.i64();
            if (!(outside.get(StorageIds.key(triple.get(1), where)) instanceof StorageValue root)
                    || root.storage().dtype().isEmpty()) {
                throw ModelException.malformed(where, "tensor", "has the unknown storage " + triple.get(1));
            }
            TorchTensor tensor =
                    Views.view(root.storage(), root.storage().dtype().get(), offset, sizes, strides, where);
            put(StorageIds.key(triple.get(0), where), new TensorValue(tensor), where);
        }
    }

    private static List<Long> longs(ByteReader reader, int count) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(reader.i64());
        }
        return values;
    }

    private long count(PickleReader reader, ByteSource member) {
        if (plain(reader) instanceof Int number && number.value().signum() >= 0) {
            return number.toLong().orElse(Long.MAX_VALUE);
        }
        throw ModelException.malformed(member.at(0), "member", "does not start with a count");
    }

    private List<TorchValue> parts(PickleReader reader, int count, SourceLocation where) {
        if (plain(reader) instanceof Sequence parts && parts.items().size() == count) {
            return parts.items();
        }
        throw ModelException.malformed(where, "entry", "should be a tuple of " + count);
    }

    private TorchValue plain(PickleReader reader) {
        return new Interpreter(this::resolve, problems)
                .interpret(pickles.next(reader).value());
    }

    private void put(String key, TorchValue value, SourceLocation where) {
        if (outside.putIfAbsent(key, value) != null) {
            throw ModelException.malformed(where, "key " + key, "appears twice");
        }
    }

    /** Keys stand for themselves; a tuple is a class with its source text, or a storage's id as later forms have it. */
    private TorchValue resolve(TorchValue id, SourceLocation where) {
        if (id instanceof Sequence parts) {
            if (!parts.items().isEmpty() && parts.items().get(0) instanceof Name type) {
                return type;
            }
            return resolve(new TorchValue.Text(StorageIds.parse(id, where).key()), where);
        }
        @Nullable TorchValue found = outside.get(StorageIds.key(id, where));
        if (found == null) {
            throw ModelException.malformed(where, "persistent id", "names " + id + ", which is not in the file");
        }
        return found;
    }
}
