package dev.entrepot.importers.chainer.call;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.stream.Collectors;

/** What Chainer source gives a function and gets from it: a variable of the graph that grows, or something that is known already. */
public sealed interface Argument {

    /** Python's None. */
    Argument NONE = new None();

    /** What a function gives that could not be lowered. The problem is noted already; whatever is computed from it is broken too. */
    Argument BROKEN = new Broken();

    /** Python's Ellipsis. */
    Argument ELLIPSIS = new Ellipsis();

    /** A variable, or an array. */
    static Argument of(Value value) {
        return new Array(value);
    }

    /** A whole number. */
    static Argument of(long number) {
        return new Whole(SizeExpr.of(number));
    }

    /** A whole number that may be symbolic. */
    static Argument of(SizeExpr number) {
        return new Whole(number);
    }

    /** A float. */
    static Argument of(double number) {
        return new Real(number);
    }

    /** True or False. */
    static Argument of(boolean value) {
        return new Flag(value);
    }

    /** Text. */
    static Argument of(String value) {
        return new Text(value);
    }

    /** A tuple or list. */
    static Argument of(List<? extends Argument> items) {
        return new Items(List.copyOf(items));
    }

    /** A tuple of variables. */
    static Argument ofAll(List<Value> values) {
        return of(values.stream().map(Argument::of).toList());
    }

    /** A tuple of whole numbers. */
    static Argument ofAll(long... numbers) {
        return of(java.util.Arrays.stream(numbers).mapToObj(Argument::of).toList());
    }

    /** A short name of the sort, as an error message has it. */
    default String sort() {
        if (this instanceof Array array) {
            return "array " + array.value.dataType().numpyName() + array.value.shape();
        }
        return this instanceof None ? "None" : toString();
    }

    /** Whether this is broken, or something in it is. */
    default boolean isBroken() {
        return this instanceof Broken
                || this instanceof Items items && items.items.stream().anyMatch(Argument::isBroken);
    }

    /** A variable or an array; here the two are one. */
    record Array(Value value) implements Argument {}

    /** A whole number. */
    record Whole(SizeExpr value) implements Argument {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** A float, known. */
    record Real(double value) implements Argument {
        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /** True or False, known. */
    record Flag(boolean value) implements Argument {
        @Override
        public String toString() {
            return value ? "True" : "False";
        }
    }

    /** Text; element types are told by their names, such as {@code float32}. */
    record Text(String value) implements Argument {
        @Override
        public String toString() {
            return "\"" + value + "\"";
        }
    }

    /** A tuple or list. */
    record Items(List<Argument> items) implements Argument {
        @Override
        public String toString() {
            return items.stream().map(Argument::sort).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /** A part of an axis; each bound is a {@link Whole} or {@link #NONE}. */
    record Slice(Argument start, Argument stop, Argument step) implements Argument {
        @Override
        public String toString() {
            return start.sort() + ":" + stop.sort() + ":" + step.sort();
        }
    }

    /** See {@link #ELLIPSIS}. */
    record Ellipsis() implements Argument {
        @Override
        public String toString() {
            return "...";
        }
    }

    /** See {@link #NONE}. */
    record None() implements Argument {}

    /** See {@link #BROKEN}. */
    record Broken() implements Argument {}
}
