package dev.entrepot.formats.pickle;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.pickle.PickleValue.Bool;
import dev.entrepot.formats.pickle.PickleValue.Bytes;
import dev.entrepot.formats.pickle.PickleValue.Int;
import dev.entrepot.formats.pickle.PickleValue.Text;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The arguments that stand behind the instructions: numbers, texts, lines. */
final class PickleArguments {

    /** Python itself reads no longer decimal numbers. Source: sys.int_info.default_max_str_digits. */
    private static final int MOST_DIGITS = 4_300;

    private static final int LONGEST_INT = 4_096;
    private static final int LONGEST_LINE = 1 << 20;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1," + MOST_DIGITS + "}");
    private static final Pattern FLOAT =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*([eE][+-]?[0-9]+)?|\\.[0-9]+([eE][+-]?[0-9]+)?|inf|nan)");

    private final ByteReader reader;
    private final PickleLimits limits;
    private long bytesLeft;

    PickleArguments(ByteReader reader, PickleLimits limits) {
        this.reader = reader;
        this.limits = limits;
        this.bytesLeft = limits.bytes();
    }

    Bytes bytes(long length) {
        return new Bytes(reader.slice(length));
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(reader.i64()));
    }

    /** Instructions J, K, M, I, L, LONG1 and LONG4. */
    PickleValue integer(int opcode, SourceLocation where) {
        return switch (opcode) {
            case 'J' -> Int.of(reader.i32());
            case 'K' -> Int.of(reader.u8());
            case 'M' -> Int.of(reader.u16());
            case 0x8a -> littleEndian(reader.u8());
            case 0x8b -> littleEndian(reader.i32());
            default -> decimalLine(opcode == 'I', where);
        };
    }

    PickleValue.Float floatLine(SourceLocation where) {
        String line = line(where);
        if (line.length() > LONGEST_INT || !FLOAT.matcher(line).matches()) {
            throw ModelException.malformed(where, "float", "is \"" + shown(line) + "\"");
        }
        return new PickleValue.Float(
                Double.parseDouble(line.replace("inf", "Infinity").replace("nan", "NaN")));
    }

    int memoLine(SourceLocation where) {
        String line = line(where);
        if (!line.matches("[0-9]{1,9}")) {
            throw ModelException.malformed(where, "memo", "has no value \"" + shown(line) + "\"");
        }
        return Integer.parseInt(line);
    }

    /** Texts and byte strings of all protocols. */
    PickleValue string(int opcode, SourceLocation where) {
        return switch (opcode) {
            case 'X' -> text(reader.u32());
            case 0x8c -> text(reader.u8());
            case 0x8d -> text(reader.i64());
            case 'V' -> new Text(PickleEscapes.unicode(rawLine(where), where));
            case 'S' -> python2(ByteSource.of("pickle", PickleEscapes.quoted(rawLine(where), where)));
            case 'T' -> python2(reader.slice(reader.i32()));
            case 'U' -> python2(reader.slice(reader.u8()));
            case 'B' -> bytes(reader.u32());
            case 'C' -> bytes(reader.u8());
            default -> bytes(reader.i64());
        };
    }

    /** The rest of the line, without its end. */
    String line(SourceLocation where) {
        return decode(rawLine(where), where);
    }

    private Text text(long length) {
        spend(length);
        return new Text(reader.utf8(length, limits.bytes()));
    }

    /** Python 2 has one type for text and bytes: what is UTF-8 counts as text. */
    private PickleValue python2(ByteSource source) {
        if (source.length() > LONGEST_LINE) {
            return new Bytes(source);
        }
        spend(source.length());
        ByteReader copy = new ByteReader(source);
        byte[] raw = copy.bytes(source.length(), LONGEST_LINE);
        try {
            return new Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString());
        } catch (CharacterCodingException e) {
            return new Bytes(source);
        }
    }

    private Int littleEndian(long length) {
        byte[] bytes = reader.bytes(length, LONGEST_INT);
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
        return new Int(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
    }

    private PickleValue decimalLine(boolean mayBeBool, SourceLocation where) {
        String line = line(where);
        if (mayBeBool && (line.equals("00") || line.equals("01"))) {
            return new Bool(line.equals("01"));
        }
        String digits = !mayBeBool && line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        if (!DECIMAL.matcher(digits).matches()) {
            throw ModelException.malformed(where, "whole number", "is \"" + shown(line) + "\"");
        }
        return new Int(new BigInteger(digits));
    }

    private byte[] rawLine(SourceLocation where) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = reader.u8(); next != '\n'; next = reader.u8()) {
            if (line.size() >= LONGEST_LINE) {
                throw ModelException.limitExceeded(where, "line", "is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
        spend(line.size());
        return line.toByteArray();
    }

    private void spend(long bytes) {
        bytesLeft -= Math.max(0, bytes);
        if (bytesLeft < 0) {
            throw ModelException.limitExceeded(
                    reader.here(), "pickle", "has more than " + limits.bytes() + " bytes of text (limit bytes)");
        }
    }

    static String decode(byte[] bytes, SourceLocation where) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ModelException.malformed(where, "line", "is not UTF-8");
        }
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
