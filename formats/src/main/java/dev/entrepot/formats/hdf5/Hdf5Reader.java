package dev.entrepot.formats.hdf5;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.TensorData;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads an HDF5 file's tree. Contiguous little-endian datasets become slices of the file; others are decoded when they are asked for.
 *
 * <p>Links to other files, to other places and external storage are refused: only what lies in the given bytes is read.
 */
public final class Hdf5Reader {

    private static final int DEEPEST = 32;
    private static final int MOST_NODES = 100_000;
    private static final long MOST_DECODED = 256L << 20;

    private final ByteSource source;
    private final SourceLocation file;
    private int nodes;
    private long userBlock;

    private Hdf5Reader(ByteSource source) {
        this.source = source;
        this.file = SourceLocation.file(source.name());
    }

    /**
     * Reads the tree; the source must stay open as long as the datasets are used.
     *
     * @throws ModelException malformed, also for everything that jHDF throws; unsupported for links; limit exceeded
     */
    public static Hdf5Group read(ByteSource source) {
        var reader = new Hdf5Reader(source);
        return Guard.call(reader.file, reader::root);
    }

    @SuppressWarnings("resource") // its channel is the source, which belongs to the caller
    private Hdf5Group root() {
        var hdf = new HdfFile(new SourceChannel(source));
        userBlock = hdf.getUserBlockSize();
        return group("", hdf, 1);
    }

    private Hdf5Group group(String path, Group group, int depth) {
        if (depth > DEEPEST) {
            throw ModelException.limitExceeded(
                    file, "group " + path, "is nested more than " + DEEPEST + " levels deep, which is the limit");
        }
        Map<String, Hdf5Node> children = new LinkedHashMap<>();
        group.getChildren().forEach((name, child) -> children.put(name, node(path + "/" + name, child, depth)));
        return new Hdf5Group(path.isEmpty() ? "/" : path, children);
    }

    private Hdf5Node node(String path, Node node, int depth) {
        nodes++;
        if (nodes > MOST_NODES) {
            throw ModelException.limitExceeded(
                    file, "HDF5 file", "holds more than " + MOST_NODES + " groups and datasets, which is the limit");
        }
        if (node.isLink()) {
            throw ModelException.unsupported(file, path, "is a link; links in HDF5 files are not followed");
        }
        if (node instanceof Group group) {
            return group(path, group, depth + 1);
        }
        if (node instanceof Dataset dataset) {
            return dataset(path, dataset);
        }
        throw ModelException.unsupported(file, path, "is neither a group nor a dataset");
    }

    private Hdf5Dataset dataset(String path, Dataset dataset) {
        SourceLocation where = source.at(Math.max(0, dataset.getAddress()));
        if (dataset.isEmpty() && dataset.getDimensionsAsLong().length == 0) {
            return new Hdf5Dataset(path, where, DataType.UNDEFINED, Shape.UNRANKED, TensorData.of(new byte[0]));
        }
        Shape shape = dataset.isScalar() ? Shape.SCALAR : Shape.of(dataset.getDimensionsAsLong());
        DataType stored = stored(dataset);
        if (stored != DataType.UNDEFINED && dataset instanceof ContiguousDataset contiguous && !dataset.isEmpty()) {
            return new Hdf5Dataset(path, where, stored, shape, slice(path, contiguous, stored, shape));
        }
        DataType decoded = decoded(dataset);
        if (decoded == DataType.UNDEFINED) {
            return new Hdf5Dataset(path, where, decoded, shape, TensorData.of(new byte[0]));
        }
        long bytes = decoded.byteLength(shape.elementCount());
        if (bytes == 0) {
            return new Hdf5Dataset(path, where, decoded, shape, TensorData.of(new byte[0]));
        }
        if (bytes > MOST_DECODED) {
            throw ModelException.limitExceeded(
                    where,
                    "dataset " + path,
                    "takes " + bytes + " bytes when it is decoded, the limit is " + MOST_DECODED);
        }
        return new Hdf5Dataset(path, where, decoded, shape, new DecodedData(dataset, where, bytes));
    }

    private TensorData slice(String path, ContiguousDataset dataset, DataType type, Shape shape) {
        long length = type.byteLength(shape.elementCount());
        long from = Math.addExact(dataset.getDataAddress(), userBlock);
        if (from < 0 || from > source.length() - length) {
            throw ModelException.malformed(
                    file,
                    "dataset " + path,
                    "has " + length + " bytes at " + from + ", the file has " + source.length());
        }
        return TensorData.of(source.slice(from, length));
    }

    /** The type of elements that can be taken from the file as they are. */
    private static DataType stored(Dataset dataset) {
        io.jhdf.object.datatype.DataType type = dataset.getDataType();
        boolean little = type instanceof OrderedDataType ordered
                && ordered.getByteOrder().equals(ByteOrder.LITTLE_ENDIAN);
        if (!little) {
            return DataType.UNDEFINED;
        }
        int bits = type.getSize() * Byte.SIZE;
        if (type instanceof FloatingPoint && bits >= Short.SIZE && bits <= Double.SIZE) {
            return bits == Double.SIZE ? DataType.DOUBLE : bits == Float.SIZE ? DataType.FLOAT : DataType.FLOAT16;
        }
        if (type instanceof FixedPoint fixed && fixed.getBitPrecision() == bits) {
            return DataType.ofNumpyName((fixed.isSigned() ? "int" : "uint") + bits)
                    .orElse(DataType.UNDEFINED);
        }
        return DataType.UNDEFINED;
    }

    /** The type of elements that jHDF decodes. */
    private static DataType decoded(Dataset dataset) {
        io.jhdf.object.datatype.DataType type = dataset.getDataType();
        if (!(type instanceof FloatingPoint) && !(type instanceof FixedPoint)) {
            return DataType.UNDEFINED;
        }
        return switch (type.getJavaType().getName()) {
            case "float" -> DataType.FLOAT;
            case "double" -> DataType.DOUBLE;
            case "byte" -> DataType.INT8;
            case "short" -> DataType.INT16;
            case "int" -> DataType.INT32;
            case "long" -> DataType.INT64;
            default -> DataType.UNDEFINED;
        };
    }
}
