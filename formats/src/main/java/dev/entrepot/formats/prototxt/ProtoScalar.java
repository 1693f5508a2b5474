package dev.entrepot.formats.prototxt;

import java.util.Locale;

/**
 * A scalar as the text format writes it; only who asks for it knows whether it is an int32, a float, a bool or an enum.
 *
 * @param kind the sort of token
 * @param text a string's characters without quotes and escapes, a number as written with its sign, an identifier as written
 */
public record ProtoScalar(Kind kind, String text) implements ProtoValue {

    private static final int LONGEST_SHOWN = 60;

    /** The sorts of tokens a scalar is written with. */
    public enum Kind {
        /** Quoted text. */
        STRING,
        /** A number, also {@code -inf}. */
        NUMBER,
        /** A bare word: an enum's name, {@code true}, {@code inf}. */
        IDENTIFIER
    }

    /** Quoted text. */
    public static ProtoScalar string(String text) {
        return new ProtoScalar(Kind.STRING, text);
    }

    /** A bare word. */
    public static ProtoScalar identifier(String text) {
        return new ProtoScalar(Kind.IDENTIFIER, text);
    }

    /** A whole number. */
    public static ProtoScalar number(long value) {
        return new ProtoScalar(Kind.NUMBER, Long.toString(value));
    }

    /** A float, in as few digits as give it back. */
    public static ProtoScalar number(float value) {
        return new ProtoScalar(Kind.NUMBER, Float.isFinite(value) ? Float.toString(value) : special(value));
    }

    /** A double, in as few digits as give it back. */
    public static ProtoScalar number(double value) {
        return new ProtoScalar(Kind.NUMBER, Double.isFinite(value) ? Double.toString(value) : special(value));
    }

    /** How messages show it: quoted if it is a string, and cut if it is long. */
    @Override
    public String toString() {
        String shown = text.length() <= LONGEST_SHOWN
                ? text
                : text.substring(0, LONGEST_SHOWN) + "…(" + text.length() + " characters)";
        return kind == Kind.STRING ? '"' + shown + '"' : shown;
    }

    /** Reads a decimal, {@code 0x} hexadecimal or {@code 0} octal whole number; throws if it is none or does not fit. */
    long toLong() {
        if (kind != Kind.NUMBER) {
            throw new NumberFormatException();
        }
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        String sign = negative ? "-" : "";
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            return Long.parseLong(sign + digits.substring(2), 16);
        }
        boolean octal = digits.length() > 1 && digits.startsWith("0");
        return Long.parseLong(sign + digits, octal ? 8 : 10);
    }

    /** Reads a decimal number, {@code inf} or {@code nan}; throws if it is none. */
    double toDouble() {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        double magnitude = switch (digits.toLowerCase(Locale.ROOT)) {
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> decimal(digits);
        };
        return text.startsWith("-") ? -magnitude : magnitude;
    }

    private double decimal(String digits) {
        boolean octalOrHexadecimal =
                digits.matches("0[xX0-9].*") && digits.chars().allMatch(c -> c != '.' && c != 'e' && c != 'E');
        if (kind != Kind.NUMBER || octalOrHexadecimal) {
            throw new NumberFormatException();
        }
        return Double.parseDouble(digits);
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
}
