package dev.entrepot.onnx.text;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the words of a text one after the other; blanks and comments from {@code #} to the line's end are passed over. */
final class Cursor {

    private static final int LONGEST_TEXT = 1 << 26;
    private static final int DEEPEST = 100;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?");
    private static final Pattern SPECIAL =
            Pattern.compile("-?(inf|infinity|nan)(?![A-Za-z0-9])", Pattern.CASE_INSENSITIVE);

    /** A position, of which line and column are only counted when somebody asks. */
    final class Place {
        private final int offset;

        private Place(int offset) {
            this.offset = offset;
        }

        /** What is wrong here. */
        ModelException fault(String why) {
            return ModelException.malformed(location(), "syntax", why);
        }

        /** What is not supported here. */
        ModelException unsupported(String what, String why) {
            return ModelException.unsupported(location(), what, why);
        }

        private SourceLocation location() {
            int line = 1;
            int start = 0;
            for (int next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', start)) {
                line++;
                start = next + 1;
            }
            return SourceLocation.line(file, line, offset - start + 1);
        }
    }

    private final String file;
    private final String text;
    private final Matcher words;
    private final Matcher numbers;
    private final Matcher specials;
    private int at;
    private int depth;

    Cursor(String file, String text) {
        this.file = file;
        this.text = text;
        this.words = WORD.matcher(text);
        this.numbers = NUMBER.matcher(text);
        this.specials = SPECIAL.matcher(text);
        if (text.length() > LONGEST_TEXT) {
            throw ModelException.limitExceeded(
                    SourceLocation.file(file),
                    "text",
                    "has " + text.length() + " characters, the limit is " + LONGEST_TEXT);
        }
    }

    /** Where the next word begins. */
    Place here() {
        skipBlanks();
        return new Place(at);
    }

    /** The next word does not follow the syntax; {@code expected} is what would have. */
    ModelException fault(String expected) {
        return here().fault("expected " + expected + ", found " + next());
    }

    /** Goes one level deeper into graphs or types; as often call {@link #leave}. */
    void enter() {
        if (++depth > DEEPEST) {
            throw here().fault("is nested more than " + DEEPEST + " deep, the limit");
        }
    }

    /** Comes back from {@link #enter}. */
    void leave() {
        depth--;
    }

    boolean atEnd() {
        skipBlanks();
        return at == text.length();
    }

    void requireEnd() {
        if (!atEnd()) {
            throw fault("the end");
        }
    }

    /** Whether this character comes next. */
    boolean sees(char expected) {
        return !atEnd() && text.charAt(at) == expected;
    }

    /** Takes this character if it comes next. */
    boolean matches(char expected) {
        boolean found = sees(expected);
        if (found) {
            at++;
        }
        return found;
    }

    /** Takes this character. */
    void expect(char expected) {
        if (!matches(expected)) {
            throw fault("'" + expected + "'");
        }
    }

    /** Takes {@code =>}, between whose characters nothing may stand. */
    void expectArrow() {
        if (!sees('=') || !text.startsWith("=>", at)) {
            throw fault("'=>'");
        }
        at += 2;
    }

    /** The identifier that comes next, not taken; empty if none does. */
    String peekIdentifier() {
        skipBlanks();
        return words.region(at, text.length()).lookingAt() ? words.group() : "";
    }

    /** Takes an identifier. */
    String identifier() {
        String found = peekIdentifier();
        if (found.isEmpty()) {
            throw fault("an identifier");
        }
        at += found.length();
        return found;
    }

    /** Takes an identifier, if one comes next, or is empty. */
    String optionalIdentifier() {
        String found = peekIdentifier();
        at += found.length();
        return found;
    }

    /** Takes an identifier or a name in quotes. */
    String name() {
        return sees('"') ? quoted() : identifier();
    }

    /** Takes a text in quotes. */
    String quotedText() {
        if (!sees('"')) {
            throw fault("a text in quotes");
        }
        return quoted();
    }

    /** Whether a number or {@code inf}, {@code nan}, {@code -inf} comes next. */
    boolean seesSpecialFloat() {
        skipBlanks();
        return specials.region(at, text.length()).lookingAt();
    }

    /** Takes a number or a text in quotes. */
    Literal literal() {
        Place place = here();
        if (sees('"')) {
            return new Literal(Literal.Kind.STRING, quoted(), place);
        }
        if (seesSpecialFloat()) {
            at = specials.end();
            return new Literal(Literal.Kind.FLOAT, specials.group(), place);
        }
        if (!numbers.region(at, text.length()).lookingAt()) {
            throw fault("a number or a text in quotes");
        }
        at = numbers.end();
        boolean whole = numbers.group(1) == null && numbers.group(2) == null;
        return new Literal(whole ? Literal.Kind.INT : Literal.Kind.FLOAT, numbers.group(), place);
    }

    private String quoted() {
        Place place = here();
        StringBuilder found = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                found.append(text.charAt(at));
                at++;
            }
        }
        if (at == text.length()) {
            throw place.fault("begins a text whose closing quote is missing");
        }
        at++;
        return found.toString();
    }

    private String next() {
        if (atEnd()) {
            return "the end";
        }
        String word = peekIdentifier();
        return word.isEmpty() ? "'" + Character.toString(text.codePointAt(at)) + "'" : word;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
                at++;
            } else {
                return;
            }
        }
    }
}
