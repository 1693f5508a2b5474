package dev.entrepot.validator;

import dev.entrepot.tensor.DataType;
import dev.entrepot.validator.compare.Tolerance;
import dev.entrepot.validator.run.SessionOptions;
import java.util.Optional;

/**
 * How a model is validated.
 *
 * @param session how it is run
 * @param tolerance how far floating-point outputs may be from their references; the standard one for their type where it is left out
 * @param timedRuns how many times it is run again on the first set, to time it and to see whether it gives the
 *     same; after ten seconds it is not started again
 */
public record ValidationOptions(SessionOptions session, Optional<Tolerance> tolerance, int timedRuns) {

    /** The best provider there is, standard tolerances, five more runs. */
    public static final ValidationOptions DEFAULT = new ValidationOptions(SessionOptions.DEFAULT, Optional.empty(), 5);

    /** @throws IllegalArgumentException if the number of runs is negative */
    public ValidationOptions {
        if (timedRuns < 0) {
            throw new IllegalArgumentException("timedRuns must not be negative, got " + timedRuns);
        }
    }

    /** These options with other session options. */
    public ValidationOptions withSession(SessionOptions options) {
        return new ValidationOptions(options, tolerance, timedRuns);
    }

    /** These options with a tolerance. */
    public ValidationOptions withTolerance(Tolerance chosen) {
        return new ValidationOptions(session, Optional.of(chosen), timedRuns);
    }

    /** The tolerance for outputs of this type. */
    public Tolerance toleranceFor(DataType type) {
        Tolerance standard = Tolerance.standard(type);
        return standard.isExact() ? standard : tolerance.orElse(standard);
    }
}
