package dev.entrepot.importers.torch.operators.complex;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * One axis after the other of a Fourier transform. Complex numbers stand as pairs along a last axis, which real ones have with one element.
 *
 * @param normalization what each axis is divided by: 0 nothing, 1 the root of its length, 2 its length
 */
record Spectrum(AtenCall call, long normalization) {

    /** Real or complex pairs to complex ones. */
    Value forward(Value pairs, int axis, SizeExpr length) {
        return scaled(dft(Attributes.NONE, pairs, axis, length), length, -normalization / 2.0);
    }

    /** Real numbers to the first half of their spectrum. */
    Value oneSided(Value pairs, int axis, SizeExpr length) {
        return scaled(dft(Attributes.of("onesided", 1), pairs, axis, length), length, -normalization / 2.0);
    }

    /** Real or complex pairs to complex ones. ONNX divides by the length. */
    Value inverse(Value pairs, int axis, SizeExpr length) {
        Value complex = pairs;
        if (call.size(pairs, call.rank(pairs) - 1).is(1)) {
            Value zeros = call.add("Mul", pairs, call.scalar(0, pairs.dataType()));
            complex = call.add("Concat", Attributes.of("axis", -1), pairs, zeros);
        }
        return scaled(dft(Attributes.of("inverse", 1), complex, axis, length), length, 1 - normalization / 2.0);
    }

    /** The first half of a spectrum to real numbers, [...] without the axis of pairs. The other half is its mirror image. */
    Value real(Value pairs, int axis, SizeExpr bins, SizeExpr length) {
        long count = length.number().orElseThrow(() -> call.unsupported("needs a number for the length of its output"));
        long given = bins.number().orElseThrow(() -> call.unsupported("needs a number for the length of its input"));
        long half = Amounts.count(call, count) / 2 + 1;
        Value known = given < half ? padded(pairs, axis, half - given) : pairs;
        long[] places = new long[Math.toIntExact(count)];
        float[] signs = new float[places.length];
        for (int k = 0; k < places.length; k++) {
            boolean mirrored = k >= half;
            places[k] = mirrored ? count - k : k;
            boolean alone = k == 0 || 2L * k == count;
            signs[k] = alone ? 0 : mirrored ? -1 : 1;
        }
        Value all = call.add("Gather", Attributes.of("axis", axis), known, call.vector(places));
        Value complex = call.add("Mul", all, call.cast(signs(signs, axis, call.rank(pairs)), pairs.dataType()));
        Value numbers = inverse(complex, axis, length);
        return call.add("Gather", Attributes.of("axis", -1), numbers, call.scalar(0, DataType.INT64));
    }

    /** 1 for every real part and these for the imaginary ones, along an axis. */
    private Value signs(float[] imaginary, int axis, int rank) {
        float[] both = new float[2 * imaginary.length];
        for (int k = 0; k < imaginary.length; k++) {
            both[2 * k] = 1;
            both[2 * k + 1] = imaginary[k];
        }
        long[] shape = new long[rank - axis];
        Arrays.fill(shape, 1);
        shape[0] = imaginary.length;
        shape[shape.length - 1] = 2;
        return call.constant(Tensor.of(Shape.of(shape), both));
    }

    private Value padded(Value pairs, int axis, long count) {
        int rank = call.rank(pairs);
        long[] pads = new long[2 * rank];
        pads[rank + axis] = count;
        return call.add("Pad", pairs, call.vector(pads), call.scalar(0, pairs.dataType()));
    }

    private Value dft(Attributes attributes, Value pairs, int axis, SizeExpr length) {
        boolean whole = call.size(pairs, axis).equals(length);
        Value wanted = whole ? Value.NONE : call.graph().scalar(length);
        return call.add("DFT", attributes, pairs, wanted, call.scalar(axis, DataType.INT64));
    }

    private Value scaled(Value pairs, SizeExpr length, double exponent) {
        if (exponent == 0) {
            return pairs;
        }
        DataType type = pairs.dataType();
        if (length.isNumber()) {
            double factor = Math.pow(length.number().getAsLong(), exponent);
            return call.add("Mul", pairs, call.scalar(factor, type));
        }
        Value count = call.cast(call.graph().scalar(length), type);
        return call.add("Mul", pairs, call.add("Pow", count, call.scalar(exponent, type)));
    }

    /** [B, L] real -> [B, bins, frames, 2]: the spectra of windows that slide over the signal. */
    static Value ofWindows(AtenCall call, Value signal, Value window, long frame, long step) {
        Attributes attributes = Attributes.of("onesided", call.isNone("onesided") || call.bool("onesided") ? 1 : 0);
        Value spectra = call.add(
                        "STFT",
                        1,
                        attributes,
                        List.of(
                                call.unsqueeze(signal, -1),
                                call.scalar(step, DataType.INT64),
                                window,
                                call.scalar(frame, DataType.INT64)))
                .get(0);
        return call.transpose(spectra, 0, 2, 1, 3);
    }
}
