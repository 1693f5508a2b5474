package dev.entrepot.importers.torch.modules.tree;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A module while its {@code forward} runs: Python's {@code self}.
 *
 * @param module the module
 * @param execution what runs it
 */
public record BoundModule(Module module, Execution execution) {

    /** Calls an operator of ATen with arguments in the order of its schema. */
    public IValue call(String operator, IValue... arguments) {
        return execution.graph().call(operator, List.of(arguments), Map.of());
    }

    /** Calls an operator of ATen with arguments in order and further ones by name. */
    public IValue call(String operator, List<IValue> arguments, Map<String, IValue> keywords) {
        return execution.graph().call(operator, arguments, keywords);
    }

    /** Calls a child. */
    public IValue run(String child, IValue x) {
        return child(child).forward(x);
    }

    /** Calls children one after the other. */
    public IValue through(IValue x, String... names) {
        IValue value = x;
        for (String name : names) {
            value = run(name, value);
        }
        return value;
    }

    /** Calls all children one after the other, as {@code nn.Sequential} does. */
    public IValue throughAll(IValue x) {
        return through(x, module.children().keySet().toArray(String[]::new));
    }

    /** Calls this module. */
    public IValue forward(IValue x) {
        return execution.run(module, x);
    }

    /** Whether there is a child of this name. */
    public boolean has(String child) {
        return module.children().containsKey(child);
    }

    /**
     * A child.
     *
     * @throws ModelException (malformed) if there is none
     */
    public BoundModule child(String name) {
        Module child = module.children().get(name);
        if (child == null) {
            throw malformed("has no module \"" + name + "\", it has "
                    + module.children().keySet());
        }
        return new BoundModule(child, execution);
    }

    /** A parameter or buffer, None where there is none. */
    public IValue tensor(String name) {
        TorchTensor tensor = module.tensors().get(name);
        return tensor == null ? IValue.NONE : execution.tensor(module, name, tensor);
    }

    /** A tensor that is no parameter, but made here. */
    public IValue constant(String name, Tensor tensor) {
        return execution.graph().parameter(module.path() + "." + name, tensor);
    }

    /**
     * An attribute.
     *
     * @throws ModelException (malformed) if there is none
     */
    public IValue attribute(String name) {
        IValue value = module.attributes().get(name);
        if (value == null) {
            throw malformed("has no attribute \"" + name + "\"");
        }
        return value;
    }

    /** An attribute, or what it was before the class had it. */
    public IValue attribute(String name, IValue otherwise) {
        return Objects.requireNonNullElse(module.attributes().get(name), otherwise);
    }

    /** Whether an attribute is there and not None. */
    public boolean isSet(String name) {
        return !(attribute(name, IValue.NONE) instanceof IValue.None);
    }

    /** An attribute that is true or false. */
    public boolean flag(String name, boolean otherwise) {
        @Nullable IValue value = module.attributes().get(name);
        if (value == null || value instanceof IValue.None) {
            return otherwise;
        }
        if (value instanceof IValue.Bool bool) {
            return bool.value();
        }
        throw malformed("attribute \"" + name + "\" is " + value + ", not a bool");
    }

    /** An attribute that is a text. */
    public String text(String name, String otherwise) {
        return attribute(name, IValue.of(otherwise)) instanceof IValue.Text text ? text.value() : otherwise;
    }

    /**
     * An attribute that is a whole number.
     *
     * @throws ModelException (malformed) if it is not
     */
    public long number(String name) {
        return number(name, attribute(name));
    }

    /** An attribute that is one number or one for each of {@code axes} axes, as a list. */
    public IValue sizes(String name, int axes) {
        return sizes(name, attribute(name), axes);
    }

    /** See {@link #sizes(String, int)}; with what it was before the class had it. */
    public IValue sizes(String name, int axes, long otherwise) {
        return sizes(name, attribute(name, IValue.of(otherwise)), axes);
    }

    private IValue sizes(String name, IValue value, int axes) {
        if (value instanceof IValue.Int) {
            return IValue.list(Collections.nCopies(axes, value));
        }
        List<IValue> items = items(value).orElseThrow(() -> malformed("attribute \"" + name + "\" is " + value));
        if (items.size() != axes) {
            throw malformed("attribute \"" + name + "\" is " + items + ", " + axes + " numbers are expected");
        }
        return IValue.list(items);
    }

    /** The items of an attribute that is a list or a tuple. */
    public long[] numbers(String name) {
        IValue value = attribute(name);
        return items(value).orElseThrow(() -> malformed("attribute \"" + name + "\" is " + value)).stream()
                .mapToLong(item -> number(name, item))
                .toArray();
    }

    private static Optional<List<IValue>> items(IValue value) {
        if (value instanceof IValue.ListValue list) {
            return Optional.of(list.items());
        }
        return value instanceof IValue.TupleValue tuple ? Optional.of(tuple.items()) : Optional.empty();
    }

    private long number(String name, IValue value) {
        if (value instanceof IValue.Int number && number.value().isNumber()) {
            return number.value().number().orElseThrow();
        }
        throw malformed("attribute \"" + name + "\" is " + value + ", not a whole number");
    }

    /** Adds two tensors. */
    public IValue add(IValue one, IValue other) {
        return call("aten::add", one, other);
    }

    /** Multiplies two tensors, or a tensor with a number. */
    public IValue multiply(IValue one, IValue other) {
        return call("aten::mul", one, other);
    }

    /** Joins tensors along an axis. */
    public IValue cat(long axis, IValue... tensors) {
        return call("aten::cat", IValue.list(Arrays.asList(tensors)), IValue.of(axis));
    }

    /** The size of a tensor along an axis, which may be symbolic. */
    public IValue size(IValue x, long axis) {
        return call("aten::size", x, IValue.of(axis));
    }

    /**
     * The size of a tensor along an axis.
     *
     * @throws ModelException (unsupported) if it is symbolic
     */
    public long fixedSize(IValue x, long axis) {
        IValue size = size(x, axis);
        if (size instanceof IValue.Broken) {
            throw new Execution.BrokenValueException();
        }
        if (size instanceof IValue.Int number && number.value().isNumber()) {
            return number.value().number().orElseThrow();
        }
        throw ModelException.unsupported(
                module.where(),
                "module " + module,
                "needs the size of axis " + axis + " of " + x + " as a number; give --input with numbers");
    }

    /**
     * The number of axes of a tensor.
     *
     * @throws ModelException (unsupported) if it is not known
     */
    public int rank(IValue x) {
        if (x instanceof IValue.Broken) {
            throw new Execution.BrokenValueException();
        }
        if (x instanceof TensorRef tensor && tensor.shape().ranked()) {
            return tensor.shape().rank();
        }
        throw unsupported("needs to know the number of axes of " + x);
    }

    /** Something about this module that no module of its class can have. */
    public ModelException malformed(String what) {
        return ModelException.malformed(module.where(), "module " + module, what);
    }

    /** Something about this module that is not supported. */
    public ModelException unsupported(String what) {
        return ModelException.unsupported(module.where(), "module " + module, what);
    }
}
