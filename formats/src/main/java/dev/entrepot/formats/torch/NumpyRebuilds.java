package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.pickle.PickleValue;
import dev.entrepot.formats.pickle.PickleValue.Call;
import dev.entrepot.formats.torch.AllowedGlobals.Meaning;
import dev.entrepot.formats.torch.TorchValue.Int;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.TensorValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NumPy arrays and numbers within pickles. Source: numpy core/src/multiarray/methods.c, array_reduce, and descriptor.c. */
final class NumpyRebuilds {

    private static final Map<String, TorchDtype> TYPES = Map.ofEntries(
            Map.entry("b1", TorchDtype.BOOL),
            Map.entry("i1", TorchDtype.INT8),
            Map.entry("i2", TorchDtype.INT16),
            Map.entry("i4", TorchDtype.INT32),
            Map.entry("i8", TorchDtype.INT64),
            Map.entry("u1", TorchDtype.UINT8),
            Map.entry("u2", TorchDtype.UINT16),
            Map.entry("u4", TorchDtype.UINT32),
            Map.entry("u8", TorchDtype.UINT64),
            Map.entry("f2", TorchDtype.FLOAT16),
            Map.entry("f4", TorchDtype.FLOAT32),
            Map.entry("f8", TorchDtype.FLOAT64),
            Map.entry("c8", TorchDtype.COMPLEX64),
            Map.entry("c16", TorchDtype.COMPLEX128));

    private final Arguments arguments;
    private final Interpreter interpreter;

    NumpyRebuilds(Arguments arguments, Interpreter interpreter) {
        this.arguments = arguments;
        this.interpreter = interpreter;
    }

    TorchValue rebuild(Meaning meaning, Call call) {
        return switch (meaning) {
            case NUMPY_DTYPE -> dtype(call);
            case NUMPY_SCALAR -> array(arguments.value(0), List.of(), false, raw(arguments.value(1)));
            case NUMPY_FROM_BUFFER ->
                array(arguments.value(1), arguments.sizes(2), arguments.text(3).equals("F"), raw(arguments.value(0)));
            default -> reconstructed(call);
        };
    }

    /** {@code dtype('f4', False, True)} with the state {@code (3, '<', None, ...)}. */
    private TorchValue dtype(Call call) {
        String code = arguments.text(0);
        String order = "<";
        for (PickleValue state : call.states()) {
            if (interpreter.interpret(state) instanceof Sequence parts
                    && parts.items().size() > 1
                    && parts.items().get(1) instanceof TorchValue.Text text) {
                order = text.value();
            }
        }
        return new TorchValue.Name("numpy." + (order.equals(">") ? ">" : "") + code);
    }

    /** The state is {@code (version, shape, dtype, is_fortran, bytes)}. */
    private TorchValue reconstructed(Call call) {
        if (call.states().size() != 1
                || !(interpreter.interpret(call.states().get(0)) instanceof Sequence state)
                || state.items().size() != 5) {
            throw ModelException.malformed(call.where(), "NumPy array", "has no state of five parts");
        }
        List<Long> shape = new ArrayList<>();
        if (state.items().get(1) instanceof Sequence sizes) {
            for (TorchValue size : sizes.items()) {
                shape.add(size instanceof Int number ? number.toLong().orElse(-1L) : -1L);
            }
        }
        boolean columns = state.items().get(3) instanceof TorchValue.Bool bool && bool.value()
                || state.items().get(3) instanceof Int flag && flag.value().signum() != 0;
        return array(state.items().get(2), shape, columns, raw(state.items().get(4)));
    }

    private TorchValue array(TorchValue type, List<Long> shape, boolean columns, ByteSource bytes) {
        String name = type instanceof TorchValue.Name known ? known.name() : type.toString();
        boolean big = name.startsWith("numpy.>");
        Optional<TorchDtype> dtype = Optional.ofNullable(TYPES.get(name.replaceFirst("^numpy\\.[>]?", "")));
        if (dtype.isEmpty()) {
            throw ModelException.unsupported(arguments.where(), "NumPy array", "has the element type " + name);
        }
        Storage storage = new Storage("numpy@" + arguments.where().offset(), dtype, bytes, big);
        List<Long> strides = strides(shape, columns);
        return new TensorValue(Views.view(storage, dtype.get(), 0, shape, strides, arguments.where()));
    }

    private List<Long> strides(List<Long> shape, boolean columns) {
        List<Long> sizes = new ArrayList<>(shape);
        if (!columns) {
            Collections.reverse(sizes);
        }
        List<Long> strides = new ArrayList<>();
        long stride = 1;
        for (long size : sizes) {
            strides.add(stride);
            try {
                stride = Math.multiplyExact(stride, Math.max(1, size));
            } catch (ArithmeticException e) {
                throw ModelException.malformed(arguments.where(), "NumPy array", "has the shape " + shape);
            }
        }
        if (!columns) {
            Collections.reverse(strides);
        }
        return strides;
    }

    /** The elements' bytes; Python 2 wrote them as text where they happen to be some. */
    private ByteSource raw(TorchValue value) {
        if (value instanceof TorchValue.Bytes bytes) {
            return bytes.source();
        }
        if (value instanceof TorchValue.Text text) {
            interpreter.spend(text.value().length(), arguments.where());
            return ByteSource.of(arguments.where().file(), text.value().getBytes(StandardCharsets.UTF_8));
        }
        throw ModelException.unsupported(arguments.where(), "NumPy array", "holds " + value + ", not bytes");
    }
}
