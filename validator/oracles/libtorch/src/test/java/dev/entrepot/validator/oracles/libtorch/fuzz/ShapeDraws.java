package dev.entrepot.validator.oracles.libtorch.fuzz;

import static dev.entrepot.validator.oracles.libtorch.fuzz.Sketch.list;
import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Operators that arrange the same elements otherwise, and those that answer sizes. */
final class ShapeDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("alias", s -> method(s, "alias()")),
            entry(
                    "as_strided",
                    s -> "torch.as_strided(" + s.input(12) + ", [3, 2], [3, 1], "
                            + s.dice().between(0, 4) + ")"),
            entry("broadcast_to", s -> expanded(s, "torch.broadcast_to(%s, %s)")),
            entry(
                    "channel_shuffle",
                    s -> "torch.channel_shuffle(" + s.notHalf().input(2, 6, 3, 2) + ", "
                            + s.dice().oneOf(2, 3) + ")"),
            entry("clone", s -> method(s, "clone()")),
            entry("contiguous", s -> method(s, "contiguous()")),
            entry("detach", s -> method(s, "detach()")),
            entry("diag_embed", s -> "torch.diag_embed(" + s.input(2, 3) + ")"),
            entry("diagonal", ShapeDraws::diagonal),
            entry("dim", s -> "torch.dim(" + s.input(s.shape(0, 4)) + ")"),
            entry("expand", s -> expanded(s, "torch.expand(%s, %s)")),
            entry("expand_as", s -> "torch.expand_as(" + s.input(1, 3) + ", " + s.input(2, 4, 3) + ")"),
            entry("flatten", ShapeDraws::flatten),
            entry("flip", ShapeDraws::flip),
            entry("movedim", ShapeDraws::movedim),
            entry("numel", s -> "torch.numel(" + s.input(s.shape(0, 4)) + ")"),
            entry("numpy_T", s -> "torch.numpy_T(" + s.input(2, 3) + ")"),
            entry("permute", ShapeDraws::permute),
            entry("pixel_shuffle", s -> "torch.pixel_shuffle(" + s.input(2, 8, 3, 2) + ", 2)"),
            entry("pixel_unshuffle", s -> "torch.pixel_unshuffle(" + s.input(2, 3, 4, 6) + ", 2)"),
            entry("ravel", s -> "torch.ravel(" + s.input(s.shape(0, 3)) + ")"),
            entry("reshape", s -> reshaped(s, "reshape")),
            entry("reshape_as", s -> "torch.reshape_as(" + s.input(2, 6) + ", " + s.input(4, 3) + ")"),
            entry("roll", ShapeDraws::roll),
            entry(
                    "rot90",
                    s -> "torch.rot90(" + s.input(2, 3, 4) + ", " + s.dice().between(-2, 3) + ", [1, 2])"),
            entry("select", ShapeDraws::select),
            entry("size", ShapeDraws::size),
            entry("slice", ShapeDraws::slice),
            entry("squeeze", ShapeDraws::squeeze),
            entry("swapaxes", s -> twoAxes(s, "swapaxes")),
            entry("swapdims", s -> twoAxes(s, "swapdims")),
            entry("t", s -> "torch.t(" + s.input(s.shape(1, 2)) + ")"),
            entry("transpose", s -> twoAxes(s, "transpose")),
            entry("tril", s -> triangle(s, "tril")),
            entry("triu", s -> triangle(s, "triu")),
            entry(
                    "unflatten",
                    s -> "torch.unflatten(" + s.input(2, 12, 3) + ", 1, "
                            + s.dice().oneOf("[3, 4]", "[2, -1]", "[2, 3, 2]") + ")"),
            entry("unfold", ShapeDraws::unfold),
            entry("unsqueeze", ShapeDraws::unsqueeze),
            entry("view", s -> reshaped(s, "view")),
            entry("view_as", s -> s.input(2, 6) + ".view_as(" + s.input(4, 3) + ")"),
            entry("view dtype-free chain", s -> s.input(2, 3, 4) + ".transpose(1, 2).contiguous().view(2, -1)"));

    private ShapeDraws() {}

    private static String method(Sketch s, String call) {
        return s.input(s.shape(0, 4)) + "." + call;
    }

    private static String expanded(Sketch s, String format) {
        long[] shape = s.shape(1, 3);
        long[] target = shape.clone();
        for (int axis = 0; axis < shape.length; axis++) {
            if (s.dice().chance(40)) {
                shape[axis] = 1;
            } else if (format.contains("expand") && s.dice().chance(30)) {
                target[axis] = -1;
            }
        }
        long[] more = s.dice().chance(30) ? new long[] {s.dice().between(1, 3)} : new long[0];
        return format.formatted(s.input(shape), list(Sketch.shape(more, target)));
    }

    private static String diagonal(Sketch s) {
        return s.dice().chance(50)
                ? "torch.diagonal(" + s.input(3, 4) + ", " + s.dice().between(-1, 2) + ")"
                : "torch.diagonal(" + s.input(2, 3, 4) + ", " + s.dice().between(-1, 2) + ", -2, -1)";
    }

    private static String flatten(Sketch s) {
        long[] shape = s.shape(0, 4);
        if (shape.length == 0 || s.dice().chance(20)) {
            return "torch.flatten(" + s.input(shape) + ")";
        }
        int first = s.dice().between(0, shape.length - 1);
        int last = s.dice().between(first, shape.length - 1);
        return "torch.flatten(" + s.input(shape) + ", " + first + ", "
                + (s.dice().chance(50) ? last : last - shape.length) + ")";
    }

    private static String flip(Sketch s) {
        long[] shape = s.shape(1, 4);
        return "torch.flip(" + s.input(shape) + ", " + s.axes(shape.length) + ")";
    }

    private static String movedim(Sketch s) {
        long[] shape = s.shape(2, 4);
        return s.dice().chance(50)
                ? "torch.movedim(" + s.input(shape) + ", " + s.axis(shape.length) + ", " + s.axis(shape.length) + ")"
                : "torch.movedim(" + s.input(shape) + ", [0, 1], [1, 0])";
    }

    private static String permute(Sketch s) {
        long[] shape = s.shape(1, 5);
        int[] order = s.dice().permutation(shape.length);
        String axes = Arrays.stream(order)
                .mapToObj(axis -> Integer.toString(s.dice().chance(30) ? axis - order.length : axis))
                .collect(Collectors.joining(", ", "[", "]"));
        return "torch.permute(" + s.input(shape) + ", " + axes + ")";
    }

    private static String reshaped(Sketch s, String name) {
        long[] shape = s.shape(1, 4);
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        List<Long> divisors = LongStream.rangeClosed(1, count)
                .filter(i -> count % i == 0)
                .boxed()
                .toList();
        long first = s.dice().oneOf(divisors);
        String target =
                s.dice().oneOf("[-1]", list(first, -1), list(-1, first), list(first, count / first, 1), list(1, count));
        String x = s.input(shape);
        return s.dice().oneOf("torch.%s(%s, %s)", "torch.%s(%s + 1, %s)").formatted(name, x, target);
    }

    private static String roll(Sketch s) {
        long[] shape = s.shape(1, 3);
        String x = s.input(shape);
        return switch (s.dice().between(0, 2)) {
            case 0 -> "torch.roll(" + x + ", " + s.dice().between(-7, 7) + ")";
            case 1 -> "torch.roll(" + x + ", " + s.dice().between(-7, 7) + ", " + s.axis(shape.length) + ")";
            default -> "torch.roll(" + x + ", [" + s.dice().between(-3, 3) + ", 1], [0, " + s.axis(shape.length) + "])";
        };
    }

    private static String select(Sketch s) {
        long[] shape = s.shape(1, 4);
        int axis = s.axis(shape.length);
        int size = (int) shape[Math.floorMod(axis, shape.length)];
        return "torch.select(" + s.input(shape) + ", " + axis + ", " + s.dice().between(-size, size - 1) + ")";
    }

    private static String size(Sketch s) {
        long[] shape = s.shape(1, 4);
        String x = s.input(shape);
        return s.dice()
                .oneOf(
                        "torch.size(" + x + ", " + s.axis(shape.length) + ")",
                        x + ".size()",
                        x + " * torch.size(" + x + ", 0)",
                        "torch.tensor(torch.size(" + x + "))");
    }

    private static String slice(Sketch s) {
        long[] shape = s.shape(1, 4);
        int axis = s.axis(shape.length);
        int size = (int) shape[Math.floorMod(axis, shape.length)];
        String from = s.dice().chance(30) ? "None" : Integer.toString(s.dice().between(-size - 1, size));
        String to = s.dice()
                .oneOf("None", "9223372036854775807", Integer.toString(s.dice().between(-size, size + 2)));
        String x = s.input(shape);
        return s.dice()
                .oneOf(
                        "torch.slice(" + x + ", " + axis + ", " + from + ", " + to + ", "
                                + s.dice().between(1, 3) + ")",
                        x + "[1:]",
                        x + "[..., :-1]",
                        x + "[:2, ...]",
                        x + "[None, ..., 0]");
    }

    private static String squeeze(Sketch s) {
        long[] shape = s.sizes(s.dice().between(1, 4), 1, 2);
        String x = s.input(shape);
        return s.dice()
                .oneOf(
                        "torch.squeeze(" + x + ")",
                        "torch.squeeze(" + x + ", " + s.axis(shape.length) + ")",
                        "torch.squeeze(" + x + ", " + s.axes(shape.length) + ")");
    }

    private static String twoAxes(Sketch s, String name) {
        long[] shape = s.shape(1, 4);
        return "torch." + name + "(" + s.input(shape) + ", " + s.axis(shape.length) + ", " + s.axis(shape.length) + ")";
    }

    private static String triangle(Sketch s, String name) {
        return "torch." + name + "(" + s.notHalf().input(s.shape(2, 3))
                + s.dice().oneOf("", ", 1", ", -1", ", 2") + ")";
    }

    private static String unfold(Sketch s) {
        long[] shape = s.sizes(s.dice().between(1, 3), 3, 6);
        int axis = s.axis(shape.length);
        return s.input(shape) + ".unfold(" + axis + ", " + s.dice().between(1, 3) + ", "
                + s.dice().between(1, 2) + ")";
    }

    private static String unsqueeze(Sketch s) {
        long[] shape = s.shape(0, 4);
        return "torch.unsqueeze(" + s.input(shape) + ", " + s.axis(shape.length + 1) + ")";
    }
}
