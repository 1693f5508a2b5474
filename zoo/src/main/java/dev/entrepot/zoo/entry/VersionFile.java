package dev.entrepot.zoo.entry;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.entrepot.zoo.store.Digest;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file of a version.
 *
 * @param path where it lies in the version, parts divided by {@code /}
 * @param sha256 the blob that it is
 * @param bytes its length
 * @param role what it is there for
 */
public record VersionFile(String path, Digest sha256, long bytes, Role role) {

    private static final Pattern PART = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");
    private static final int LONGEST = 1024;

    /** What a file is there for. */
    public enum Role {
        /** {@code model.onnx}. */
        MODEL,
        /** The weights beside it. */
        EXTERNAL_DATA,
        /** {@code test_data_set_N/input_I.pb} and {@code output_I.pb}, as ONNX's own tests have them. */
        TEST_DATA,
        /** A file that the model was converted from. */
        SOURCE,
        /** The reference as it came in. */
        REFERENCE,
        /** How the model is made from its source. */
        RECIPE;

        /** The role as JSON and the catalogue have it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if there is none of this name */
        public static Role of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** @throws IllegalArgumentException if the path is not one within a folder */
    public VersionFile {
        requirePath(path);
    }

    /** @throws IllegalArgumentException if this is not a path within a folder on every system */
    public static void requirePath(String path) {
        boolean sound = path.length() <= LONGEST;
        for (String part : path.split("/", -1)) {
            sound &= PART.matcher(part).matches() && !part.equals(".") && !part.equals("..");
        }
        if (!sound) {
            throw new IllegalArgumentException("\"" + path + "\" is no path of a version's file");
        }
    }
}
