import static org.bytedeco.hdf5.global.hdf5.*;

import org.bytedeco.hdf5.DSetCreatPropList;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Writes HDF5 test files into the current folder: every layout of numbers, and files that reach out of themselves. Needs
 * org.bytedeco:hdf5:1.12.2-1.5.8 with its natives on the class path: {@code java -cp ... Hdf5Fixtures.java}.
 */
public class Hdf5Fixtures {

    private static final FloatPointer FLOATS = new FloatPointer(1f, 2f, 3f, 4f, 5f, 6f);

    public static void main(String[] arguments) {
        Loader.load(hdf5.class);
        H5open();
        layouts();
        links();
        storage();
    }

    private static void layouts() {
        long file = create("layouts.h5");
        long little = PredType.IEEE_F32LE().getId();
        long floats = PredType.NATIVE_FLOAT().getId();
        add(file, "contiguous", new long[] {2, 3}, little, floats, FLOATS, H5P_DEFAULT());
        add(file, "big_endian", new long[] {2, 3}, PredType.IEEE_F32BE().getId(), floats, FLOATS, H5P_DEFAULT());
        DoublePointer doubles = new DoublePointer(0.5, 1.5, 2.5);
        add(file, "doubles", new long[] {3}, PredType.IEEE_F64LE().getId(), PredType.NATIVE_DOUBLE().getId(), doubles, H5P_DEFAULT());
        IntPointer ints = new IntPointer(7, -8);
        add(file, "ints", new long[] {2}, PredType.STD_I32LE().getId(), PredType.NATIVE_INT().getId(), ints, H5P_DEFAULT());
        add(file, "scalar", new long[] {}, little, floats, FLOATS, H5P_DEFAULT());
        long compressed = properties();
        H5Pset_chunk(compressed, 2, new long[] {1, 2});
        H5Pset_deflate(compressed, 6);
        add(file, "compressed", new long[] {2, 3}, little, floats, FLOATS, compressed);
        long compact = properties();
        H5Pset_layout(compact, H5D_COMPACT);
        add(file, "compact", new long[] {2, 3}, little, floats, FLOATS, compact);
        long text = H5Tcopy(PredType.C_S1().getId());
        H5Tset_size(text, 4);
        add(file, "text", new long[] {1}, text, text, new BytePointer("abc\0"), H5P_DEFAULT());
        add(file, "empty", new long[] {0}, little, floats, null, H5P_DEFAULT());
        H5Fclose(file);
    }

    private static void links() {
        long file = create("external_link.h5");
        H5Lcreate_external("/etc/passwd", "/x", group(file, "data"), "conv1", H5P_DEFAULT(), H5P_DEFAULT());
        H5Fclose(file);
        file = create("soft_cycle.h5");
        H5Lcreate_soft("/a", group(file, "a"), "b", H5P_DEFAULT(), H5P_DEFAULT());
        H5Fclose(file);
        file = create("hard_cycle.h5");
        H5Lcreate_hard(file, "/a", group(file, "a"), "b", H5P_DEFAULT(), H5P_DEFAULT());
        H5Fclose(file);
    }

    private static void storage() {
        long little = PredType.IEEE_F32LE().getId();
        long file = create("external_storage.h5");
        long external = properties();
        H5Pset_external(external, "/etc/passwd", 0, 24);
        add(file, "stolen", new long[] {6}, little, little, null, external);
        H5Fclose(file);
        file = create("giant.h5");
        long chunked = properties();
        H5Pset_chunk(chunked, 1, new long[] {1024});
        add(file, "giant", new long[] {1L << 40}, little, little, null, chunked);
        H5Fclose(file);
    }

    private static long create(String name) {
        return H5Fcreate(name, H5F_ACC_TRUNC, H5P_DEFAULT(), H5P_DEFAULT());
    }

    private static long group(long file, String name) {
        return H5Gcreate2(file, name, H5P_DEFAULT(), H5P_DEFAULT(), H5P_DEFAULT());
    }

    private static long properties() {
        return H5Pcopy(new DSetCreatPropList().getId());
    }

    private static void add(
            long file, String name, long[] dims, long type, long memoryType, Pointer data, long properties) {
        long space = dims.length == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(dims.length, dims, null);
        long dataset = H5Dcreate2(file, name, type, space, H5P_DEFAULT(), properties, H5P_DEFAULT());
        if (data != null) {
            H5Dwrite(dataset, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT(), data);
        }
        H5Dclose(dataset);
        H5Sclose(space);
    }
}
