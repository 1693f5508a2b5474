package dev.entrepot.formats.npy;

import dev.entrepot.bytes.AtomicFile;
import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.SwappedData;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** NumPy's {@code .npy} files, versions 1 to 3. Source: numpy lib/format.py. */
public final class Npy {

    private Npy() {}

    /** Whether a file begins as an array does. */
    public static boolean recognises(ByteSource source) {
        if (source.length() < 6) {
            return false;
        }
        byte[] prefix = new ByteReader(source).bytes(6, 6);
        return new String(prefix, StandardCharsets.ISO_8859_1).equals("\u0093NUMPY");
    }

    /**
     * Reads an array. Its elements stay in the source, except strings, which are read now.
     *
     * @param source the file, which must stay open as long as the tensor is used; bytes after the array are ignored, as NumPy does
     * @throws ModelException if the file is malformed, holds what a tensor cannot (objects, records, dates), or more than 256 MiB of strings
     * @throws UncheckedIOException if the disk fails
     */
    public static Tensor read(ByteSource source) {
        ByteReader reader = new ByteReader(source);
        NpyHeader header = NpyHeader.read(reader);
        SourceLocation where = reader.here();
        NpyType type = NpyType.parse(where, header.descr());
        Shape shape = Shape.of(header.shape());
        long length = byteLength(where, type, shape);
        if (length > reader.remaining()) {
            throw ModelException.malformed(
                    where,
                    "array " + header.descr() + shape,
                    "takes " + length + " bytes, only " + reader.remaining() + " are left");
        }
        ByteSource elements = reader.slice(length);
        boolean columns = header.fortranOrder() && shape.rank() > 1;
        if (type.dataType() == DataType.STRING) {
            return Tensor.of(shape, NpyStrings.read(elements, type, shape, columns));
        }
        TensorData data = columns ? new ColumnMajorData(elements, shape, type.itemSize()) : TensorData.of(elements);
        return new Tensor(type.dataType(), shape, type.swapUnit() == 1 ? data : new SwappedData(data, type.swapUnit()));
    }

    /**
     * The pickle of a scalar array of one Python object; empty for arrays of anything else. It is not looked into.
     *
     * @throws ModelException if the file's header is malformed
     */
    public static Optional<ByteSource> objects(ByteSource source) {
        ByteReader reader = new ByteReader(source);
        NpyHeader header = NpyHeader.read(reader);
        boolean one = header.descr().equals("|O") && header.shape().isEmpty();
        return one ? Optional.of(reader.slice(reader.remaining())) : Optional.empty();
    }

    /**
     * Writes a file as {@code numpy.save} does, byte for byte for numbers.
     *
     * @throws IllegalArgumentException if NumPy has no such element type (bfloat16, float8, 4-bit numbers)
     */
    public static void write(Path target, Tensor tensor) throws IOException {
        AtomicFile.write(target, out -> writeTo(out, tensor));
    }

    /** Writes what {@link #write} puts into a file. */
    public static void writeTo(WritableByteChannel out, Tensor tensor) throws IOException {
        NpyType type = NpyType.of(tensor);
        ByteBuffer header = NpyHeader.encode(type.descr(), tensor.shape());
        while (header.hasRemaining()) {
            out.write(header);
        }
        if (tensor.data() instanceof StringData strings) {
            NpyStrings.writeTo(out, strings.values(), type.itemSize());
        } else {
            tensor.data().writeTo(out);
        }
    }

    /** The bytes that {@link #writeTo} writes. */
    static long encodedLength(Tensor tensor) {
        NpyType type = NpyType.of(tensor);
        long elements = Math.multiplyExact(tensor.elementCount(), type.itemSize());
        return Math.addExact(NpyHeader.encode(type.descr(), tensor.shape()).remaining(), elements);
    }

    private static long byteLength(SourceLocation where, NpyType type, Shape shape) {
        try {
            return Math.multiplyExact(shape.elementCount(), type.itemSize());
        } catch (ArithmeticException e) {
            throw ModelException.malformed(where, "shape " + shape, "has more elements than fit 64 bits");
        }
    }
}
