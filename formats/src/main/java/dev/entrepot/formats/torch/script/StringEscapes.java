package dev.entrepot.formats.torch.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a string literal stands for. Octal and hexadecimal escapes are bytes of UTF-8. Source:
 * torch/csrc/jit/frontend/parse_string_literal.h.
 */
final class StringEscapes {

    private static final String LETTERS = "abfnrtv";
    private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b";

    private StringEscapes() {}

    /** The text of a literal's inside. */
    static String decode(String inside) {
        if (inside.indexOf('\\') < 0) {
            return inside;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(inside.length());
        int at = 0;
        while (at < inside.length()) {
            int next = inside.indexOf('\\', at);
            int end = next < 0 ? inside.length() : next;
            bytes.writeBytes(inside.substring(at, end).getBytes(StandardCharsets.UTF_8));
            at = end < inside.length() ? escape(inside, end, bytes) : end;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Decodes the escape that begins at {@code at}; answers where it ends. */
    private static int escape(String inside, int at, ByteArrayOutputStream bytes) {
        if (at + 1 >= inside.length()) {
            bytes.write('\\');
            return at + 1;
        }
        char letter = inside.charAt(at + 1);
        int known = LETTERS.indexOf(letter);
        if (known >= 0) {
            bytes.write(MEANINGS.charAt(known));
            return at + 2;
        }
        if (letter == '\n') {
            return at + 2;
        }
        if (letter == 'x') {
            return number(inside, at + 2, 2, 16, bytes);
        }
        if (letter >= '0' && letter <= '7') {
            return number(inside, at + 1, 3, 8, bytes);
        }
        if (letter != '\\' && letter != '\'' && letter != '"') {
            bytes.write('\\');
        }
        int point = inside.codePointAt(at + 1);
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        return at + 1 + Character.charCount(point);
    }

    private static int number(String inside, int from, int most, int radix, ByteArrayOutputStream bytes) {
        int value = 0;
        int at = from;
        while (at < inside.length() && at < from + most && Character.digit(inside.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(inside.charAt(at), radix);
            at++;
        }
        bytes.write(value);
        return at;
    }
}
