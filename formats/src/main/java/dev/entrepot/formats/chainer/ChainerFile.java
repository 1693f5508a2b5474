package dev.entrepot.formats.chainer;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.hdf5.Hdf5Dataset;
import dev.entrepot.formats.hdf5.Hdf5Group;
import dev.entrepot.formats.hdf5.Hdf5Node;
import dev.entrepot.formats.hdf5.Hdf5Reader;
import dev.entrepot.formats.hdf5.Hdf5Signature;
import dev.entrepot.formats.npy.Npy;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.zip.ZipArchive;
import dev.entrepot.formats.zip.ZipEntry;
import dev.entrepot.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arrays that a Chainer serializer saved. Source: chainer/serializers/npz.py, DictionarySerializer, and hdf5.py, HDF5Serializer.
 *
 * @param form how they are stored
 * @param name the file's name
 * @param arrays the arrays by path, such as {@code res2/0/conv1/W}, in the file's order; they stay in the file
 * @param unset the paths of parameters that had no array yet, because their sizes were to follow from data
 */
public record ChainerFile(Form form, String name, Map<String, Tensor> arrays, Set<String> unset) {

    private static final String SUFFIX = ".npy";

    /** How arrays are stored. */
    public enum Form {
        /** {@code save_npz}: a zip archive of NumPy arrays. */
        NPZ,
        /** {@code save_hdf5}: a tree of HDF5 datasets. */
        HDF5
    }

    public ChainerFile {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        unset = Collections.unmodifiableSet(new LinkedHashSet<>(unset));
    }

    /** How a file could be stored, by its contents. Arrays alone do not tell whether Chainer wrote them. */
    public static Optional<Form> recognise(ByteSource source) {
        if (Npz.recognises(source)) {
            return Optional.of(Form.NPZ);
        }
        return Hdf5Signature.isAtStartOf(source) ? Optional.of(Form.HDF5) : Optional.empty();
    }

    /**
     * Reads the arrays' headers.
     *
     * @param source the file, which must stay open as long as the tensors are used
     * @throws ModelException with all arrays that cannot be read; objects other than None are refused, since they are pickles
     * @throws java.io.UncheckedIOException if the disk fails
     */
    public static ChainerFile read(ByteSource source) {
        Form form = recognise(source)
                .orElseThrow(() -> ModelException.malformed(
                        source.at(0), "file", "is neither an .npz of NumPy arrays nor an HDF5 file"));
        return form == Form.NPZ ? npz(source) : hdf5(source);
    }

    private static ChainerFile npz(ByteSource source) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        Set<String> unset = new LinkedHashSet<>();
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
            String path = entry.name().substring(0, entry.name().length() - SUFFIX.length());
            try {
                if (Npy.objects(entry.data()).filter(NoneArray::is).isPresent()) {
                    unset.add(path);
                } else {
                    arrays.put(path, Npy.read(entry.data()));
                }
            } catch (ModelException e) {
                problems.addAll(e);
            }
        }
        problems.throwIfAny();
        return new ChainerFile(Form.NPZ, source.name(), arrays, unset);
    }

    private static ChainerFile hdf5(ByteSource source) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        Set<String> unset = new LinkedHashSet<>();
        Problems problems = new Problems();
        collect(Hdf5Reader.read(source), arrays, unset, problems);
        problems.throwIfAny();
        return new ChainerFile(Form.HDF5, source.name(), arrays, unset);
    }

    private static void collect(Hdf5Node node, Map<String, Tensor> arrays, Set<String> unset, Problems problems) {
        if (node instanceof Hdf5Group group) {
            group.children().values().forEach(child -> collect(child, arrays, unset, problems));
            return;
        }
        Hdf5Dataset dataset = (Hdf5Dataset) node;
        String path = dataset.path().substring(1);
        if (dataset.isEmpty()) {
            unset.add(path);
            return;
        }
        try {
            arrays.put(path, dataset.tensor());
        } catch (ModelException e) {
            problems.addAll(e);
        }
    }
}
