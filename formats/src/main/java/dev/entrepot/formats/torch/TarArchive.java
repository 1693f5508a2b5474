package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plain files of a tar archive by name, as slices. Source: POSIX.1-2001 pax, ustar and extended headers. */
final class TarArchive {

    private static final int BLOCK = 512;
    private static final int MOST_MEMBERS = 1_000;
    private static final int LONGEST_EXTENSION = 1 << 16;
    private static final Pattern EXTENSION = Pattern.compile("(?s)\\G[0-9]{1,9} ([^=]{1,100})=(.*?)\n");

    private TarArchive() {}

    /** Whether a source starts with a header whose checksum is right. */
    static boolean recognises(ByteSource source) {
        return source.length() >= BLOCK
                && TorchFile.startsWith(source, 257, "ustar")
                && header(source, 0).checksumIsRight();
    }

    /**
     * The archive's files.
     *
     * @throws ModelException if it is malformed, or has links, devices or a name twice
     */
    static Map<String, ByteSource> read(ByteSource source) {
        Map<String, ByteSource> members = new LinkedHashMap<>();
        Map<String, String> extensions = new LinkedHashMap<>();
        for (long at = 0; at <= source.length() - BLOCK; ) {
            Header header = header(source, at);
            if (header.isEnd()) {
                break;
            }
            requireSound(header, source, at);
            boolean extends1 = header.type == 'x';
            long length = extends1 || header.type == 'g' ? header.length : length(extensions, header, source, at);
            if (length < 0 || length > source.length() - at - BLOCK) {
                throw ModelException.malformed(
                        source.at(at), header.what(), "should have " + length + " bytes, more than the archive");
            }
            ByteSource contents = source.slice(at + BLOCK, length);
            switch (header.type) {
                case '0', 0 -> add(members, extensions.getOrDefault("path", header.name), contents, header);
                case '5', 'g' -> {}
                case 'x' -> extensions.putAll(extensions(contents));
                default ->
                    throw ModelException.unsupported(
                            source.at(at), header.what(), "is a link, a device or of another unusual kind");
            }
            if (!extends1) {
                extensions.clear();
            }
            at += BLOCK + (length + BLOCK - 1) / BLOCK * BLOCK;
        }
        return Collections.unmodifiableMap(members);
    }

    private static void add(Map<String, ByteSource> members, String name, ByteSource contents, Header header) {
        if (members.putIfAbsent(name, contents) != null) {
            throw ModelException.malformed(contents.at(0), header.what(), "appears twice in the archive");
        }
        if (members.size() > MOST_MEMBERS) {
            throw ModelException.limitExceeded(contents.at(0), "archive", "has more than " + MOST_MEMBERS + " members");
        }
    }

    private static void requireSound(Header header, ByteSource source, long at) {
        if (!header.checksumIsRight()) {
            throw ModelException.malformed(source.at(at), "header", "has a wrong checksum");
        }
    }

    private static long length(Map<String, String> extensions, Header header, ByteSource source, long at) {
        String size = extensions.get("size");
        if (size == null) {
            return header.length;
        }
        if (!size.matches("[0-9]{1,18}")) {
            throw ModelException.malformed(source.at(at), header.what(), "should have \"" + size + "\" bytes");
        }
        return Long.parseLong(size);
    }

    private static Map<String, String> extensions(ByteSource contents) {
        String text = new ByteReader(contents).utf8(contents.length(), LONGEST_EXTENSION);
        Map<String, String> extensions = new LinkedHashMap<>();
        Matcher matcher = EXTENSION.matcher(text);
        while (matcher.find()) {
            extensions.put(matcher.group(1), matcher.group(2));
        }
        return extensions;
    }

    private static Header header(ByteSource source, long at) {
        byte[] block = new ByteReader(source.slice(at, BLOCK)).bytes(BLOCK, BLOCK);
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        return new Header(text(block, 0, 100), number(block, 124, 12), number(block, 148, 8), block[156], sum);
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }

    /** Octal digits, or base 256 where the first bit is set; -1 if neither. */
    private static long number(byte[] block, int from, int length) {
        if (block[from] == (byte) 0x80) {
            long value = 0;
            for (int i = from + length - Long.BYTES; i < from + length; i++) {
                value = value << 8 | block[i] & 0xff;
            }
            return value;
        }
        String digits = text(block, from, length).strip();
        return digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : -1;
    }

    private record Header(String name, long length, long checksum, byte type, int sum) {

        boolean isEnd() {
            return name.isEmpty() && sum == 8 * ' ';
        }

        boolean checksumIsRight() {
            return checksum == sum;
        }

        String what() {
            return "member \"" + name + "\"";
        }
    }
}
