package dev.entrepot.formats.torch.exported;

import java.util.Optional;

/**
 * What a symbol may be. Source: schema.py, RangeConstraint.
 *
 * @param minVal the least value, absent for no bound
 * @param maxVal the greatest value, absent for no bound
 */
public record RangeConstraint(Optional<Long> minVal, Optional<Long> maxVal) {

    /** {@code 2..1024}, or {@code 2..} without an upper bound. */
    @Override
    public String toString() {
        return minVal.map(String::valueOf).orElse("") + ".."
                + maxVal.map(String::valueOf).orElse("");
    }
}
