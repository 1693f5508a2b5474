package dev.entrepot.validator.compare;

import dev.entrepot.tensor.Tensor;

/**
 * The elements of a tensor that are no finite numbers.
 *
 * @param nans how many are not a number
 * @param infinities how many are infinite
 */
public record NonFinite(long nans, long infinities) {

    /** Counts them; there are none where the type has no fractions. */
    public static NonFinite in(Tensor tensor) {
        if (!Doubles.readable(tensor.type())) {
            return new NonFinite(0, 0);
        }
        Doubles values = new Doubles(tensor);
        long nans = 0;
        long infinities = 0;
        for (int i = 0; i < tensor.elementCount(); i++) {
            double value = values.get(i);
            if (Double.isNaN(value)) {
                nans++;
            } else if (Double.isInfinite(value)) {
                infinities++;
            }
        }
        return new NonFinite(nans, infinities);
    }
}
