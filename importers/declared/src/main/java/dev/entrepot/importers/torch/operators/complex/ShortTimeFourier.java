package dev.entrepot.importers.torch.operators.complex;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/** The spectra of windows that slide over a signal. Source: aten/src/ATen/native/SpectralOps.cpp, stft. */
public final class ShortTimeFourier {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(one("aten::stft", ShortTimeFourier::stft));
    // spotless:on

    private ShortTimeFourier() {}

    /** [B, L] or [L] -> [B, bins, frames], complex or as pairs. */
    private static Value stft(AtenCall call) {
        Value self = call.value("self");
        boolean batched = call.rank(self) == 2;
        Value signal = batched ? self : call.unsqueeze(self, 0);
        long frame = call.integer("n_fft");
        if (call.bool("center") && call.has("center")) {
            signal = padded(call, signal, frame / 2);
        }
        Value spectra = Spectrum.ofWindows(
                call, signal, window(call, frame, self.dataType()), frame, call.integerOr("hop_length", frame / 4));
        if (call.bool("normalized")) {
            spectra = call.add("Mul", spectra, call.scalar(1 / Math.sqrt(frame), self.dataType()));
        }
        Value result = batched ? spectra : call.squeeze(spectra, 0);
        return call.bool("return_complex") ? ComplexArithmetic.ofPairs(call, result) : result;
    }

    private static Value padded(AtenCall call, Value signal, long count) {
        IValue padded = call.graph()
                .call(
                        "aten::pad",
                        List.of(call.tensor(call.unsqueeze(signal, 0)), IValue.ints(count, count)),
                        Map.of("mode", call.get("pad_mode")));
        return call.squeeze(call.graph().toValue(padded), 0);
    }

    /** The window in the middle of a frame, with zeros around it. */
    private static Value window(AtenCall call, long frame, DataType type) {
        long length = call.integerOr("win_length", frame);
        Value window = call.isNone("window")
                ? call.add("Expand", call.scalar(1, type), call.vector(length))
                : call.value("window", type);
        if (length == frame) {
            return window;
        }
        long before = (frame - length) / 2;
        return call.add("Pad", window, call.vector(before, frame - length - before), call.scalar(0, type));
    }
}
