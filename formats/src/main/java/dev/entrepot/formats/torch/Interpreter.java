package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.pickle.PickleLimits;
import dev.entrepot.formats.pickle.PickleValue;
import dev.entrepot.formats.pickle.PickleValue.Call;
import dev.entrepot.formats.pickle.PickleValue.Global;
import dev.entrepot.formats.torch.AllowedGlobals.Meaning;
import dev.entrepot.formats.torch.TorchValue.Dict;
import dev.entrepot.formats.torch.TorchValue.Instance;
import dev.entrepot.formats.torch.TorchValue.Name;
import dev.entrepot.formats.torch.TorchValue.Opaque;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.Sequence.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values of a pickle their meaning, by the allow-list. Calls become what the known functions would make of their arguments;
 * everything else becomes an {@link Opaque} or an {@link Instance}.
 */
final class Interpreter {

    /** So many items and characters may be copied from one value into another in one pickle. */
    private static final long MOST_COPIED = 64L << 20;

    private final Outside outside;
    private final Problems problems;
    private final int deepest;
    private final Map<PickleValue, TorchValue> known = new IdentityHashMap<>();
    private final Map<PickleValue, Boolean> begun = new IdentityHashMap<>();
    private int depth;
    private long copied;

    /**
     * An interpreter of one pickle.
     *
     * @param outside finds storages
     * @param problems collects what is wrong with single tensors
     */
    Interpreter(Outside outside, Problems problems) {
        this.outside = outside;
        this.problems = problems;
        this.deepest = PickleLimits.DEFAULT.depth();
    }

    /** The meaning of a value; the same value always means the same object. */
    TorchValue interpret(PickleValue value) {
        TorchValue before = known.get(value);
        if (before != null) {
            return before;
        }
        if (begun.putIfAbsent(value, true) != null) {
            return new Opaque(value, "holds itself");
        }
        if (++depth > deepest) {
            throw ModelException.limitExceeded(
                    where(value), "pickle", "nests values deeper than " + deepest + " (limit depth)");
        }
        try {
            TorchValue meaning = meaning(value);
            known.put(value, meaning);
            return meaning;
        } finally {
            depth--;
        }
    }

    private static SourceLocation where(PickleValue value) {
        if (value instanceof Call call) {
            return call.where();
        }
        return value instanceof Global global ? global.where() : SourceLocation.file("pickle");
    }

    private TorchValue meaning(PickleValue value) {
        if (value instanceof PickleValue.None) {
            return TorchValue.None.NONE;
        } else if (value instanceof PickleValue.Bool bool) {
            return new TorchValue.Bool(bool.value());
        } else if (value instanceof PickleValue.Int number) {
            return new TorchValue.Int(number.value());
        } else if (value instanceof PickleValue.Float number) {
            return new TorchValue.Float(number.value());
        } else if (value instanceof PickleValue.Text text) {
            return new TorchValue.Text(text.value());
        } else if (value instanceof PickleValue.Bytes bytes) {
            return new TorchValue.Bytes(bytes.source());
        } else if (value instanceof PickleValue.ListValue list) {
            return new Sequence(Kind.LIST, all(list.items()));
        } else if (value instanceof PickleValue.TupleValue tuple) {
            return new Sequence(Kind.TUPLE, all(tuple.items()));
        } else if (value instanceof PickleValue.SetValue set) {
            return new Sequence(Kind.SET, all(set.items()));
        } else if (value instanceof PickleValue.DictValue dict) {
            return new Dict(entries(dict.entries()));
        } else if (value instanceof Global global) {
            return new Name(AllowedGlobals.canonical(global));
        } else if (value instanceof PickleValue.PersistentId id) {
            return guarded(id, () -> outside.resolve(interpret(id.id()), id.where()));
        }
        return call((Call) value);
    }

    /** Counts what is copied: a value that is used often must not be copied often. */
    void spend(long items, SourceLocation where) {
        copied += items;
        if (copied > MOST_COPIED) {
            throw ModelException.limitExceeded(
                    where, "pickle", "copies more than " + MOST_COPIED + " items between its values");
        }
    }

    List<TorchValue> all(List<PickleValue> values) {
        List<TorchValue> meanings = new ArrayList<>(values.size());
        for (PickleValue value : values) {
            meanings.add(interpret(value));
        }
        return meanings;
    }

    private List<Map.Entry<TorchValue, TorchValue>> entries(List<Map.Entry<PickleValue, PickleValue>> entries) {
        List<Map.Entry<TorchValue, TorchValue>> meanings = new ArrayList<>(entries.size());
        for (Map.Entry<PickleValue, PickleValue> entry : entries) {
            meanings.add(Map.entry(interpret(entry.getKey()), interpret(entry.getValue())));
        }
        return meanings;
    }

    /** What goes wrong with one value is noted; what is only unsupported stays in its place as an {@link Opaque}. */
    private TorchValue guarded(PickleValue value, Supplier<TorchValue> meaning) {
        try {
            return meaning.get();
        } catch (ModelException e) {
            if (e.kind() != Problem.Kind.UNSUPPORTED) {
                problems.addAll(e);
            }
            Problem first = e.problems().get(0);
            return new Opaque(value, first.what() + " " + first.why());
        }
    }

    private TorchValue call(Call call) {
        @Nullable Global callable = global(call.callable());
        if (callable == null) {
            return new Opaque(call, "calls a value that is no name");
        }
        Optional<Meaning> meaning = AllowedGlobals.meaning(callable);
        if (meaning.isPresent()) {
            return guarded(call, () -> allowed(meaning.get(), callable, new Arguments(call, this)));
        }
        boolean object = call.kind() == Call.Kind.NEW || AllowedGlobals.verdict(callable) == GlobalUse.Verdict.NAMED;
        if (object) {
            return instance(AllowedGlobals.canonical(callable), call, call.arguments());
        }
        interpret(call.arguments());
        return new Opaque(call, "calls " + callable.qualifiedName() + ", which is not on the allow-list");
    }

    /** A name, or a class that the file brings with its source text. */
    private @Nullable Global global(PickleValue callable) {
        if (callable instanceof Global global) {
            return global;
        }
        boolean module = callable instanceof PickleValue.PersistentId id
                && StorageIds.moduleClass(interpret(id.id())).isPresent();
        return module
                        && ((PickleValue.PersistentId) callable).id() instanceof PickleValue.TupleValue tuple
                        && tuple.items().get(1) instanceof Global global
                ? global
                : null;
    }

    private TorchValue allowed(Meaning meaning, Global callable, Arguments arguments) {
        Call call = arguments.call();
        return switch (meaning) {
            case REBUILD_TENSOR, REBUILD_TENSOR_V3, REBUILD_PARAMETER, REBUILD_QTENSOR ->
                new TensorRebuilds(arguments, outside).rebuild(meaning);
            case REBUILD_FROM_TYPE -> fromType(arguments);
            case REBUILD_DEVICE_TENSOR, FIRST_ARGUMENT, TYPE_TAG -> arguments.value(0);
            case REBUILD_UNSTORED ->
                throw ModelException.unsupported(
                        call.where(), callable.name(), "makes a tensor that is not stored element by element");
            case PARAMETER -> parameter(arguments, call);
            case SIZE -> new Sequence(Kind.SIZE, arguments.items(0));
            case DEVICE ->
                new Name(arguments.text(0)
                        + arguments.integer(1).map(index -> ":" + index).orElse(""));
            case LAYOUT -> new Name(arguments.text(0));
            case DICT -> dict(arguments, call);
            case LIST -> new Sequence(Kind.LIST, concatenated(arguments, call));
            case TUPLE -> new Sequence(Kind.TUPLE, concatenated(arguments, call));
            case SET -> new Sequence(Kind.SET, concatenated(arguments, call));
            case COMPLEX -> new TorchValue.Complex(arguments.number(0), arguments.number(1));
            case ENCODE -> encoded(arguments);
            case BYTES -> bytes(arguments);
            case RECONSTRUCT -> reconstructed(arguments, call);
            case NUMPY_RECONSTRUCT, NUMPY_FROM_BUFFER, NUMPY_SCALAR, NUMPY_DTYPE ->
                new NumpyRebuilds(arguments, this).rebuild(meaning, call);
            case TORCH_NAME, STORAGE, PYTHON_TYPE ->
                instance(AllowedGlobals.canonical(callable), call, call.arguments());
        };
    }

    private TorchValue fromType(Arguments arguments) {
        PickleValue function = arguments.raw(0);
        if (!(function instanceof Global global)) {
            return new Opaque(arguments.call(), "calls a value that is no name");
        }
        Optional<Meaning> meaning = AllowedGlobals.meaning(global);
        boolean rebuilds = meaning.isPresent()
                && meaning.get() != Meaning.REBUILD_FROM_TYPE
                && meaning.get().name().startsWith("REBUILD_");
        if (!rebuilds) {
            return new Opaque(arguments.call(), "calls " + global.qualifiedName() + ", which is not on the allow-list");
        }
        return allowed(meaning.get(), global, arguments.nested(2));
    }

    private TorchValue parameter(Arguments arguments, Call call) {
        if (arguments.count() > 0 && arguments.value(0) instanceof TorchValue.TensorValue data) {
            boolean gradients = arguments.count() < 2 || arguments.flag(1);
            return new TorchValue.TensorValue(data.tensor().asParameter(gradients));
        }
        return instance("torch.nn.parameter.Parameter", call, call.arguments());
    }

    private TorchValue dict(Arguments arguments, Call call) {
        List<Map.Entry<TorchValue, TorchValue>> entries = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            TorchValue initial = arguments.value(i);
            if (initial instanceof Dict dict) {
                spend(dict.entries().size(), call.where());
                entries.addAll(dict.entries());
            } else if (initial instanceof Sequence pairs) {
                spend(pairs.items().size(), call.where());
                for (TorchValue pair : pairs.items()) {
                    if (!(pair instanceof Sequence both) || both.items().size() != 2) {
                        throw ModelException.malformed(call.where(), "dictionary", "is made of " + pair);
                    }
                    entries.add(Map.entry(both.items().get(0), both.items().get(1)));
                }
            }
        }
        entries.addAll(entries(call.entries()));
        call.states().forEach(this::interpret);
        return new Dict(entries);
    }

    private List<TorchValue> concatenated(Arguments arguments, Call call) {
        List<TorchValue> items = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            items.addAll(arguments.items(i));
        }
        items.addAll(all(call.items()));
        return items;
    }

    /** Protocol 2's way to write a byte string. */
    private TorchValue encoded(Arguments arguments) {
        String text = arguments.text(0);
        String encoding = arguments.count() > 1 ? arguments.text(1) : "utf-8";
        Charset charset = encoding.startsWith("latin") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        spend(text.length(), arguments.where());
        return new TorchValue.Bytes(ByteSource.of(arguments.call().where().file(), text.getBytes(charset)));
    }

    private static TorchValue bytes(Arguments arguments) {
        if (arguments.count() > 0 && arguments.value(0) instanceof TorchValue.Bytes bytes) {
            return bytes;
        }
        if (arguments.count() == 0) {
            return new TorchValue.Bytes(ByteSource.of(arguments.call().where().file(), new byte[0]));
        }
        throw ModelException.unsupported(arguments.call().where(), "bytes", "are made of " + arguments.value(0));
    }

    /** {@code copyreg._reconstructor(class, base, state)}: protocols 0 and 1 make objects so. */
    private TorchValue reconstructed(Arguments arguments, Call call) {
        @Nullable Global type = global(arguments.raw(0));
        if (type == null) {
            return new Opaque(call, "makes an object of a value that is no name");
        }
        boolean dict = AllowedGlobals.meaning(type).filter(Meaning.DICT::equals).isPresent();
        if (dict && arguments.count() > 2 && arguments.value(2) instanceof Dict initial) {
            spend(initial.entries().size(), call.where());
            List<Map.Entry<TorchValue, TorchValue>> entries = new ArrayList<>(initial.entries());
            entries.addAll(entries(call.entries()));
            return new Dict(entries);
        }
        return instance(AllowedGlobals.canonical(type), call, call.arguments());
    }

    /** An object; it is known before its attributes are, since these may lead back to it. */
    private TorchValue instance(String className, Call call, PickleValue arguments) {
        Instance instance = new Instance(className, call.where());
        known.put(call, instance);
        TorchValue given = interpret(arguments);
        instance.fill(
                given instanceof Sequence sequence ? sequence : new Sequence(Kind.TUPLE, List.of(given)),
                new Dict(entries(call.entries())),
                all(call.items()));
        call.keywords().ifPresent(this::interpret);
        for (PickleValue state : call.states()) {
            build(instance, interpret(state));
        }
        return instance;
    }

    /** A state is a dictionary of attributes, a pair of two such, or whatever the class's __setstate__ takes. */
    private void build(Instance instance, TorchValue state) {
        boolean pair = state instanceof Sequence both
                && both.items().size() == 2
                && both.items().stream().allMatch(part -> part instanceof Dict || part instanceof TorchValue.None);
        if (pair) {
            ((Sequence) state).items().forEach(part -> build(instance, part));
        } else if (state instanceof Dict dict) {
            spend(dict.entries().size(), instance.where());
            dict.byText().forEach(instance::set);
        } else if (!(state instanceof TorchValue.None)) {
            instance.setState(state);
        }
    }
}
