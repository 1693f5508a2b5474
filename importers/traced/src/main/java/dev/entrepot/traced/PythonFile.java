package dev.entrepot.traced;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A file of Python source.
 *
 * @param name its path with {@code /}, from the folder that all of a network's files lie in; messages and imports know it by this
 * @param text what is in it
 */
public record PythonFile(String name, String text) {

    private static final int LONGEST = 4 << 20;

    public PythonFile {
        if (!name.endsWith(".py")) {
            throw new IllegalArgumentException("\"" + name + "\" does not end with .py");
        }
    }

    /**
     * Reads a file.
     *
     * @throws ModelException if it is over 4 MiB or no UTF-8
     */
    public static PythonFile read(ByteSource source) {
        if (source.length() > LONGEST) {
            throw ModelException.limitExceeded(
                    source.at(0), "source", "has " + source.length() + " bytes, at most " + LONGEST + " are read");
        }
        byte[] bytes = new ByteReader(source).bytes(source.length(), LONGEST);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new PythonFile(source.name(), text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw ModelException.malformed(source.at(0), "source", "is no UTF-8 text");
        }
    }
}
