package dev.entrepot.formats.hdf5;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.concurrent.Callable;

/** Calls jHDF and turns whatever it throws on a broken file, errors too, into a {@link ModelException}. */
final class Guard {

    private Guard() {}

    @SuppressWarnings("CatchingUnchecked")
    static <T> T call(SourceLocation where, Callable<T> call) {
        try {
            return call.call();
        } catch (ModelException e) {
            throw e;
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw ModelException.limitExceeded(where, "HDF5 file", "asks for more memory than there is");
        } catch (Exception | Error e) { // jHDF was seen to throw ArithmeticException and others on broken files
            throw ModelException.malformed(where, "HDF5 file", "cannot be read: " + e);
        }
    }
}
