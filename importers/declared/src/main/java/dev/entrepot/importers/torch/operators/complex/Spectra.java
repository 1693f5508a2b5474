package dev.entrepot.importers.torch.operators.complex;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.ComplexParts;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.reductions.Reductions;
import dev.entrepot.importers.torch.operators.shapes.Axes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Discrete Fourier transforms over one or several axes. Source: aten/src/ATen/native/SpectralOps.cpp. */
public final class Spectra {

    // spotless:off
    private static final Map<String, Support> REAL = Map.ofEntries(
            one("aten::_fft_r2c", Spectra::realToComplex),
            one("aten::fft_fft", call -> fourier(call, Direction.FORWARD)),
            one("aten::fft_fft2", call -> fourier(call, Direction.FORWARD)),
            one("aten::fft_fftn", call -> fourier(call, Direction.FORWARD)),
            one("aten::fft_ifft", call -> fourier(call, Direction.INVERSE)),
            one("aten::fft_ifft2", call -> fourier(call, Direction.INVERSE)),
            one("aten::fft_ifftn", call -> fourier(call, Direction.INVERSE)),
            one("aten::fft_rfft", Spectra::realFourier),
            one("aten::fft_rfft2", Spectra::realFourier),
            one("aten::fft_rfftn", Spectra::realFourier),
            refuse("aten::istft", "ONNX has no inverse of its STFT"));

    private static final Map<String, Support> COMPLEX = Map.ofEntries(
            one("complex aten::_fft_c2c", Spectra::complexToComplex),
            one("complex aten::_fft_c2r", Spectra::complexToReal),
            one("complex aten::fft_fft", call -> fourier(call, Direction.FORWARD)),
            one("complex aten::fft_fft2", call -> fourier(call, Direction.FORWARD)),
            one("complex aten::fft_fftn", call -> fourier(call, Direction.FORWARD)),
            one("complex aten::fft_ifft", call -> fourier(call, Direction.INVERSE)),
            one("complex aten::fft_ifft2", call -> fourier(call, Direction.INVERSE)),
            one("complex aten::fft_ifftn", call -> fourier(call, Direction.INVERSE)),
            one("complex aten::fft_irfft", Spectra::inverseRealFourier),
            one("complex aten::fft_irfft2", Spectra::inverseRealFourier),
            one("complex aten::fft_irfftn", Spectra::inverseRealFourier));
    // spotless:on

    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = joined();

    private Spectra() {}

    private static Map<String, Support> joined() {
        Map<String, Support> all = new TreeMap<>(REAL);
        all.putAll(COMPLEX);
        return Map.copyOf(all);
    }

    private enum Direction {
        FORWARD,
        INVERSE
    }

    /** The axes of a call, with the lengths that are asked for, empty for those of the input. */
    private record Axes(List<Integer> axes, List<SizeExpr> lengths) {
        static Axes of(AtenCall call, Value value) {
            List<SizeExpr> lengths = call.sizes(call.has("n") ? "n" : "s");
            int rank = call.rank(value);
            if (call.has("dim") && !call.isNone("dim")) {
                List<Integer> axes = new ArrayList<>();
                for (long axis : call.ints("dim")) {
                    axes.add(call.axis(value, axis));
                }
                return new Axes(axes, lengths);
            }
            int first = lengths.isEmpty() ? 0 : rank - lengths.size();
            return new Axes(IntStream.range(first, rank).boxed().toList(), lengths);
        }

        SizeExpr length(AtenCall call, Value value, int i) {
            boolean said = i < lengths.size() && !lengths.get(i).is(-1);
            return said ? lengths.get(i) : call.size(value, axes.get(i));
        }
    }

    /** What the transform is divided by: 0 nothing, 1 the root of the count, 2 the count. Source: SpectralOps.cpp, norm_from_string. */
    private static long normalization(AtenCall call, Direction direction) {
        String norm = call.isNone("norm") ? "backward" : call.text("norm");
        return switch (norm) {
            case "ortho" -> 1;
            case "backward" -> direction == Direction.FORWARD ? 0 : 2;
            case "forward" -> direction == Direction.FORWARD ? 2 : 0;
            default ->
                throw call.malformed("norm is \"" + norm + "\", expected \"backward\", \"ortho\" or \"forward\"");
        };
    }

    private static Value fourier(AtenCall call, Direction direction) {
        Value self = call.value("self");
        Axes axes = Axes.of(call, self);
        Spectrum spectrum = new Spectrum(call, normalization(call, direction));
        Value pairs = ComplexArithmetic.pairs(call, call.graph().parts(self));
        for (int i = axes.axes.size() - 1; i >= 0; i--) {
            SizeExpr length = axes.length(call, self, i);
            int axis = axes.axes.get(i);
            pairs = direction == Direction.FORWARD
                    ? spectrum.forward(pairs, axis, length)
                    : spectrum.inverse(pairs, axis, length);
        }
        return ComplexArithmetic.ofPairs(call, pairs);
    }

    private static Value realFourier(AtenCall call) {
        Value self = call.value("self");
        Axes axes = Axes.of(call, self);
        Spectrum spectrum = new Spectrum(call, normalization(call, Direction.FORWARD));
        Value pairs = call.unsqueeze(Reductions.floating(call, self), -1);
        int last = axes.axes.size() - 1;
        pairs = spectrum.oneSided(pairs, axes.axes.get(last), axes.length(call, self, last));
        for (int i = last - 1; i >= 0; i--) {
            pairs = spectrum.forward(pairs, axes.axes.get(i), axes.length(call, self, i));
        }
        return ComplexArithmetic.ofPairs(call, pairs);
    }

    private static Value inverseRealFourier(AtenCall call) {
        Value self = call.value("self");
        Axes axes = Axes.of(call, self);
        Spectrum spectrum = new Spectrum(call, normalization(call, Direction.INVERSE));
        Value pairs = ComplexArithmetic.pairs(call, call.graph().parts(self));
        int last = axes.axes.size() - 1;
        for (int i = 0; i < last; i++) {
            pairs = spectrum.inverse(pairs, axes.axes.get(i), axes.length(call, self, i));
        }
        SizeExpr bins = call.size(self, axes.axes.get(last));
        boolean said = last < axes.lengths.size() && !axes.lengths.get(last).is(-1);
        SizeExpr length =
                said ? axes.lengths.get(last) : bins.minus(SizeExpr.ONE).times(SizeExpr.of(2));
        return spectrum.real(pairs, axes.axes.get(last), bins, length);
    }

    private static Value realToComplex(AtenCall call) {
        Value self = call.value("self");
        long[] axes = call.axes(self, "dim");
        Spectrum spectrum = new Spectrum(call, call.integer("normalization"));
        Value pairs = call.unsqueeze(self, -1);
        int last = (int) axes[axes.length - 1];
        SizeExpr length = call.size(self, last);
        pairs = call.bool("onesided") ? spectrum.oneSided(pairs, last, length) : spectrum.forward(pairs, last, length);
        for (int i = 0; i < axes.length - 1; i++) {
            pairs = spectrum.forward(pairs, (int) axes[i], call.size(self, (int) axes[i]));
        }
        return ComplexArithmetic.ofPairs(call, pairs);
    }

    private static Value complexToComplex(AtenCall call) {
        Value self = call.value("self");
        Spectrum spectrum = new Spectrum(call, call.integer("normalization"));
        Value pairs = ComplexArithmetic.pairs(call, call.graph().parts(self));
        for (long axis : call.axes(self, "dim")) {
            SizeExpr length = call.size(self, (int) axis);
            pairs = call.bool("forward")
                    ? spectrum.forward(pairs, (int) axis, length)
                    : spectrum.inverse(pairs, (int) axis, length);
        }
        return ComplexArithmetic.ofPairs(call, pairs);
    }

    private static Value complexToReal(AtenCall call) {
        Value self = call.value("self");
        long[] axes = call.axes(self, "dim");
        Spectrum spectrum = new Spectrum(call, call.integer("normalization"));
        ComplexParts parts = call.graph().parts(self);
        Value pairs = ComplexArithmetic.pairs(call, parts);
        for (int i = 0; i < axes.length - 1; i++) {
            pairs = spectrum.inverse(pairs, (int) axes[i], call.size(self, (int) axes[i]));
        }
        int last = (int) axes[axes.length - 1];
        return spectrum.real(pairs, last, call.size(self, last), call.size("last_dim_size"));
    }
}
