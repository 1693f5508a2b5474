package dev.entrepot.formats.json;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads JSON texts. Source: RFC 8259. */
public final class Json {

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|-?Infinity");
    private static final int LONGEST_NUMBER = 400;

    private final ByteSource source;
    private final byte[] text;
    private final JsonLimits limits;
    private int at;
    private int values;

    private Json(ByteSource source, byte[] text, JsonLimits limits) {
        this.source = source;
        this.text = text;
        this.limits = limits;
    }

    /**
     * Reads a text of one value.
     *
     * @throws ModelException if it is malformed or exceeds a limit
     * @throws UncheckedIOException if the disk fails
     */
    public static JsonValue read(ByteSource source, JsonLimits limits) {
        try {
            Json json = new Json(source, source.readAll(limits.bytes()), limits);
            JsonValue value = json.value(0);
            json.skipSpace();
            if (json.at < json.text.length) {
                throw json.malformed("goes on after its value");
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonValue value(int depth) {
        skipSpace();
        if (depth > limits.depth()) {
            throw ModelException.limitExceeded(
                    here(), "JSON", "is nested deeper than " + limits.depth() + " (limit depth)");
        }
        if (++values > limits.values()) {
            throw ModelException.limitExceeded(
                    here(), "JSON", "has more than " + limits.values() + " values (limit values)");
        }
        SourceLocation where = here();
        return switch (peek()) {
            case '{' -> members(depth, where);
            case '[' -> array(depth, where);
            case '"' -> new JsonValue.Text(string(), where);
            default -> word(where);
        };
    }

    private JsonValue members(int depth, SourceLocation where) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        at++;
        if (closes('}')) {
            return new JsonValue.Members(members, where);
        }
        do {
            skipSpace();
            SourceLocation keyAt = here();
            if (peek() != '"') {
                throw malformed("has no key where one should be");
            }
            String key = string();
            skipSpace();
            require(':');
            if (members.putIfAbsent(key, value(depth + 1)) != null) {
                throw ModelException.malformed(keyAt, "key \"" + key + "\"", "appears twice in one object");
            }
        } while (goesOn('}'));
        return new JsonValue.Members(members, where);
    }

    private JsonValue array(int depth, SourceLocation where) {
        List<JsonValue> items = new ArrayList<>();
        at++;
        if (closes(']')) {
            return new JsonValue.Array(items, where);
        }
        do {
            items.add(value(depth + 1));
        } while (goesOn(']'));
        return new JsonValue.Array(items, where);
    }

    private boolean closes(char bracket) {
        skipSpace();
        if (peek() == bracket) {
            at++;
            return true;
        }
        return false;
    }

    private boolean goesOn(char bracket) {
        if (closes(bracket)) {
            return false;
        }
        require(',');
        return true;
    }

    private JsonValue word(SourceLocation where) {
        int start = at;
        while (at < text.length && isWordPart(text[at]) && at - start < LONGEST_NUMBER) {
            at++;
        }
        String word = new String(text, start, at - start, StandardCharsets.ISO_8859_1);
        switch (word) {
            case "null":
                return new JsonValue.Null(where);
            case "true", "false":
                return new JsonValue.Bool(word.equals("true"), where);
            default:
                if (!NUMBER.matcher(word).matches()) {
                    throw ModelException.malformed(where, "JSON", "has no value here");
                }
                return new JsonValue.Number(word, where);
        }
    }

    private static boolean isWordPart(byte next) {
        return Character.isLetterOrDigit(next & 0x7f) && next > 0 || next == '-' || next == '+' || next == '.';
    }

    private String string() {
        int start = ++at;
        while (peek() != '"' && peek() != '\\') {
            at++;
        }
        if (peek() == '"') {
            return decode(start, at++);
        }
        StringBuilder string = new StringBuilder(decode(start, at));
        for (int plain = at; ; ) {
            int next = peek();
            if (next != '"' && next != '\\') {
                at++;
                continue;
            }
            string.append(decode(plain, at++));
            if (next == '"') {
                return string.toString();
            }
            string.append(escaped());
            plain = at;
        }
    }

    private char escaped() {
        int letter = peek();
        at++;
        return switch (letter) {
            case '"', '\\', '/' -> (char) letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw malformed("has an unknown escape");
        };
    }

    private char hex() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw malformed("has an escape without four hex digits");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    /** Plain characters of a string; control characters are let through, as other readers do. */
    private String decode(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ModelException.malformed(source.at(from), "text", "is not UTF-8");
        }
    }

    private void skipSpace() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private void require(char expected) {
        if (peek() != expected) {
            throw malformed("has no '" + expected + "' where one should be");
        }
        at++;
    }

    private int peek() {
        if (at >= text.length) {
            throw malformed("ends too early");
        }
        return text[at] & 0xff;
    }

    private ModelException malformed(String why) {
        return ModelException.malformed(here(), "JSON", why);
    }

    private SourceLocation here() {
        return source.at(at);
    }
}
