package dev.entrepot.traced.chainer;

import dev.entrepot.tensor.DataType;
import java.util.Arrays;
import java.util.Optional;

/** Element types by their NumPy names. */
final class ElementTypes {

    private ElementTypes() {}

    static Optional<DataType> of(String name) {
        return Arrays.stream(DataType.values())
                .filter(type -> type != DataType.UNDEFINED && type.numpyName().equals(name))
                .findFirst();
    }
}
