package dev.entrepot.formats.npy;

import dev.entrepot.bytes.AtomicFile;
import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.zip.Compression;
import dev.entrepot.formats.zip.ZipArchive;
import dev.entrepot.formats.zip.ZipEntry;
import dev.entrepot.formats.zip.ZipWriter;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** NumPy's {@code .npz} files: named arrays in a zip archive. Source: numpy lib/_npyio_impl.py, NpzFile and savez. */
public final class Npz {

    private static final String SUFFIX = ".npy";

    private Npz() {}

    /** Whether a file is a zip archive whose first entry is an array. */
    public static boolean recognises(ByteSource source) {
        return source.length() >= 30
                && firstBytes(source, 4).equals("PK\u0003\u0004")
                && firstEntry(source).endsWith(SUFFIX);
    }

    /**
     * Reads the arrays' headers; the elements stay in the source (stored) or are inflated when they are used (deflated).
     *
     * @param source the file, which must stay open as long as the tensors are used
     * @return the arrays by name, without {@code .npy}, in the archive's order
     * @throws ModelException with all arrays that cannot be read
     */
    public static Map<String, Tensor> read(ByteSource source) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        Problems problems = new Problems();
        for (ZipEntry entry : ZipArchive.open(source).entries()) {
            if (entry.isDirectory()) {
                continue;
            }
            if (!entry.name().endsWith(SUFFIX)) {
                problems.unsupported(
                        SourceLocation.file(source.name()), "entry \"" + entry.name() + "\"", "is no .npy array");
                continue;
            }
            try {
                String name = entry.name().substring(0, entry.name().length() - SUFFIX.length());
                arrays.put(name, Npy.read(entry.data()));
            } catch (ModelException e) {
                problems.addAll(e);
            }
        }
        problems.throwIfAny();
        return Collections.unmodifiableMap(arrays);
    }

    /** Writes an archive of stored arrays in the map's order, as {@code numpy.savez} does; the same tensors make the same bytes. */
    public static void write(Path target, Map<String, Tensor> arrays) throws IOException {
        write(target, arrays, Compression.STORED);
    }

    /**
     * Writes an archive in the map's order.
     *
     * @throws IllegalArgumentException if NumPy lacks a tensor's element type
     */
    public static void write(Path target, Map<String, Tensor> arrays, Compression compression) throws IOException {
        AtomicFile.write(target, out -> write(out, arrays, compression));
    }

    /**
     * Writes an archive in the map's order to an open file, for arrays that need not outlast a power cut.
     *
     * @param out the file at its beginning; it is left open
     * @throws IllegalArgumentException if NumPy lacks a tensor's element type
     */
    public static void write(SeekableByteChannel out, Map<String, Tensor> arrays, Compression compression)
            throws IOException {
        ZipWriter zip = new ZipWriter(out);
        for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
            Tensor tensor = array.getValue();
            zip.add(
                    array.getKey() + SUFFIX,
                    compression,
                    Npy.encodedLength(tensor),
                    entry -> Npy.writeTo(entry, tensor));
        }
        zip.finish();
    }

    /** The name in the first local header. Source: PKWARE APPNOTE, 4.3.7. */
    private static String firstEntry(ByteSource source) {
        ByteReader reader = new ByteReader(source);
        reader.skip(26);
        long length = Math.min(reader.u16(), reader.remaining() - 2);
        reader.skip(2);
        return new String(reader.bytes(length, 1 << 16), StandardCharsets.ISO_8859_1);
    }

    private static String firstBytes(ByteSource source, int count) {
        return new String(new ByteReader(source).bytes(count, count), StandardCharsets.ISO_8859_1);
    }
}
