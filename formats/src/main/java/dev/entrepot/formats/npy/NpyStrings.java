package dev.entrepot.formats.npy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** NumPy's fixed-width strings, padded with zeros: bytes ({@code S}, taken as UTF-8) or code points of four bytes ({@code U}). */
final class NpyStrings {

    private static final int LARGEST_COUNT = 10_000_000;
    private static final long LARGEST = 256L << 20;

    private NpyStrings() {}

    static List<String> read(ByteSource elements, NpyType type, Shape shape, boolean columnMajor) {
        if (shape.elementCount() > LARGEST_COUNT) {
            throw ModelException.limitExceeded(
                    elements.at(0), "array", "has " + shape.elementCount() + " strings, the limit is " + LARGEST_COUNT);
        }
        ByteBuffer bytes = ByteBuffer.wrap(readAll(elements));
        bytes.order(type.swapUnit() == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        boolean wide = type.descr().startsWith("<U");
        String[] values = new String[(int) shape.elementCount()];
        RowMajorOrder order = new RowMajorOrder(shape);
        for (int i = 0; i < values.length; i++) {
            ByteBuffer element =
                    bytes.slice(i * type.itemSize(), type.itemSize()).order(bytes.order());
            int to = columnMajor ? Math.toIntExact(order.next()) : i;
            values[to] = wide ? wide(elements, element) : narrow(elements, element);
        }
        return List.of(values);
    }

    static void writeTo(WritableByteChannel out, List<String> values, int itemSize) throws IOException {
        for (String value : values) {
            ByteBuffer element = ByteBuffer.allocate(itemSize).order(ByteOrder.LITTLE_ENDIAN);
            value.codePoints().forEach(element::putInt);
            element.rewind();
            while (element.hasRemaining()) {
                out.write(element);
            }
        }
    }

    private static byte[] readAll(ByteSource elements) {
        try {
            return elements.readAll(LARGEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String wide(ByteSource elements, ByteBuffer element) {
        int[] points = new int[element.remaining() / 4];
        element.asIntBuffer().get(points);
        int length = points.length;
        while (length > 0 && points[length - 1] == 0) {
            length--;
        }
        if (Arrays.stream(points).anyMatch(point -> !Character.isValidCodePoint(point))) {
            throw ModelException.malformed(elements.at(0), "array", "has strings with numbers that are no Unicode");
        }
        return new String(points, 0, length);
    }

    private static String narrow(ByteSource elements, ByteBuffer element) {
        int length = element.limit();
        while (length > 0 && element.get(length - 1) == 0) {
            length--;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(element.limit(length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ModelException.unsupported(elements.at(0), "array", "has byte strings that are not UTF-8");
        }
    }
}
