package dev.entrepot.validator.localise;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.Tolerance;

/** How far a layer's value may be off. */
final class LayerTolerance {

    /** What is near 0 among great values came from terms of their size: float32 sums of a few thousand of them are off by less. */
    private static final double OF_GREATEST = 1e-5;

    private LayerTolerance() {}

    /** The tolerance for outputs, with a floor that grows with the layer's greatest value. */
    static Tolerance of(Tolerance output, Tensor truth) {
        boolean readable = truth.type() == DataType.FLOAT || truth.type() == DataType.DOUBLE;
        if (output.isExact() || !readable) {
            return output;
        }
        double greatest = 0;
        for (float value : truth.toFloats()) {
            greatest = Float.isFinite(value) ? Math.max(greatest, Math.abs(value)) : greatest;
        }
        double floor = OF_GREATEST * greatest;
        return floor <= output.absolute()
                ? output
                : new Tolerance(
                        output.relative(), floor, output.why() + "; the floor is 1e-5 of the layer's greatest value");
    }
}
