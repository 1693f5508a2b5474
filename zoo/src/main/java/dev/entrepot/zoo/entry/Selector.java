package dev.entrepot.zoo.entry;

import dev.entrepot.zoo.store.Digest;
import java.util.regex.Pattern;

/** Which version of a model is meant. */
public sealed interface Selector {

    /** The newest version. */
    Selector LATEST = new Alias("latest");

    /**
     * A version's number.
     *
     * @param number from 1 on
     */
    record Number(int number) implements Selector {
        /** @throws IllegalArgumentException if it is below 1 */
        public Number {
            if (number < 1) {
                throw new IllegalArgumentException("versions are numbered from 1 on, got " + number);
            }
        }

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /**
     * A name that is moved from version to version.
     *
     * @param name the name
     */
    record Alias(String name) implements Selector {
        private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");

        /** @throws IllegalArgumentException if it does not begin with a letter or has other characters than letters, digits, ".", "_" and "-" */
        public Alias {
            if (!FORM.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name
                        + "\" is no alias: a letter is expected, then up to 62 letters, digits, \".\", \"_\" or \"-\"");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The version that has this manifest.
     *
     * @param digest the manifest's digest
     */
    record Manifested(Digest digest) implements Selector {
        @Override
        public String toString() {
            return digest.toString();
        }
    }

    /**
     * Reads a number, an alias or {@code sha256:...}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static Selector parse(String text) {
        if (text.startsWith(Digest.PREFIX)) {
            return new Manifested(Digest.parse(text));
        }
        if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new Number(Integer.parseInt(text));
        }
        return new Alias(text);
    }
}
