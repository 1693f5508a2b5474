package dev.entrepot.importers.torch.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A table of operators, each with all its overloads.
 *
 * <p>The table stays text: an operator is looked up there by bisection and read when it is first asked for. Safe for use by many threads.
 */
final class SchemaTable {

    private final String text;

    /** What has been asked for, by name without overload. */
    private final Map<String, List<FunctionSchema>> known = new ConcurrentHashMap<>();

    /** A table of this text: one schema a line, sorted by name; lines that start with {@code #} come first and say nothing. */
    SchemaTable(String text) {
        this.text = text;
    }

    /**
     * The overloads of an operator, in the order in which TorchScript tries them.
     *
     * @param qualifiedName with namespace, without overload: {@code aten::add}
     * @return empty if there is no such operator
     */
    List<FunctionSchema> overloads(String qualifiedName) {
        List<FunctionSchema> asked = known.get(qualifiedName);
        if (asked != null) {
            return asked;
        }
        List<FunctionSchema> overloads = read(qualifiedName);
        if (!overloads.isEmpty()) {
            known.put(qualifiedName, overloads);
        }
        return overloads;
    }

    /**
     * One overload.
     *
     * @param nameDotOverload {@code aten::add.Tensor}; {@code aten::relu} and {@code aten::relu.default} are the default overload
     */
    Optional<FunctionSchema> exact(String nameDotOverload) {
        int dot = nameDotOverload.indexOf('.');
        String name = dot < 0 ? nameDotOverload : nameDotOverload.substring(0, dot);
        String written = dot < 0 ? "" : nameDotOverload.substring(dot + 1);
        String overload = written.equals("default") ? "" : written;
        return overloads(name).stream()
                .filter(schema -> schema.overload().equals(overload))
                .findFirst();
    }

    /** The names of all operators, without overloads. */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (int at = start(); at < text.length(); at = nextLine(at)) {
            names.add(nameAt(at));
        }
        return names;
    }

    private List<FunctionSchema> read(String name) {
        List<FunctionSchema> overloads = new ArrayList<>();
        for (int at = firstNotBefore(name); at < text.length() && nameAt(at).equals(name); at = nextLine(at)) {
            overloads.add(FunctionSchema.parse(text.substring(at, nextLine(at)).stripTrailing()));
        }
        return List.copyOf(overloads);
    }

    /** Where the first line starts whose name does not sort before this one; the end of the text if there is none. */
    private int firstNotBefore(String name) {
        int low = start();
        int high = text.length();
        while (low < high) {
            int line = Math.max(start(), text.lastIndexOf('\n', (low + high) / 2 - 1) + 1);
            if (nameAt(line).compareTo(name) < 0) {
                low = nextLine(line);
            } else {
                high = line;
            }
        }
        return low;
    }

    /** Where the first schema starts. */
    private int start() {
        int at = 0;
        while (at < text.length() && text.charAt(at) == '#') {
            at = nextLine(at);
        }
        return at;
    }

    private int nextLine(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    private String nameAt(int line) {
        int end = line;
        while (text.charAt(end) != '.' && text.charAt(end) != '(') {
            end++;
        }
        return text.substring(line, end);
    }
}
