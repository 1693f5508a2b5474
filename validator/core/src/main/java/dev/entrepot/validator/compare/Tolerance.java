package dev.entrepot.validator.compare;

import dev.entrepot.tensor.DataType;

/**
 * How far an element may be from its reference: at most {@code max(absolute, relative * |reference|)}.
 *
 * <p>The absolute part is a floor, not added: NumPy's {@code allclose} would allow up to twice as much.
 *
 * @param relative the part of the reference's magnitude
 * @param absolute the floor, in the output's own unit
 * @param why where the two numbers come from
 */
public record Tolerance(double relative, double absolute, String why) {

    private static final Tolerance SINGLE = new Tolerance(
            1e-4,
            1e-5,
            "float32 sums in another order differ by about sqrt(n) * 2^-24 of their terms' size:"
                    + " 4e-6 for n = 4608, some 25 times less than 1e-4; the floor is for values that cancel to near 0");
    private static final Tolerance HALF = new Tolerance(
            1e-3, 2.5e-3, "float16 has 11 bits; the pair that ONNX Runtime's own operator tests use for it");
    private static final Tolerance BRAIN = new Tolerance(
            1e-2, 2e-2, "bfloat16 has 8 bits; the pair that ONNX Runtime's own operator tests use for it");
    private static final Tolerance EXACT = new Tolerance(0, 0, "whole numbers, truth values and strings must be equal");

    /** @throws IllegalArgumentException if a part is negative or not finite, or the reason is missing */
    public Tolerance {
        if (!(relative >= 0 && relative < 1e300 && absolute >= 0 && absolute < 1e300) || why.isBlank()) {
            throw new IllegalArgumentException("a tolerance needs two numbers from 0 on and a reason, got " + relative
                    + ", " + absolute + ", \"" + why + "\"");
        }
    }

    /** The tolerance for outputs of this type where the user names none. */
    public static Tolerance standard(DataType type) {
        return switch (type) {
            case FLOAT, DOUBLE -> SINGLE;
            case FLOAT16 -> HALF;
            case BFLOAT16 -> BRAIN;
            default -> EXACT;
        };
    }

    /** Whether nothing but equality will do. */
    public boolean isExact() {
        return relative == 0 && absolute == 0;
    }

    /** How far an element may be from this reference. */
    public double bound(double reference) {
        return Math.max(absolute, relative * Math.abs(reference));
    }
}
