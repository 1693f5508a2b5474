package dev.entrepot.onnx.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Prints floats with as few characters as can be parsed back to the same float. Source: C++ {@code std::to_chars}. */
final class Numbers {

    private static final int FLOAT_DIGITS = 9;
    private static final int DOUBLE_DIGITS = 17;

    private Numbers() {}

    static String shortest(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return special(value, Float.floatToRawIntBits(value) < 0);
        }
        return shortest(new BigDecimal(value), FLOAT_DIGITS, text -> Float.parseFloat(text) == value);
    }

    static String shortest(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return special(value, Double.doubleToRawLongBits(value) < 0);
        }
        return shortest(new BigDecimal(value), DOUBLE_DIGITS, text -> Double.parseDouble(text) == value);
    }

    private static String special(double value, boolean negative) {
        String magnitude = Double.isNaN(value) ? "nan" : value == 0 ? "0" : "inf";
        return negative ? "-" + magnitude : magnitude;
    }

    private static String shortest(BigDecimal exact, int mostDigits, Predicate<String> parsesBack) {
        BigDecimal rounded = rounded(exact, mostDigits, parsesBack);
        BigDecimal shortest = rounded.stripTrailingZeros();
        // A whole number is printed with all its digits, not with zeros for those that do not matter.
        String fixed = shortest.scale() <= 0 && exact.scale() <= 0 ? exact.toPlainString() : shortest.toPlainString();
        String scientific = scientific(shortest);
        return fixed.length() <= scientific.length() ? fixed : scientific;
    }

    /** Also upwards: below a power of two floats lie closer together, so the nearest decimal may be another float's. */
    private static BigDecimal rounded(BigDecimal exact, int mostDigits, Predicate<String> parsesBack) {
        for (int digits = 1; digits < mostDigits; digits++) {
            for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP)) {
                BigDecimal rounded = exact.round(new MathContext(digits, mode));
                if (parsesBack.test(rounded.toString())) {
                    return rounded;
                }
            }
        }
        return exact.round(new MathContext(mostDigits, RoundingMode.HALF_EVEN));
    }

    private static String scientific(BigDecimal value) {
        String digits = value.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - value.scale();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = value.signum() < 0 ? "-" : "";
        return sign + mantissa + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
