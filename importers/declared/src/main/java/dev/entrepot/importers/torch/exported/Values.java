package dev.entrepot.importers.torch.exported;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.TorchDtype;
import dev.entrepot.formats.torch.exported.Argument;
import dev.entrepot.formats.torch.exported.Layout;
import dev.entrepot.formats.torch.exported.MemoryFormat;
import dev.entrepot.formats.torch.exported.SymArgument;
import dev.entrepot.formats.torch.exported.SymValue;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.ScalarTypes;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.tensor.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The values of one graph by their names, and arguments as what operators take. */
final class Values {

    private final TorchGraph graph;
    private final Map<String, IValue> named = new HashMap<>();

    Values(TorchGraph graph) {
        this.graph = graph;
    }

    void put(String name, IValue value) {
        named.put(name, value);
    }

    /** A value by its name; what was not computed because nothing needs it counts as broken. */
    IValue get(String name) {
        return named.getOrDefault(name, IValue.BROKEN);
    }

    /** @throws ModelException (unsupported) for what has no form in ONNX */
    IValue of(Argument argument) {
        if (argument instanceof Argument.AsNone) {
            return IValue.NONE;
        } else if (argument instanceof Argument.AsTensor tensor) {
            return get(tensor.name());
        } else if (argument instanceof Argument.AsTensors tensors) {
            return list(tensors.names(), this::get);
        } else if (argument instanceof Argument.AsOptionalTensor tensor) {
            return optional(tensor.name());
        } else if (argument instanceof Argument.AsOptionalTensors tensors) {
            return list(tensors.names(), this::optional);
        } else if (argument instanceof Argument.AsNestedTensors nested) {
            return list(nested.names(), names -> list(names, this::get));
        }
        return symbolic(argument).or(() -> plain(argument)).orElseThrow(() -> unsupported(argument));
    }

    private IValue optional(Optional<String> name) {
        return name.map(this::get).orElse(IValue.NONE);
    }

    private Optional<IValue> symbolic(Argument argument) {
        if (argument instanceof Argument.AsSymInt value) {
            return Optional.of(symbolic(value.value()));
        } else if (argument instanceof Argument.AsSymFloat value) {
            return Optional.of(symbolic(value.value()));
        } else if (argument instanceof Argument.AsSymBool value) {
            return Optional.of(symbolic(value.value()));
        } else if (argument instanceof Argument.AsSymInts values) {
            return Optional.of(list(values.values(), this::symbolic));
        } else if (argument instanceof Argument.AsSymFloats values) {
            return Optional.of(list(values.values(), this::symbolic));
        } else if (argument instanceof Argument.AsSymBools values) {
            return Optional.of(list(values.values(), this::symbolic));
        }
        return Optional.empty();
    }

    private IValue symbolic(SymArgument argument) {
        if (argument instanceof SymArgument.Named name) {
            return get(name.name());
        }
        SymValue value = ((SymArgument.Known) argument).value();
        if (value instanceof SymValue.Int number) {
            return IValue.of(number.value());
        } else if (value instanceof SymValue.Real number) {
            return IValue.of(number.value());
        } else if (value instanceof SymValue.Bool bool) {
            return IValue.of(bool.value());
        }
        throw graph.unsupported("argument", "is a symbolic expression that no node computes");
    }

    private Optional<IValue> plain(Argument argument) {
        if (argument instanceof Argument.AsInt number) {
            return Optional.of(IValue.of(number.value()));
        } else if (argument instanceof Argument.AsInts numbers) {
            return Optional.of(list(numbers.values(), IValue::of));
        } else if (argument instanceof Argument.AsIntLists lists) {
            return Optional.of(list(lists.values(), numbers -> list(numbers, IValue::of)));
        } else if (argument instanceof Argument.AsFloat number) {
            return Optional.of(IValue.of(number.value()));
        } else if (argument instanceof Argument.AsFloats numbers) {
            return Optional.of(list(numbers.values(), IValue::of));
        } else if (argument instanceof Argument.AsFloatLists lists) {
            return Optional.of(list(lists.values(), numbers -> list(numbers, IValue::of)));
        } else if (argument instanceof Argument.AsString text) {
            return Optional.of(IValue.of(text.value()));
        } else if (argument instanceof Argument.AsStrings texts) {
            return Optional.of(list(texts.values(), IValue::of));
        } else if (argument instanceof Argument.AsBool bool) {
            return Optional.of(IValue.of(bool.value()));
        } else if (argument instanceof Argument.AsBools bools) {
            return Optional.of(list(bools.values(), IValue::of));
        } else if (argument instanceof Argument.AsScalarType type) {
            return Optional.of(IValue.of(ScalarTypes.number(dataType(graph, type.dtype()))));
        } else if (argument instanceof Argument.AsMemoryFormat format) {
            return Optional.of(IValue.of(number(format.format())));
        } else if (argument instanceof Argument.AsLayout layout && layout.layout() == Layout.STRIDED) {
            return Optional.of(IValue.of(0));
        } else if (argument instanceof Argument.AsDevice device) {
            return Optional.of(new IValue.Device(device.device().toString()));
        }
        return Optional.empty();
    }

    /** Source: c10/core/MemoryFormat.h. */
    private static long number(MemoryFormat format) {
        return switch (format) {
            case UNKNOWN, CONTIGUOUS_FORMAT -> 0;
            case PRESERVE_FORMAT -> 1;
            case CHANNELS_LAST -> 2;
            case CHANNELS_LAST_3D -> 3;
        };
    }

    private static <T> IValue list(List<T> items, Function<T, IValue> item) {
        return IValue.list(items.stream().map(item).toList());
    }

    private ModelException unsupported(Argument argument) {
        String what = argument.getClass().getSimpleName().replaceFirst("^As", "");
        return graph.unsupported("argument", "is a " + what + " (" + argument + "), which ONNX has no form of");
    }

    /** @throws ModelException (unsupported) if ONNX has no such element type */
    static DataType dataType(TorchGraph graph, TorchDtype dtype) {
        if (dtype.dataType() == DataType.UNDEFINED) {
            throw graph.unsupported("tensor", "is of " + dtype.torchName() + ", which ONNX has no form of");
        }
        return dtype.dataType();
    }
}
