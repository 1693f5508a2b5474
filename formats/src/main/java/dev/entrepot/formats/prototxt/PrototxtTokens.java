package dev.entrepot.formats.prototxt;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The tokens of a prototxt, one at a time.
 *
 * <p>Source: google/protobuf {@code io/tokenizer.cc} as {@code text_format.cc} sets it up: {@code #} comments, {@code f} allowed
 * after a number. Columns count characters, a tab as one.
 */
final class PrototxtTokens {

    /** The sorts of tokens. */
    enum Kind {
        IDENTIFIER,
        NUMBER,
        STRING,
        SYMBOL,
        END
    }

    private static final int NOTHING = -1;

    private final String file;
    private final ByteReader reader;
    private final ProtoLimits limits;
    private int current;
    private int line = 1;
    private int column;

    private Kind kind = Kind.END;
    private String text = "";
    private int tokenLine;
    private int tokenColumn;

    PrototxtTokens(ByteSource source, ProtoLimits limits) {
        this.file = source.name();
        this.reader = new ByteReader(source);
        this.limits = limits;
        step();
        skipByteOrderMark();
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return text;
    }

    /** Where the current token begins. */
    SourceLocation here() {
        return SourceLocation.line(file, tokenLine, tokenColumn);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Goes past this symbol if it is the current token. */
    boolean take(String symbol) {
        boolean found = isSymbol(symbol);
        if (found) {
            advance();
        }
        return found;
    }

    /** The current token's text; goes past it. */
    String takeText() {
        String taken = text;
        advance();
        return taken;
    }

    /** The current string and all that follow it directly, as one. */
    String takeStrings() {
        String first = takeText();
        if (kind != Kind.STRING) {
            return first;
        }
        var all = new StringBuilder(first);
        while (kind == Kind.STRING) {
            all.append(takeText());
            requireWithin(all.length(), limits.stringLength(), "string");
        }
        return all.toString();
    }

    ModelException unexpected(String expected) {
        String found = switch (kind) {
            case END -> "the end of the file";
            case STRING -> ProtoScalar.string(text).toString();
            default -> '"' + ProtoScalar.identifier(text).toString() + '"';
        };
        return ModelException.malformed(here(), "prototxt", "found " + found + ", expected " + expected);
    }

    /** Reads the next token. */
    void advance() {
        skipSpace();
        tokenLine = line;
        tokenColumn = column;
        if (current == NOTHING) {
            kind = Kind.END;
            text = "";
        } else if (isLetter(current)) {
            kind = Kind.IDENTIFIER;
            text = word();
        } else if (isDigit(current)) {
            kind = Kind.NUMBER;
            text = number();
        } else if (current == '"' || current == '\'') {
            kind = Kind.STRING;
            text = string();
        } else {
            symbolOrFraction();
        }
    }

    private void symbolOrFraction() {
        int first = current;
        if (first < ' ' || first > '~') {
            throw ModelException.malformed(
                    here(), "prototxt", "found the byte 0x" + Integer.toHexString(first) + " outside of a string");
        }
        step();
        if (first == '.' && isDigit(current)) {
            kind = Kind.NUMBER;
            var digits = new StringBuilder(".");
            fraction(digits);
            text = digits.toString();
            return;
        }
        kind = Kind.SYMBOL;
        text = Character.toString(first);
    }

    private String word() {
        var word = new StringBuilder();
        while (isLetter(current) || isDigit(current)) {
            keep(word);
        }
        return word.toString();
    }

    private String number() {
        var digits = new StringBuilder();
        boolean zero = current == '0';
        keep(digits);
        if (zero && (current == 'x' || current == 'X')) {
            keep(digits);
            while (Character.digit(current, 16) >= 0) {
                keep(digits);
            }
            if (digits.length() == 2) {
                throw ModelException.malformed(here(), "prototxt", "\"0x\" must be followed by hexadecimal digits");
            }
            return digits.toString();
        }
        while (isDigit(current)) {
            keep(digits);
        }
        if (current == '.') {
            keep(digits);
        }
        fraction(digits);
        requireOctal(digits.toString());
        if (isLetter(current)) {
            throw ModelException.malformed(
                    SourceLocation.line(file, line, column),
                    "prototxt",
                    "a number must be followed by a space before a name");
        }
        return digits.toString();
    }

    private void fraction(StringBuilder digits) {
        while (isDigit(current)) {
            keep(digits);
        }
        if (current == 'e' || current == 'E') {
            keep(digits);
            if (current == '-' || current == '+') {
                keep(digits);
            }
            if (!isDigit(current)) {
                throw ModelException.malformed(here(), "prototxt", "\"e\" must be followed by an exponent");
            }
            while (isDigit(current)) {
                keep(digits);
            }
        }
        if (current == 'f' || current == 'F') {
            keep(digits);
        }
    }

    private void requireOctal(String digits) {
        if (digits.matches("0[0-9]+[^0-9].*|0[0-9]*[89][0-9]*")) {
            throw ModelException.malformed(
                    here(), "prototxt", "the number " + digits + " begins with 0, so it must be an octal whole number");
        }
    }

    private String string() {
        int quote = current;
        step();
        var bytes = new ByteArrayOutputStream();
        while (current != quote) {
            if (current == NOTHING || current == '\n') {
                throw ModelException.malformed(
                        here(), "prototxt", "the string that begins here does not end on its line");
            }
            if (current == '\\') {
                step();
                escape(bytes);
            } else {
                bytes.write(current);
                step();
            }
            requireWithin(bytes.size(), limits.stringLength(), "string");
        }
        step();
        return decode(bytes.toByteArray());
    }

    private void escape(ByteArrayOutputStream bytes) {
        int letter = current;
        if (letter >= '0' && letter <= '7') {
            bytes.write(digits(8, 3));
            return;
        }
        step();
        switch (letter) {
            case 'a' -> bytes.write(0x07);
            case 'b' -> bytes.write('\b');
            case 'f' -> bytes.write('\f');
            case 'n' -> bytes.write('\n');
            case 'r' -> bytes.write('\r');
            case 't' -> bytes.write('\t');
            case 'v' -> bytes.write(0x0b);
            case '\\', '\'', '"', '?' -> bytes.write(letter);
            case 'x', 'X' -> bytes.write(requireDigits(16, 2, 1));
            case 'u' -> character(requireDigits(16, 4, 4), bytes);
            case 'U' -> character(requireDigits(16, 8, 8), bytes);
            default ->
                throw ModelException.malformed(
                        SourceLocation.line(file, line, column),
                        "prototxt",
                        "a string holds an escape that does not exist");
        }
    }

    private void character(int codePoint, ByteArrayOutputStream bytes) {
        if (!Character.isValidCodePoint(codePoint)) {
            throw ModelException.malformed(here(), "prototxt", "a string holds an escape beyond U+10FFFF");
        }
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    private int requireDigits(int radix, int most, int least) {
        int before = column;
        int value = digits(radix, most);
        if (column - before < least) {
            throw ModelException.malformed(
                    SourceLocation.line(file, line, column),
                    "prototxt",
                    "a string holds an escape with too few digits");
        }
        return value;
    }

    private int digits(int radix, int most) {
        int value = 0;
        for (int i = 0; i < most && Character.digit(current, radix) >= 0; i++) {
            value = value * radix + Character.digit(current, radix);
            step();
        }
        return value;
    }

    /** Text is UTF-8; a name in an older encoding is kept byte for byte, so that it still equals itself. */
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private void skipSpace() {
        while (current == ' ' || current >= '\t' && current <= '\r' || current == '#') {
            if (current == '#') {
                while (current != '\n' && current != NOTHING) {
                    step();
                }
            } else {
                step();
            }
        }
    }

    private void skipByteOrderMark() {
        if (current == 0xef) {
            step();
            step();
            step();
            column = 1;
        }
    }

    private void keep(StringBuilder token) {
        token.append((char) current);
        requireWithin(token.length(), limits.nameLength(), "name or number");
        step();
    }

    private void requireWithin(int length, int limit, String what) {
        if (length > limit) {
            throw ModelException.limitExceeded(here(), what, "is longer than the limit of " + limit + " bytes");
        }
    }

    private void step() {
        if (current == '\n') {
            line++;
            column = 0;
        }
        if (reader.atEnd()) {
            column = current == NOTHING ? column : column + 1;
            current = NOTHING;
            return;
        }
        current = reader.u8();
        boolean continuesCharacter = (current & 0xc0) == 0x80;
        column = continuesCharacter ? column : column + 1;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
