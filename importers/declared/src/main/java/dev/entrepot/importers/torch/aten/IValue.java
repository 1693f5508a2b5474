package dev.entrepot.importers.torch.aten;

import dev.entrepot.importers.size.Atom;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value of a PyTorch program while it is walked: a tensor of the graph that grows, or something that is known already.
 *
 * <p>The name and the members are PyTorch's. Source: aten/src/ATen/core/ivalue.h.
 */
public sealed interface IValue
        permits TensorRef,
                IValue.None,
                IValue.Bool,
                IValue.Int,
                IValue.Real,
                IValue.Text,
                IValue.Scalar,
                IValue.ListValue,
                IValue.TupleValue,
                IValue.DictValue,
                IValue.Device,
                IValue.Opaque,
                IValue.Broken {

    /** Python's None. */
    None NONE = new None();

    /** What an operator gives that could not be lowered. The problem is noted already; whatever is computed from it is broken too. */
    Broken BROKEN = new Broken();

    /** A whole number. */
    static Int of(long number) {
        return new Int(SizeExpr.of(number));
    }

    /** A whole number that may be symbolic. */
    static Int of(SizeExpr number) {
        return new Int(number);
    }

    /** A float. */
    static Real of(double number) {
        return new Real(number);
    }

    /** True or False. */
    static Bool of(boolean value) {
        return new Bool(value);
    }

    /** Text. */
    static Text of(String value) {
        return new Text(value);
    }

    /** A new list of these. */
    static ListValue list(List<? extends IValue> items) {
        return new ListValue(items);
    }

    /** A tuple of these. */
    static TupleValue tuple(List<? extends IValue> items) {
        return new TupleValue(List.copyOf(items));
    }

    /** A new list of whole numbers. */
    static ListValue ints(long... numbers) {
        ListValue list = new ListValue(List.of());
        for (long number : numbers) {
            list.items().add(of(number));
        }
        return list;
    }

    /** Whether this is an int, float or bool, be it known or not. */
    default boolean isNumber() {
        return isWhole() || this instanceof Real || this instanceof Scalar;
    }

    /** Whether this is an int, or a bool, which counts as one. */
    default boolean isWhole() {
        return this instanceof Int || isBool();
    }

    /** Whether this is a bool, be it known or not. */
    default boolean isBool() {
        return this instanceof Bool
                || this instanceof Scalar scalar && scalar.value().dataType() == DataType.BOOL;
    }

    /** The value as Python's {@code str} has it. */
    default String shown() {
        if (this instanceof Text text) {
            return text.value();
        } else if (this instanceof Int number) {
            return number.value().toString();
        } else if (this instanceof Real real) {
            return Double.toString(real.value());
        } else if (this instanceof Bool bool) {
            return bool.value() ? "True" : "False";
        } else if (this instanceof None) {
            return "None";
        } else if (this instanceof Device device) {
            return device.name();
        } else if (this instanceof ListValue list) {
            return list.items().stream().map(IValue::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        return this instanceof TupleValue tuple
                ? tuple.items().stream().map(IValue::shown).collect(Collectors.joining(", ", "(", ")"))
                : toString();
    }

    /** A short name of the sort, as an error message has it. */
    default String sort() {
        if (this instanceof TensorRef) {
            return "Tensor";
        }
        return switch (getClass().getSimpleName()) {
            case "Int" -> "int";
            case "Real" -> "float";
            case "Bool" -> "bool";
            case "Text" -> "str";
            case "ListValue" -> "list";
            case "TupleValue" -> "tuple";
            case "DictValue" -> "dict";
            default -> getClass().getSimpleName();
        };
    }

    /** Python's None; see {@link #NONE}. */
    record None() implements IValue {}

    /** True or False, known. */
    record Bool(boolean value) implements IValue {}

    /** A whole number, also an element type, layout or memory format in PyTorch's numbering. */
    record Int(SizeExpr value) implements IValue {}

    /** A float, known. */
    record Real(double value) implements IValue {}

    /** Text. */
    record Text(String value) implements IValue {}

    /**
     * A float or bool that is only known when the model runs. Whole numbers of this sort are an {@link Int} of {@link Atom.Computed}.
     *
     * @param value a scalar of float64, float32 or bool
     */
    record Scalar(Value value) implements IValue {}

    /** A device, such as {@code cpu}. It has no meaning for ONNX. */
    record Device(String name) implements IValue {}

    /** A list, which can change. Lists are equal only if they are the same one. */
    final class ListValue implements IValue {
        private final List<IValue> items;

        ListValue(List<? extends IValue> items) {
            this.items = new ArrayList<>(items);
        }

        /** The items; changing them changes the list. */
        public List<IValue> items() {
            return items;
        }

        @Override
        public String toString() {
            return items.toString();
        }
    }

    /** A tuple. */
    record TupleValue(List<IValue> items) implements IValue {}

    /** A dictionary, which can change. */
    final class DictValue implements IValue {
        private final Map<IValue, IValue> entries = new LinkedHashMap<>();

        /** An empty dictionary. */
        public DictValue() {}

        /** The entries in order; changing them changes the dictionary. */
        public Map<IValue, IValue> entries() {
            return entries;
        }

        @Override
        public String toString() {
            return Collections.unmodifiableMap(entries).toString();
        }
    }

    /** Something that only a front end gives a meaning: a module, an object of a class, a function. */
    non-sealed interface Opaque extends IValue {}

    /** See {@link #BROKEN}. */
    record Broken() implements IValue {}
}
