package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.SourceLocation;

/**
 * A piece of source text.
 *
 * @param kind what it is
 * @param text its characters; of a string literal, its value
 * @param where where it begins
 */
record Token(Kind kind, String text, SourceLocation where) {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SYMBOL,
        NEWLINE,
        INDENT,
        DEDENT,
        END
    }

    /** Whether it is this keyword or symbol. */
    boolean is(String wanted) {
        return (kind == Kind.NAME || kind == Kind.SYMBOL) && text.equals(wanted);
    }

    /** The token as messages show it. */
    String shown() {
        return switch (kind) {
            case NEWLINE -> "the end of the line";
            case INDENT -> "an indented line";
            case DEDENT -> "the end of the block";
            case END -> "the end of the file";
            default -> "\"" + text + "\"";
        };
    }
}
