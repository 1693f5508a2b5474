package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Source text within a model file. It is never run here.
 *
 * @param path its name in the archive, without the archive's root folder
 * @param source its bytes
 */
public record CodeFile(String path, ByteSource source) {

    private static final long LONGEST = 64L << 20;

    /**
     * The text.
     *
     * @throws ModelException if it is not UTF-8 or longer than 64 MiB
     * @throws UncheckedIOException if the disk fails
     */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source.readAll(LONGEST)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ModelException.malformed(source.at(0), "code", "is not UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
