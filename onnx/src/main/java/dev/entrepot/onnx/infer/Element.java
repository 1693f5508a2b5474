package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;

/** One element of a small tensor, as far as it is known: a number, the size of a symbolic dimension, or nothing. */
public sealed interface Element {

    /** Nothing is known. */
    Element UNKNOWN = new Unknown();

    /** A whole number; true is 1. */
    static Element of(long value) {
        return new Whole(value);
    }

    /** The size of a dimension. */
    static Element of(Dim dim) {
        if (dim instanceof Dim.Symbol symbol) {
            return new Size(symbol);
        }
        return dim.isKnown() ? new Whole(dim.size()) : UNKNOWN;
    }

    /** Whether this is the whole number {@code value}. */
    default boolean is(long value) {
        return this instanceof Whole whole && whole.value == value;
    }

    /** This as a dimension; {@link Dim#UNKNOWN} unless it is a size. */
    default Dim toDim() {
        if (this instanceof Whole whole && whole.value >= 0) {
            return Dim.of(whole.value);
        }
        return this instanceof Size size ? size.symbol : Dim.UNKNOWN;
    }

    /** Their sum. */
    default Element plus(Element other) {
        if (is(0)) {
            return other;
        }
        return other.is(0) ? this : combined(other, Math::addExact, Double::sum);
    }

    /** Their difference. */
    default Element minus(Element other) {
        if (other.is(0)) {
            return this;
        }
        boolean same = this instanceof Size && equals(other);
        return same ? of(0) : combined(other, Math::subtractExact, (a, b) -> a - b);
    }

    /** Their product. */
    default Element times(Element other) {
        if (is(1)) {
            return other;
        }
        return other.is(1) ? this : combined(other, Math::multiplyExact, (a, b) -> a * b);
    }

    /** Their quotient, of whole numbers truncated. */
    default Element dividedBy(Element other) {
        return other.is(1) ? this : combined(other, Element::divideExact, (a, b) -> a / b);
    }

    /** The remainder with the divisor's sign. */
    default Element modulo(Element other) {
        return combined(other, Math::floorMod, (a, b) -> Double.NaN);
    }

    /** The smaller one. */
    default Element min(Element other) {
        return equals(other) ? this : combined(other, Math::min, Math::min);
    }

    /** The larger one. */
    default Element max(Element other) {
        return equals(other) ? this : combined(other, Math::max, Math::max);
    }

    /** For functions that are not followed. */
    default Element unknown(Element other) {
        return UNKNOWN;
    }

    /** 1 if equal, 0 if not. */
    default Element equalTo(Element other) {
        boolean negative =
                this instanceof Whole whole && whole.value < 0 || other instanceof Whole that && that.value < 0;
        boolean size = this instanceof Size || other instanceof Size;
        if (negative && size) {
            return of(0);
        }
        return size && equals(other) ? of(1) : compared(other, sign -> sign == 0);
    }

    /** 1 if this is less, 0 if not. */
    default Element lessThan(Element other) {
        return compared(other, sign -> sign < 0);
    }

    /** 1 if this is greater, 0 if not. */
    default Element greaterThan(Element other) {
        return compared(other, sign -> sign > 0);
    }

    /** The number with the other sign. */
    default Element negated() {
        return of(0).minus(this);
    }

    /** A function of a real number. */
    default Element mapped(DoubleUnaryOperator function) {
        return this instanceof Real real ? new Real(function.applyAsDouble(real.value)) : UNKNOWN;
    }

    /** 0 for 1 and 1 for 0. */
    default Element not() {
        return of(1).minus(this);
    }

    /** The largest whole number that is not larger, as a real number. */
    default Element floor() {
        return this instanceof Real real ? new Real(Math.floor(real.value)) : UNKNOWN;
    }

    /** The smallest whole number that is not smaller, as a real number. */
    default Element ceil() {
        return this instanceof Real real ? new Real(Math.ceil(real.value)) : UNKNOWN;
    }

    /** This as a real number. */
    default Element toReal() {
        return this instanceof Whole whole ? new Real(whole.value) : this instanceof Real ? this : UNKNOWN;
    }

    /** This as a whole number, truncated. */
    default Element toWhole() {
        if (!(this instanceof Real real)) {
            return this;
        }
        return Math.abs(real.value) < 0x1p53 ? of((long) real.value) : UNKNOWN;
    }

    private Element combined(Element other, LongBinaryOperator whole, DoubleBinaryOperator real) {
        if (this instanceof Whole a && other instanceof Whole b) {
            try {
                return of(whole.applyAsLong(a.value, b.value));
            } catch (ArithmeticException e) {
                return UNKNOWN;
            }
        }
        if (this instanceof Real a && other instanceof Real b) {
            return new Real(real.applyAsDouble(a.value, b.value));
        }
        return UNKNOWN;
    }

    private Element compared(Element other, IntPredicate wanted) {
        if (this instanceof Whole a && other instanceof Whole b) {
            return of(wanted.test(Long.compare(a.value, b.value)) ? 1 : 0);
        }
        if (this instanceof Real a && other instanceof Real b && !Double.isNaN(a.value) && !Double.isNaN(b.value)) {
            return of(wanted.test(a.value == b.value ? 0 : Double.compare(a.value, b.value)) ? 1 : 0);
        }
        return UNKNOWN;
    }

    private static long divideExact(long a, long b) {
        return b == -1 ? Math.negateExact(a) : a / b;
    }

    /** A whole number. */
    record Whole(long value) implements Element {}

    /** A floating-point number. */
    record Real(double value) implements Element {}

    /** The size that a symbol stands for. */
    record Size(Dim.Symbol symbol) implements Element {}

    /** Nothing known; see {@link #UNKNOWN}. */
    record Unknown() implements Element {}
}
