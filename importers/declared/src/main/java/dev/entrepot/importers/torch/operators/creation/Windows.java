package dev.entrepot.importers.torch.operators.creation;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Windows for the analysis of signals, as constants.
 *
 * <p>Source: aten/src/ATen/native/TensorFactories.cpp, hann_window and the following.
 */
public final class Windows {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::bartlett_window", call -> window(call, t -> 1 - Math.abs(2 * t - 1))),
            one(
                    "aten::blackman_window",
                    call -> window(
                            call, t -> 0.42 - 0.5 * Math.cos(2 * Math.PI * t) + 0.08 * Math.cos(4 * Math.PI * t))),
            one("aten::hamming_window", Windows::hamming),
            one("aten::hann_window", call -> window(call, t -> 0.5 - 0.5 * Math.cos(2 * Math.PI * t))),
            one("aten::kaiser_window", Windows::kaiser));
    // spotless:on

    private Windows() {}

    /** A function of the time, which goes from 0 to 1; a periodic window leaves the 1 out. */
    private static Value window(AtenCall call, DoubleUnaryOperator function) {
        int length = Amounts.count(call, call.integer("window_length"));
        boolean periodic = !call.has("periodic") || call.bool("periodic");
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = length == 1 ? 1 : function.applyAsDouble((double) i / (periodic ? length : length - 1));
        }
        DataType type = Creation.type(call, DataType.FLOAT);
        return call.cast(call.constant(Creation.reals(type, Shape.of(length), numbers)), type);
    }

    private static Value hamming(AtenCall call) {
        double alpha = call.realOr("alpha", 0.54);
        double beta = call.realOr("beta", 0.46);
        return window(call, t -> alpha - beta * Math.cos(2 * Math.PI * t));
    }

    private static Value kaiser(AtenCall call) {
        double beta = call.realOr("beta", 12);
        return window(call, t -> bessel(beta * Math.sqrt(Math.max(0, 1 - (2 * t - 1) * (2 * t - 1)))) / bessel(beta));
    }

    /** The modified Bessel function of the first kind and order 0, by its series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
