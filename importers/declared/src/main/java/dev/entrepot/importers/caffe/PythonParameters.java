package dev.entrepot.importers.caffe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code param_str} of a Python layer, a flat YAML mapping of numbers and lists of numbers such as {@code 'feat_stride': 16}. Nothing
 * else is read, and nothing is run.
 */
final class PythonParameters {

    private static final int LONGEST = 4096;
    private static final Pattern ENTRY =
            Pattern.compile("['\"]?(\\w+)['\"]?\\s*:\\s*(\\[[^\\]]*\\]|\\([^)]*\\)|[^,}\\n\\r]*)");
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?");

    private final Map<String, List<Float>> values = new LinkedHashMap<>();
    private final Set<String> unread;

    /** @throws IllegalArgumentException if the text is too long or a value is not made of numbers */
    PythonParameters(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "param_str has " + text.length() + " characters, at most " + LONGEST + " are read");
        }
        Matcher entries = ENTRY.matcher(text);
        while (entries.find()) {
            values.put(entries.group(1), numbers(entries.group(1), entries.group(2)));
        }
        unread = new LinkedHashSet<>(values.keySet());
    }

    private static List<Float> numbers(String key, String text) {
        List<Float> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(Float.parseFloat(matcher.group()));
        }
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("param_str has " + key + ": " + text.strip() + ", a number is expected");
        }
        return numbers;
    }

    long longOr(String key, long absent) {
        unread.remove(key);
        return values.containsKey(key) ? values.get(key).get(0).longValue() : absent;
    }

    List<Float> floatsOr(String key, float... absent) {
        unread.remove(key);
        if (values.containsKey(key)) {
            return values.get(key);
        }
        List<Float> numbers = new ArrayList<>();
        for (float number : absent) {
            numbers.add(number);
        }
        return numbers;
    }

    /** Refuses what nobody asked for: the layer would do something else. */
    void requireAllRead(LoweringContext layer) {
        if (!unread.isEmpty()) {
            throw layer.unsupported(
                    "param_str has " + String.join(", ", unread) + ", which py-faster-rcnn's layer has not");
        }
    }
}
