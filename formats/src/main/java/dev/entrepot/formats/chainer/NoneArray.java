package dev.entrepot.formats.chainer;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.pickle.Pickle;
import dev.entrepot.formats.pickle.PickleValue;
import java.util.List;

/**
 * The pickle of {@code numpy.asarray(None)}, which {@code save_npz} writes for a parameter that is not initialized.
 *
 * <p>Source: numpy/_core/src/multiarray/methods.c, array_reduce: a call of {@code _reconstruct} with the state (1, shape, dtype, is
 * Fortran, elements).
 */
final class NoneArray {

    private NoneArray() {}

    static boolean is(ByteSource pickle) {
        return Pickle.read(pickle).value() instanceof PickleValue.Call call
                && call.callable() instanceof PickleValue.Global global
                && global.name().equals("_reconstruct")
                && call.states().size() == 1
                && call.states().get(0) instanceof PickleValue.TupleValue state
                && state.items().size() == 5
                && state.items().get(4) instanceof PickleValue.ListValue elements
                && isNoneAlone(elements.items());
    }

    private static boolean isNoneAlone(List<PickleValue> elements) {
        return elements.size() == 1 && elements.get(0) instanceof PickleValue.None;
    }
}
