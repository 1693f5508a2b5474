/**
 * HDF5 files as trees of groups and datasets whose numbers stay in the file where the layout allows it.
 *
 * <p>The only package that knows jHDF, whose parser was not written for strangers' files: whatever it throws becomes a {@link
 * dev.entrepot.bytes.ModelException}, and nothing outside of the given bytes is ever opened. This package knows no framework.
 */
@NullMarked
package dev.entrepot.formats.hdf5;

import org.jspecify.annotations.NullMarked;
