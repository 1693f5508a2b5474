package dev.entrepot.formats.pickle;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.io.ByteArrayOutputStream;

/** The escapes of protocol 0's strings. Source: CPython, codecs raw_unicode_escape and escape_decode. */
final class PickleEscapes {

    private PickleEscapes() {}

    /** Latin-1 with {@code \}{@code uXXXX} and {@code \}{@code UXXXXXXXX}. */
    static String unicode(byte[] line, SourceLocation where) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length; ) {
            boolean escape = line[i] == '\\' && i + 1 < line.length && (line[i + 1] == 'u' || line[i + 1] == 'U');
            if (!escape) {
                text.append((char) (line[i++] & 0xff));
                continue;
            }
            int digits = line[i + 1] == 'u' ? 4 : 8;
            long code = hex(line, i + 2, digits, where);
            if (code > Character.MAX_CODE_POINT) {
                throw ModelException.malformed(where, "text", "has the character number " + code);
            }
            text.appendCodePoint((int) code);
            i += 2 + digits;
        }
        return text.toString();
    }

    /** A string between quotes as Python 2's repr writes it. */
    static byte[] quoted(byte[] line, SourceLocation where) {
        int length = line.length;
        boolean quotes = length >= 2 && line[0] == line[length - 1] && (line[0] == '\'' || line[0] == '"');
        if (!quotes) {
            throw ModelException.malformed(where, "string", "does not stand between quotes");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
        for (int i = 1; i < length - 1; ) {
            if (line[i] != '\\') {
                bytes.write(line[i++]);
                continue;
            }
            if (i + 1 >= length - 1) {
                throw ModelException.malformed(where, "string", "ends within an escape");
            }
            i = escape(line, i + 1, bytes, where);
        }
        return bytes.toByteArray();
    }

    /** Writes what the escape whose letter stands at {@code at} means, and returns the number of the byte behind it. */
    private static int escape(byte[] line, int at, ByteArrayOutputStream bytes, SourceLocation where) {
        byte letter = line[at];
        switch (letter) {
            case '\\', '\'', '"' -> bytes.write(letter);
            case 'n' -> bytes.write('\n');
            case 'r' -> bytes.write('\r');
            case 't' -> bytes.write('\t');
            case 'a' -> bytes.write(7);
            case 'b' -> bytes.write('\b');
            case 'f' -> bytes.write('\f');
            case 'v' -> bytes.write(0x0b);
            case 'x' -> {
                bytes.write((int) hex(line, at + 1, 2, where));
                return at + 3;
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return octal(line, at, bytes);
            }
            default -> {
                bytes.write('\\');
                bytes.write(letter);
            }
        }
        return at + 1;
    }

    private static int octal(byte[] line, int from, ByteArrayOutputStream bytes) {
        int value = 0;
        int at = from;
        while (at < from + 3 && at < line.length - 1 && line[at] >= '0' && line[at] <= '7') {
            value = value * 8 + line[at++] - '0';
        }
        bytes.write(value);
        return at;
    }

    private static long hex(byte[] line, int from, int digits, SourceLocation where) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < line.length ? Character.digit(line[i], 16) : -1;
            if (digit < 0) {
                throw ModelException.malformed(where, "string", "has an escape without " + digits + " hex digits");
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
