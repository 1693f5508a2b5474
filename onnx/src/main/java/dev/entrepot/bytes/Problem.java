package dev.entrepot.bytes;

/**
 * One thing that is wrong with a user's model.
 *
 * @param kind what sort of thing it is
 * @param where the place in the file
 * @param what the thing at that place, such as {@code layer "pool1" (Pooling)}
 * @param why what was found and what was expected, with the values
 */
public record Problem(Kind kind, SourceLocation where, String what, String why) {

    /** The sorts of things that can be wrong, the gravest first. */
    public enum Kind {
        /** The file does not follow its format, or contradicts itself. */
        MALFORMED,
        /** The file asks for more than a limit allows. */
        LIMIT_EXCEEDED,
        /** The file is sound, but means something that is not supported. */
        UNSUPPORTED
    }

    private static final int LONGEST_NAME = 200;

    /** {@code where: what: why}; an over-long name in {@code what} is cut. */
    @Override
    public String toString() {
        return where + ": " + abridged(what) + ": " + why;
    }

    private static String abridged(String text) {
        if (text.length() <= LONGEST_NAME) {
            return text;
        }
        int half = LONGEST_NAME / 2;
        return text.substring(0, half) + "…(" + text.length() + " characters)…" + text.substring(text.length() - half);
    }
}
