package dev.entrepot.server.inference;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Elements of BYTES as binary data: each is its length, a little-endian unsigned 32-bit integer, then its bytes. */
final class ByteElements {

    private ByteElements() {}

    /** Reads all of a binary tensor. */
    static List<byte[]> read(String name, ByteBuffer data, long count) {
        ByteBuffer rest = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> elements = new ArrayList<>();
        while (rest.hasRemaining()) {
            long length = rest.remaining() < 4 ? -1 : rest.getInt() & 0xffff_ffffL;
            if (length < 0 || length > rest.remaining()) {
                throw new ProblemException(
                        Kind.BAD_REQUEST,
                        "input \"" + name + "\": element " + elements.size() + " reaches beyond the binary data");
            }
            byte[] element = new byte[(int) length];
            rest.get(element);
            elements.add(element);
        }
        if (elements.size() != count) {
            throw new ProblemException(
                    Kind.BAD_REQUEST,
                    "input \"" + name + "\": the binary data holds " + elements.size()
                            + " elements, the shape asks for " + count);
        }
        return elements;
    }

    /** The binary form of some elements. */
    static byte[] write(List<byte[]> elements) {
        int size = elements.stream().mapToInt(element -> 4 + element.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elements.forEach(element -> bytes.putInt(element.length).put(element));
        return bytes.array();
    }
}
