package dev.entrepot.validator.oracles.libtorch.fuzz;

/** Numbers of 16 bits. Source: IEEE 754-2019, binary16. */
final class Half {

    private static final int BIAS = 15;
    private static final int FRACTION_BITS = 10;
    private static final double GREATEST = 65504;

    private Half() {}

    /** The bits of the nearest number, cut to the greatest one where it is beyond. */
    static short bits(double value) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
        if (Double.isNaN(value)) {
            return 0x7e00;
        }
        if (Double.isInfinite(value)) {
            return (short) (sign | 0x7c00);
        }
        double magnitude = Math.min(Math.abs(value), GREATEST);
        int exponent = Math.max(1 - BIAS, Math.getExponent(magnitude));
        long fraction = (long) Math.rint(Math.scalb(magnitude, FRACTION_BITS - exponent));
        // A fraction without its leading bit is a subnormal one: exponent field 0.
        long field = ((long) (exponent + BIAS - 1) << FRACTION_BITS) + fraction;
        return (short) (sign | field);
    }

    /** The number with these bits. */
    static double value(short bits) {
        int exponent = bits >> FRACTION_BITS & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            int leading = exponent == 0 ? 0 : 0x400;
            magnitude = Math.scalb((double) (fraction | leading), Math.max(1, exponent) - BIAS - FRACTION_BITS);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
