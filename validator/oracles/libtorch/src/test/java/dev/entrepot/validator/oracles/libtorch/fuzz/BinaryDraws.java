package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Arrays;
import java.util.Map;

/** Elementwise operators of two tensors, or of a tensor and a number: broadcasting and type promotion. */
final class BinaryDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("add", scaled("add")),
            entry("addcdiv", ternary("addcdiv")),
            entry("addcmul", ternary("addcmul")),
            entry("atan2", s -> floats(s, "atan2", Values.NOT_ZERO)),
            entry("bitwise_and", s -> bits(s, "bitwise_and")),
            entry("bitwise_left_shift", s -> shift(s, "bitwise_left_shift")),
            entry("bitwise_or", s -> bits(s, "bitwise_or")),
            entry("bitwise_right_shift", s -> shift(s, "bitwise_right_shift")),
            entry("bitwise_xor", s -> bits(s, "bitwise_xor")),
            entry("clamp", BinaryDraws::clamp),
            entry("clamp_max", s -> arithmetic(s, "clamp_max", Values.NORMAL)),
            entry("clamp_min", s -> arithmetic(s, "clamp_min", Values.NORMAL)),
            entry("div", BinaryDraws::div),
            entry("eq", s -> compared(s, "eq")),
            entry("floor_divide", s -> quotient(s, "floor_divide")),
            entry("fmax", s -> pair(s, "fmax", Values.TIED)),
            entry("fmin", s -> pair(s, "fmin", Values.TIED)),
            entry("fmod", s -> quotient(s, "fmod")),
            entry("ge", s -> compared(s, "ge")),
            entry("gt", s -> compared(s, "gt")),
            entry("heaviside", s -> pair(s, "heaviside", Values.TIED)),
            entry(
                    "isclose",
                    s -> "torch.isclose(%s, %s)"
                            .formatted(s.notHalf().input(Values.TIED, 3, 4), s.input(Values.TIED, 4))),
            entry("le", s -> compared(s, "le")),
            entry("lerp", BinaryDraws::lerp),
            entry("logaddexp", s -> floats(s, "logaddexp", Values.NORMAL)),
            entry("logaddexp2", s -> floats(s, "logaddexp2", Values.NORMAL)),
            entry("logical_and", s -> bits(s, "logical_and")),
            entry("logical_or", s -> bits(s, "logical_or")),
            entry("logical_xor", s -> bits(s, "logical_xor")),
            entry("lt", s -> compared(s, "lt")),
            entry("maximum", s -> pair(s, "maximum", Values.TIED)),
            entry("minimum", s -> pair(s, "minimum", Values.TIED)),
            entry("mul", s -> arithmetic(s, "mul", Values.NORMAL)),
            entry("ne", s -> compared(s, "ne")),
            entry("pow", BinaryDraws::pow),
            entry("remainder", s -> quotient(s, "remainder")),
            entry("rsub", scaled("rsub")),
            entry("sub", scaled("sub")),
            entry("true_divide", s -> arithmetic(s, "true_divide", Values.NOT_ZERO)),
            entry("where", BinaryDraws::where),
            entry("xlogy", s -> floats(s, "xlogy", Values.POSITIVE)));

    private BinaryDraws() {}

    /** Two shapes that broadcast. */
    record Shapes(long[] left, long[] right) {
        static Shapes draw(Sketch s) {
            long[] all = s.shape(0, 4);
            return new Shapes(part(s.dice(), all), part(s.dice(), all));
        }

        /** Sizes some of which are 1, or, at the front, left out. */
        private static long[] part(Dice dice, long[] all) {
            int left = dice.chance(30) ? dice.between(0, all.length) : 0;
            long[] part = Arrays.copyOfRange(all, left, all.length);
            for (int axis = 0; axis < part.length; axis++) {
                part[axis] = dice.chance(20) ? 1 : part[axis];
            }
            return part;
        }
    }

    /** A tensor of some type, the types of both sides drawn apart now and then. */
    private static String side(Sketch s, Values values, long[] shape) {
        return switch (s.dice().between(0, 9)) {
            case 0 -> s.input(DataType.INT64, whole(values), shape);
            case 1 -> s.input(DataType.INT32, whole(values), shape);
            case 2 -> s.input(s.dice().oneOf(DataType.BOOL, DataType.DOUBLE, DataType.FLOAT), values, shape);
            default -> s.input(values, shape);
        };
    }

    private static Values whole(Values values) {
        return values == Values.NOT_ZERO || values == Values.POSITIVE ? Values.whole(1, 6) : Values.whole(-6, 6);
    }

    private static String number(Sketch s, Values values) {
        boolean isPositive = values == Values.NOT_ZERO || values == Values.POSITIVE;
        return s.dice().chance(50)
                ? Integer.toString(s.dice().between(isPositive ? 1 : -3, 4))
                : s.dice().fraction(isPositive ? 0.5 : -3, 3);
    }

    /** {@code torch.name(a, b)} with tensors or a number; also as a method, and in place where types allow it. */
    private static String arithmetic(Sketch s, String name, Values values) {
        Shapes shapes = Shapes.draw(s);
        boolean isNumber = s.dice().chance(30);
        if (s.dice().chance(15)) {
            String y = s.copy(s.input(shapes.left()));
            String other = isNumber
                    ? number(s, values)
                    : s.input(
                            values, Arrays.stream(shapes.left()).map(size -> 1).toArray());
            s.line("torch." + name + "_(" + y + ", " + other + ")");
            return y;
        }
        String left = side(s, Values.NORMAL, shapes.left());
        return "torch." + name + "(" + left + ", " + (isNumber ? number(s, values) : side(s, values, shapes.right()))
                + ")";
    }

    private static Draw scaled(String name) {
        return s -> {
            if (s.dice().chance(70) && !name.equals("rsub")) {
                return arithmetic(s, name, Values.NORMAL);
            }
            Shapes shapes = Shapes.draw(s);
            String other = s.dice().chance(40) ? number(s, Values.NORMAL) : s.input(shapes.right());
            String alpha = s.dice().chance(50) ? "" : ", alpha=" + s.dice().oneOf("2", "-1", "0.5");
            return "torch." + name + "(" + s.input(shapes.left()) + ", " + other + alpha + ")";
        };
    }

    private static Draw ternary(String name) {
        return s -> {
            Shapes shapes = Shapes.draw(s);
            String value = s.dice().chance(50) ? "" : ", value=" + s.dice().fraction(-2, 2);
            return "torch.%s(%s, %s, %s%s)"
                    .formatted(
                            name,
                            s.notHalf().input(shapes.left()),
                            s.input(shapes.right()),
                            s.input(Values.NOT_ZERO, shapes.left()),
                            value);
        };
    }

    private static String compared(Sketch s, String name) {
        Shapes shapes = Shapes.draw(s);
        String left = side(s, Values.TIED, shapes.left());
        return "torch." + name + "(" + left + ", "
                + (s.dice().chance(30) ? number(s, Values.TIED) : side(s, Values.TIED, shapes.right())) + ")";
    }

    private static String pair(Sketch s, String name, Values values) {
        Shapes shapes = Shapes.draw(s);
        if (s.dice().chance(25)) {
            s.of(DataType.INT64, DataType.INT32);
        }
        return "torch." + name + "(" + s.input(values, shapes.left()) + ", " + s.input(values, shapes.right()) + ")";
    }

    private static String floats(Sketch s, String name, Values values) {
        Shapes shapes = Shapes.draw(s);
        return "torch." + name + "(" + s.notHalf().input(values, shapes.left()) + ", " + s.input(values, shapes.right())
                + ")";
    }

    private static String bits(Sketch s, String name) {
        Shapes shapes = Shapes.draw(s);
        DataType type = s.dice().oneOf(DataType.BOOL, DataType.BOOL, DataType.INT64, DataType.INT32, DataType.UINT8);
        String left = s.input(type, Values.whole(0, 7), shapes.left());
        boolean isNumber =
                type != DataType.BOOL && !name.startsWith("logical") && s.dice().chance(30);
        return "torch." + name + "(" + left + ", "
                + (isNumber
                        ? Integer.toString(s.dice().between(0, 7))
                        : s.input(type, Values.whole(0, 7), shapes.right()))
                + ")";
    }

    private static String shift(Sketch s, String name) {
        Shapes shapes = Shapes.draw(s);
        DataType type = s.dice().oneOf(DataType.INT64, DataType.INT32, DataType.UINT8);
        return "torch." + name + "(" + s.input(type, Values.whole(0, 30), shapes.left()) + ", "
                + s.input(type, Values.whole(0, 3), shapes.right()) + ")";
    }

    private static String div(Sketch s) {
        if (s.dice().chance(50)) {
            return arithmetic(s, "div", Values.NOT_ZERO);
        }
        Shapes shapes = Shapes.draw(s);
        String right = s.dice().chance(30) ? number(s, Values.NOT_ZERO) : side(s, Values.NOT_ZERO, shapes.right());
        return "torch.div(%s, %s, rounding_mode=%s)"
                .formatted(
                        side(s, Values.WIDE, shapes.left()), right, s.dice().oneOf("\"trunc\"", "\"floor\"", "None"));
    }

    private static String quotient(Sketch s, String name) {
        Shapes shapes = Shapes.draw(s);
        Values values = s.dice().chance(50) ? Values.WIDE : Values.TIED;
        Sketch sketch = s.dice().chance(50) ? s.of(DataType.INT64, DataType.INT32) : s;
        String left = sketch.input(values, shapes.left());
        String right = s.dice().chance(40)
                ? s.dice().oneOf("3", "-2", "2.5", "-1.5")
                : sketch.input(Values.NOT_ZERO, shapes.right());
        return "torch." + name + "(" + left + ", " + right + ")";
    }

    private static String pow(Sketch s) {
        Shapes shapes = Shapes.draw(s);
        return switch (s.dice().between(0, 3)) {
            case 0 -> "torch.pow(" + s.input(Values.POSITIVE, shapes.left()) + ", " + s.input(shapes.right()) + ")";
            case 1 -> "torch.pow(" + s.dice().oneOf("2", "1.5", "0.25") + ", " + s.input(shapes.left()) + ")";
            case 2 ->
                "torch.pow(" + s.input(DataType.INT64, Values.whole(-4, 4), shapes.left()) + ", "
                        + s.dice().between(0, 3) + ")";
            default ->
                "torch.pow(" + s.input(Values.POSITIVE, shapes.left()) + ", "
                        + s.dice().oneOf("2", "3", "0.5", "-1", "-0.5", "2.5", "0") + ")";
        };
    }

    private static String clamp(Sketch s) {
        long[] shape = s.shape(0, 4);
        if (s.dice().chance(15)) {
            return "torch.clamp(%s, %s, %s)"
                    .formatted(s.input(shape), s.dice().oneOf("None", s.input(shape)), s.input(shape));
        }
        boolean isWhole = s.dice().chance(25);
        String x = isWhole ? s.whole(-9, 9, shape) : s.input(shape);
        String low = isWhole ? "-2" : s.dice().fraction(-1, 0);
        String high = isWhole ? "3" : s.dice().fraction(0, 1);
        return s.dice()
                .oneOf(
                        "torch.clamp(" + x + ", " + low + ", " + high + ")",
                        "torch.clamp(" + x + ", " + low + ", None)",
                        "torch.clamp(" + x + ", None, " + high + ")",
                        "torch.clamp(" + x + ", max=" + high + ")");
    }

    private static String lerp(Sketch s) {
        long[] shape = s.notHalf().shape(0, 3);
        String weight = s.dice().chance(50) ? s.dice().fraction(-0.5, 1.5) : s.input(shape);
        return "torch.lerp(" + s.input(shape) + ", " + s.input(shape) + ", " + weight + ")";
    }

    private static String where(Sketch s) {
        Shapes shapes = Shapes.draw(s);
        String condition = s.input(DataType.BOOL, Values.NORMAL, shapes.left());
        return switch (s.dice().between(0, 3)) {
            case 0 ->
                "torch.where(" + condition + ", " + s.input(shapes.right()) + ", " + number(s, Values.NORMAL) + ")";
            case 1 ->
                "torch.where(" + condition + ", " + number(s, Values.NORMAL) + ", "
                        + side(s, Values.NORMAL, shapes.right()) + ")";
            case 2 -> "torch.where(" + condition + ")";
            default ->
                "torch.where(" + condition + ", " + side(s, Values.NORMAL, shapes.left()) + ", "
                        + side(s, Values.NORMAL, shapes.right()) + ")";
        };
    }
}
