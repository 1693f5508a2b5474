package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Windows, spectra and quantisation that stays floating point. */
final class SignalDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("blackman_window", s -> window(s, "blackman_window")),
            entry("fake_quantize_per_channel_affine", SignalDraws::perChannel),
            entry("fake_quantize_per_tensor_affine", SignalDraws::perTensor),
            entry("hamming_window", s -> window(s, "hamming_window")),
            entry("hann_window", s -> window(s, "hann_window")),
            entry(
                    "stft",
                    s -> "torch.view_as_real(torch.stft(%s, 8, 4, 8, torch.hann_window(8), False, True, True))"
                            .formatted(s.of(DataType.FLOAT).input(2, 24))),
            entry(
                    "view_as_real",
                    s -> "torch.view_as_real(torch.view_as_complex("
                            + s.of(DataType.FLOAT).input(3, 2) + "))"));

    private SignalDraws() {}

    private static String window(Sketch s, String name) {
        return "torch." + name + "(" + s.dice().between(2, 9) + s.dice().oneOf("", ", False", ", True") + ")";
    }

    private static String perTensor(Sketch s) {
        return "torch.fake_quantize_per_tensor_affine(%s, %s, %s)"
                .formatted(
                        s.of(DataType.FLOAT).input(s.shape(1, 3)),
                        s.dice().oneOf("0.1", "0.05", "0.5"),
                        s.dice().oneOf("0, -128, 127", "10, 0, 255", "3, 0, 15"));
    }

    private static String perChannel(Sketch s) {
        s.of(DataType.FLOAT);
        String x = s.input(2, 3, 4);
        return "torch.fake_quantize_per_channel_affine(" + x
                + ", torch.tensor([0.1, 0.2, 0.05]), torch.tensor([0, 3, -2], dtype=3), 1, -128, 127)";
    }
}
