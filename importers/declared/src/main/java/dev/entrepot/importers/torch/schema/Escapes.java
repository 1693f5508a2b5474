package dev.entrepot.importers.torch.schema;

/** How a string's characters are written between quotes. */
final class Escapes {

    private static final String WRITTEN = "nrtfvab\\'\"";
    private static final String MEANT = "\n\r\t\f\u000b\u0007\b\\'\"";

    private Escapes() {}

    /** A character as it stands between quotes. */
    static String escaped(char meant) {
        int at = MEANT.indexOf(meant);
        return at < 0 ? String.valueOf(meant) : "\\" + WRITTEN.charAt(at);
    }

    /** What the character behind a backslash means. */
    static char meant(char written) {
        int at = WRITTEN.indexOf(written);
        if (at < 0) {
            throw new IllegalArgumentException("unknown escape \\" + written);
        }
        return MEANT.charAt(at);
    }
}
