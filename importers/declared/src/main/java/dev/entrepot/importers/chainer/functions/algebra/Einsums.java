package dev.entrepot.importers.chainer.functions.algebra;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.functions.arrays.Broadcasting;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sums of products told by letters. Source: chainer/functions/math/einsum.py, _parse_einsum_input. */
final class Einsums {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Einsums() {}

    static Value einsum(FunctionCall call) {
        List<Argument> given = call.items("operands");
        if (given.isEmpty()) {
            throw call.malformed("has no operands");
        }
        List<Value> operands = new ArrayList<>();
        String subscripts;
        if (given.get(0) instanceof Argument.Text text) {
            given.subList(1, given.size()).forEach(item -> operands.add(array(call, item)));
            subscripts = text.value().replace(" ", "").replace("...", "@");
        } else {
            subscripts = fromLists(call, given, operands);
        }
        int arrow = subscripts.indexOf("->");
        String inputs = arrow < 0 ? subscripts : subscripts.substring(0, arrow);
        String output = arrow < 0 ? output(inputs) : subscripts.substring(arrow + 2);
        List<String> terms = List.of(inputs.split(",", -1));
        boolean wrong = (inputs.replace(",", "") + output).chars().anyMatch(c -> c != '@' && LETTERS.indexOf(c) < 0)
                || output.chars().anyMatch(c -> inputs.indexOf(c) < 0)
                || terms.size() != operands.size();
        if (wrong) {
            throw call.malformed(
                    "cannot read \"" + subscripts.replace("@", "...") + "\" for " + operands.size() + " operands");
        }
        return summed(call, Products.alike(call, operands), terms, output);
    }

    /** The sum of products of arrays whose axes are numbered. */
    static Value sum(FunctionCall call, List<Value> operands, List<List<Integer>> axes, List<Integer> result) {
        return summed(call, operands, axes.stream().map(Einsums::letters).toList(), letters(result));
    }

    private static String letters(List<Integer> axes) {
        return axes.stream().map(axis -> LETTERS.substring(axis, axis + 1)).collect(Collectors.joining());
    }

    private static Value summed(FunctionCall call, List<Value> operands, List<String> terms, String output) {
        String equation = (String.join(",", terms) + "->" + output).replace("@", "...");
        Value made = call.add("Einsum", 1, Attributes.of("equation", equation), operands)
                .get(0);
        Map<Character, SizeExpr> sizes = new HashMap<>();
        List<SizeExpr> between = List.of();
        for (int i = 0; i < operands.size(); i++) {
            String term = terms.get(i);
            List<SizeExpr> own = call.sizes(operands.get(i));
            int dots = term.indexOf('@');
            int hidden = dots < 0 ? 0 : own.size() - (term.length() - 1);
            if (dots < 0 ? own.size() != term.length() : hidden < 0) {
                throw call.malformed("\"" + term.replace("@", "...") + "\" does not fit an array of shape "
                        + operands.get(i).shape());
            }
            for (int k = 0; k < term.length(); k++) {
                if (k == dots) {
                    between = Broadcasting.common(call, between, own.subList(dots, dots + hidden));
                } else {
                    SizeExpr size = own.get(dots < 0 || k < dots ? k : k + hidden - 1);
                    sizes.merge(term.charAt(k), size, (a, b) -> a.isNumber() ? a : b);
                }
            }
        }
        if (!between.isEmpty() && output.indexOf('@') < 0) {
            throw call.malformed("does not sum over an Ellipsis");
        }
        List<SizeExpr> result = new ArrayList<>();
        for (char letter : output.toCharArray()) {
            if (letter == '@') {
                result.addAll(between);
            } else {
                result.add(sizes.get(letter));
            }
        }
        return call.sized(made, result);
    }

    /** What is told once stays, in alphabetic order; an Ellipsis comes first. */
    private static String output(String inputs) {
        String all = inputs.replace(",", "");
        TreeSet<Character> letters = new TreeSet<>();
        all.chars().forEach(c -> letters.add((char) c));
        return letters.stream()
                .filter(c -> c == '@' || all.indexOf(c) == all.lastIndexOf(c))
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** The form with a list of numbers behind each array, and at last one for the result. */
    private static String fromLists(FunctionCall call, List<Argument> given, List<Value> operands) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i + 1 < given.size(); i += 2) {
            operands.add(array(call, given.get(i)));
            terms.add(term(call, given.get(i + 1)));
        }
        String inputs = String.join(",", terms);
        return given.size() % 2 == 0 ? inputs : inputs + "->" + term(call, given.get(given.size() - 1));
    }

    private static String term(FunctionCall call, Argument list) {
        StringBuilder letters = new StringBuilder();
        for (Argument item : list instanceof Argument.Items items ? items.items() : List.of(list)) {
            if (item.equals(Argument.ELLIPSIS)) {
                letters.append('@');
            } else if (item instanceof Argument.Whole whole
                    && whole.value().isNumber()
                    && whole.value().number().getAsLong() >= 0
                    && whole.value().number().getAsLong() < LETTERS.length()) {
                letters.append(LETTERS.charAt((int) whole.value().number().getAsLong()));
            } else {
                throw call.malformed("a list of axes holds " + item.sort() + ", expected numbers below "
                        + LETTERS.length() + " or an Ellipsis");
            }
        }
        return letters.toString();
    }

    private static Value array(FunctionCall call, Argument item) {
        if (item instanceof Argument.Array array) {
            return array.value();
        }
        throw call.malformed("has the operand " + item.sort() + ", expected an array");
    }
}
