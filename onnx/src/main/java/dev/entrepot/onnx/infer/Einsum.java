package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Einsum: letters name axes, three dots the axes that broadcast. Source: ONNX Einsum. */
final class Einsum {

    private static final String DOTS = "...";

    private final Map<Character, Dim> sizes = new TreeMap<>();
    private final List<Shape> broadcast = new ArrayList<>();

    private Einsum() {}

    /** Einsum. */
    static void einsum(Application node) {
        String equation = node.attributes().stringOr("equation", "").replace(" ", "");
        int arrow = equation.indexOf("->");
        String[] terms = (arrow < 0 ? equation : equation.substring(0, arrow)).split(",", -1);
        if (terms.length != node.inputCount()) {
            throw Application.invalid(
                    "equation %s has %s terms for %s inputs", equation, terms.length, node.inputCount());
        }
        boolean ranked = IntStream.range(0, terms.length).allMatch(node::ranked);
        if (!ranked) {
            node.give(Shape.UNRANKED);
            return;
        }
        var einsum = new Einsum();
        for (int i = 0; i < terms.length; i++) {
            einsum.read(terms[i], node.shape(i));
        }
        String output = arrow < 0 ? implicitOutput(String.join("", terms)) : equation.substring(arrow + 2);
        node.give(einsum.output(output, equation));
    }

    private void read(String term, Shape shape) {
        int dots = term.indexOf(DOTS);
        String letters = term.replace(DOTS, "");
        int spare = shape.rank() - letters.length();
        if (spare < 0 || dots < 0 && spare > 0 || !letters.chars().allMatch(Character::isLetter)) {
            throw Application.invalid("term %s does not name the axes of %s", term, shape);
        }
        if (dots >= 0) {
            broadcast.add(Shape.of(shape.dims().subList(dots, dots + spare)));
        }
        for (int i = 0; i < letters.length(); i++) {
            Dim dim = shape.dim(dots >= 0 && i >= dots ? i + spare : i);
            sizes.merge(letters.charAt(i), dim, Einsum::stretched);
        }
    }

    /** ONNX Runtime lets an axis of size 1 stretch. */
    private static Dim stretched(Dim a, Dim b) {
        return Sizes.broadcast(List.of(Shape.of(List.of(a)), Shape.of(List.of(b))))
                .dim(0);
    }

    private Shape output(String term, String equation) {
        List<Dim> dims = new ArrayList<>();
        for (int i = 0; i < term.length(); i++) {
            Dim size = sizes.get(term.charAt(i));
            if (term.startsWith(DOTS, i)) {
                dims.addAll(Sizes.broadcast(broadcast).dims());
                i += DOTS.length() - 1;
            } else if (size == null) {
                throw Application.invalid(
                        "the output of equation %s names %s, which no input does", equation, term.charAt(i));
            } else {
                dims.add(size);
            }
        }
        return Shape.of(dims);
    }

    /** The axes that broadcast and then the letters that occur once, in order. */
    private static String implicitOutput(String terms) {
        String letters = terms.replace(DOTS, "");
        StringBuilder output = new StringBuilder(letters.length() < terms.length() ? DOTS : "");
        letters.chars()
                .filter(letter -> letters.indexOf(letter) == letters.lastIndexOf(letter))
                .sorted()
                .forEach(letter -> output.append((char) letter));
        return output.toString();
    }
}
