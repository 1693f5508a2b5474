package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeBlob.ShapeForm;
import dev.entrepot.formats.hdf5.Hdf5Dataset;
import dev.entrepot.formats.hdf5.Hdf5Group;
import dev.entrepot.formats.hdf5.Hdf5Node;
import dev.entrepot.formats.hdf5.Hdf5Reader;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads weights from a {@code .caffemodel.h5}: a group {@code data} with a group per layer and in it a dataset per blob, named by the
 * blob's index. A blob that another layer owns is not there.
 *
 * <p>Source: caffe net.cpp, ToHDF5 and CopyTrainedLayersFromHDF5.
 */
final class Hdf5Snapshot {

    private static final String BLOB_INDEX = "0|[1-9][0-9]{0,3}";

    private Hdf5Snapshot() {}

    /** Whether a tree looks like a snapshot. */
    static boolean is(Hdf5Group root) {
        return root.group("data")
                .filter(data -> !data.children().isEmpty())
                .filter(data -> data.children().values().stream().allMatch(Hdf5Snapshot::isLayer))
                .isPresent();
    }

    private static boolean isLayer(Hdf5Node node) {
        return node instanceof Hdf5Group layer
                && layer.children().entrySet().stream()
                        .allMatch(blob -> blob.getKey().matches(BLOB_INDEX) && blob.getValue() instanceof Hdf5Dataset);
    }

    /** The blobs of each layer by their index. */
    static Map<String, Map<Integer, CaffeBlob>> read(ByteSource file) {
        Hdf5Group root = Hdf5Reader.read(file);
        if (!is(root)) {
            throw ModelException.malformed(
                    SourceLocation.file(file.name()),
                    "caffemodel.h5",
                    "has no group \"data\" of layers whose datasets are numbered from 0");
        }
        Map<String, Map<Integer, CaffeBlob>> layers = new LinkedHashMap<>();
        root.group("data").orElseThrow().children().forEach((name, layer) -> {
            Map<Integer, CaffeBlob> blobs = new TreeMap<>();
            ((Hdf5Group) layer)
                    .children()
                    .forEach((index, dataset) -> blobs.put(Integer.valueOf(index), blob((Hdf5Dataset) dataset)));
            layers.put(name, blobs);
        });
        return layers;
    }

    private static CaffeBlob blob(Hdf5Dataset dataset) {
        Tensor tensor = dataset.tensor();
        Tensor floats = switch (tensor.type()) {
            case FLOAT -> tensor;
            case DOUBLE -> new Tensor(DataType.FLOAT, tensor.shape(), new NarrowedData(tensor.data()));
            default ->
                throw ModelException.unsupported(
                        dataset.location(),
                        "dataset " + dataset.path(),
                        "holds " + tensor.type().numpyName() + ", expected float32 or float64");
        };
        return new CaffeBlob(floats, ShapeForm.BLOB_SHAPE, dataset.location());
    }
}
