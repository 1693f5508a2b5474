package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes one thing in a case's layers, so that the net may be wrong. */
final class Mutation {

    private static final Pattern NUMBER = Pattern.compile("(?<=: )-?\\d+(?= )(?!\\.)");
    private static final Pattern CONNECTION = Pattern.compile("(bottom|top): \"\\w+\" ");
    private static final Pattern FIELD = Pattern.compile("\\w+: [\\w.-]+ (?=[^{]*\\})");

    private Mutation() {}

    /** The case with one layer changed; the same case where there is nothing to change. */
    static FuzzCase of(FuzzCase drawn, Dice dice) {
        List<String> lines = new ArrayList<>(Arrays.asList(drawn.prototxt().split("\n")));
        List<Integer> layers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("input") && !lines.get(i).contains("type: \"Input\"")) {
                layers.add(i);
            }
        }
        int line = dice.oneOf(layers);
        lines.set(line, changed(lines.get(line), dice));
        String text = String.join("\n", lines) + "\n";
        return new FuzzCase(drawn.kind(), drawn.seed(), drawn.types(), text, text, drawn.inputs(), drawn.lastWriters());
    }

    private static String changed(String layer, Dice dice) {
        return switch (dice.between(0, 5)) {
            case 0 -> replaced(layer, CONNECTION, dice, found -> "");
            case 1 -> replaced(layer, CONNECTION, dice, found -> found + found);
            case 2 -> replaced(layer, FIELD, dice, found -> "");
            default ->
                replaced(layer, NUMBER, dice, found -> {
                    int old = Integer.parseInt(found);
                    return Integer.toString(dice.oneOf(old + 1, old - 1, -old, 0, 1, 2, 3, 7));
                });
        };
    }

    private static String replaced(String text, Pattern pattern, Dice dice, UnaryOperator<String> by) {
        List<Matcher> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            Matcher one = pattern.matcher(text);
            if (one.find(matcher.start())) {
                found.add(one);
            }
        }
        if (found.isEmpty()) {
            return text;
        }
        Matcher chosen = dice.oneOf(found);
        return text.substring(0, chosen.start()) + by.apply(chosen.group()) + text.substring(chosen.end());
    }
}
