package dev.entrepot.onnx.text;

import dev.entrepot.bytes.ModelException;

/**
 * A number or a quoted text as it stands.
 *
 * @param kind what it looks like
 * @param text the digits as they stand, or what is between the quotes
 * @param at where it begins
 */
record Literal(Kind kind, String text, Cursor.Place at) {

    enum Kind {
        INT,
        FLOAT,
        STRING
    }

    long toLong() {
        require(Kind.INT, "a whole number");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw at.fault("expected a number of 64 bits, found " + text);
        }
    }

    long toUnsignedLong() {
        require(Kind.INT, "a whole number");
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw at.fault("expected an unsigned number of 64 bits, found " + text);
        }
    }

    float toFloat() {
        String number = javaNumber();
        float value = Float.parseFloat(number);
        if (Float.isInfinite(value) && !number.endsWith("y")) {
            throw at.fault("expected a number that fits float32, found " + text);
        }
        return value;
    }

    double toDouble() {
        String number = javaNumber();
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value) && !number.endsWith("y")) {
            throw at.fault("expected a number that fits float64, found " + text);
        }
        return value;
    }

    String toText() {
        require(Kind.STRING, "a text in quotes");
        return text;
    }

    private String javaNumber() {
        if (kind == Kind.STRING) {
            throw at.fault("expected a number, found \"" + text + "\"");
        }
        String sign = text.startsWith("-") ? "-" : "";
        return switch (Character.toLowerCase(text.charAt(sign.length()))) {
            case 'i' -> sign + "Infinity";
            case 'n' -> sign + "NaN";
            default -> text;
        };
    }

    private void require(Kind expected, String description) throws ModelException {
        if (kind != expected) {
            throw at.fault("expected " + description + ", found " + text);
        }
    }
}
