package dev.entrepot.formats.hdf5;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls jHDF and turns whatever it throws on a broken file, errors too, into a {@link ModelException}. */
final class Guard {

    private static final int DEEPEST_CAUSE = 8;

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
            throw ModelException.malformed(where, "HDF5 file", "cannot be read: " + causes(e));
        }
    }

    /** What was thrown, and why that was thrown, and so on. */
    private static String causes(Throwable thrown) {
        var causes = new StringBuilder(thrown.toString());
        @Nullable Throwable cause = thrown.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            causes.append("; ").append(cause);
            cause = cause.getCause();
        }
        return causes.toString();
    }
}
