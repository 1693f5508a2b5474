package dev.entrepot.formats.npy;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a {@code .npy} file says before its elements. Source: numpy lib/format.py, _read_array_header.
 *
 * @param descr the element type, such as {@code <f4}
 * @param fortranOrder whether the first dimension varies fastest
 * @param shape the sizes
 */
record NpyHeader(String descr, boolean fortranOrder, List<Dim> shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final long LONGEST = 1 << 16;
    private static final int ALIGNMENT = 64;

    /** NumPy leaves room for the first size to grow to this many digits. */
    private static final int GROWING_DIGITS = 21;

    static NpyHeader read(ByteReader reader) {
        SourceLocation start = reader.here();
        boolean magic =
                reader.remaining() >= MAGIC.length && Arrays.equals(reader.bytes(MAGIC.length, MAGIC.length), MAGIC);
        if (!magic) {
            throw ModelException.malformed(start, "file", "is no .npy: it does not start with \\x93NUMPY");
        }
        int version = reader.u8();
        int minor = reader.u8();
        if (version < 1 || version > 3 || minor != 0) {
            throw ModelException.unsupported(
                    start, ".npy", "has version " + version + "." + minor + ", known are 1.0 to 3.0");
        }
        long length = version == 1 ? reader.u16() : reader.u32();
        if (length > LONGEST) {
            throw ModelException.limitExceeded(
                    reader.here(), "header", "is " + length + " bytes long, the limit is " + LONGEST);
        }
        SourceLocation where = reader.here();
        String text = version == 3
                ? reader.utf8(length, LONGEST)
                : new String(reader.bytes(length, LONGEST), StandardCharsets.ISO_8859_1);
        return new HeaderParser(where, text).header();
    }

    /** The header of an array in row-major order, ready to be read from the buffer. Source: numpy lib/format.py, _write_array_header. */
    static ByteBuffer encode(String descr, Shape shape) {
        String sizes = shape.dims().stream().map(Dim::toString).collect(Collectors.joining(", "));
        String comma = shape.rank() == 1 ? "," : "";
        String growth = shape.rank() == 0
                ? ""
                : " "
                        .repeat(Math.max(
                                0, GROWING_DIGITS - shape.dim(0).toString().length()));
        String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + sizes + comma + "), }" + growth;
        int version = text.length() + ALIGNMENT + 10 < 1 << 16 ? 1 : 2;
        int prefix = MAGIC.length + 2 + (version == 1 ? 2 : 4);
        int padding = ALIGNMENT - (prefix + text.length() + 1) % ALIGNMENT;
        int length = text.length() + padding + 1;
        ByteBuffer header = ByteBuffer.allocate(prefix + length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) version).put((byte) 0);
        if (version == 1) {
            header.putShort((short) length);
        } else {
            header.putInt(length);
        }
        return header.put((text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1))
                .flip();
    }
}
