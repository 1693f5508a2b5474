package dev.entrepot.formats.hdf5;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;

/**
 * A dataset.
 *
 * @param path where it stands in the file
 * @param location the file and the dataset's address in it
 * @param type the element type; {@link DataType#UNDEFINED} if the elements are no plain numbers
 * @param shape the shape, static; unranked for an empty dataset, which has not even a scalar
 * @param data the numbers, nothing if there are no plain numbers
 */
public record Hdf5Dataset(String path, SourceLocation location, DataType type, Shape shape, TensorData data)
        implements Hdf5Node {

    /** Whether the dataset has no elements because nothing was ever put there, h5py's {@code Empty}. */
    public boolean isEmpty() {
        return !shape.ranked();
    }

    /**
     * The dataset's numbers.
     *
     * @throws ModelException unsupported if its elements are no plain numbers
     */
    public Tensor tensor() {
        if (type == DataType.UNDEFINED) {
            throw ModelException.unsupported(location, "dataset " + path, "does not hold plain numbers");
        }
        return new Tensor(type, shape, data);
    }
}
