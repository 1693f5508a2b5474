package dev.entrepot.formats.hdf5;

/** A group or a dataset. */
public sealed interface Hdf5Node permits Hdf5Group, Hdf5Dataset {

    /** Where it stands in the file, such as {@code /data/conv1/0}. */
    String path();
}
