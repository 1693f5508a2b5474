package dev.entrepot.formats.torch;

import dev.entrepot.bytes.SourceLocation;

/**
 * A name of a class or function that a file's pickles mention.
 *
 * @param name module and name with a dot between them, as the file has them
 * @param verdict what is done with it
 * @param uses how often it is mentioned
 * @param first where it is mentioned first
 */
public record GlobalUse(String name, Verdict verdict, long uses, SourceLocation first) {

    /** What is done with a name. Nothing is ever imported or called. */
    public enum Verdict {
        /** It is on the allow-list: its meaning is known, and its arguments are checked. */
        ALLOWED,
        /** It names a class whose objects are kept as a name and attributes. */
        NAMED,
        /** It is not on the allow-list: kept as data, and a reason not to load the file with Python. */
        NOT_ALLOWED
    }
}
