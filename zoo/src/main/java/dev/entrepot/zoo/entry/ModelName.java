package dev.entrepot.zoo.entry;

import java.util.regex.Pattern;

/**
 * A model's name: {@code namespace/name}.
 *
 * @param namespace who publishes it
 * @param name what it is called there
 */
public record ModelName(String namespace, String name) implements Comparable<ModelName> {

    /** What each of the two parts looks like. Lower case only, so that names stay apart on every file system. */
    public static final String PART = "[a-z0-9](?:[a-z0-9._-]{0,94}[a-z0-9])?";

    private static final Pattern FORM = Pattern.compile(PART);

    /** @throws IllegalArgumentException if a part is not of the form {@value #PART} */
    public ModelName {
        require(namespace);
        require(name);
    }

    /**
     * Reads {@code namespace/name}.
     *
     * @throws IllegalArgumentException if it is not of this form
     */
    public static ModelName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no model's name: namespace/name is expected");
        }
        return new ModelName(text.substring(0, slash), text.substring(slash + 1));
    }

    private static void require(String part) {
        if (!FORM.matcher(part).matches() || part.contains("..")) {
            throw new IllegalArgumentException("\"" + part
                    + "\" is no part of a model's name: up to 96 of a-z, 0-9, \".\", \"_\" and \"-\" are expected,"
                    + " a letter or digit first and last, no two dots in a row");
        }
    }

    @Override
    public int compareTo(ModelName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
