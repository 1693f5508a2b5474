package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.List;

/** Operators of signal processing. */
final class Signals {

    private Signals() {}

    /** HannWindow, HammingWindow, BlackmanWindow: a vector of so many elements. */
    static void window(Application node) {
        node.expectOneElement(0, "size");
        node.give(node.typeAttribute("output_datatype", DataType.FLOAT), Shape.of(List.of(number(node, 0))));
    }

    /** MelWeightMatrix: [dft_length / 2 + 1, num_mel_bins]. */
    static void melWeightMatrix(Application node) {
        Dim bins = oneSided(number(node, 1));
        node.give(node.typeAttribute("output_datatype", DataType.FLOAT), Shape.of(List.of(bins, number(node, 0))));
    }

    /** DFT: [..., 1 or 2] to [..., 2]; the axis gets the length asked for, or what one side has of it; back from one side, real. */
    static void dft(Application node) {
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        node.expectRankAtLeast(0, 2, "input");
        Shape x = node.shape(0);
        boolean oneSided = node.attributes().intOr("onesided", 0) == 1;
        boolean inverse = node.attributes().intOr("inverse", 0) == 1;
        Element given = node.has(2)
                ? node.element(2).orElse(Element.UNKNOWN)
                : Element.of(node.attributes().intOr("axis", node.opset() < 20 ? 1 : -2));
        if (!(given instanceof Element.Whole number)) {
            node.give(Shape.ofRank(x.rank()));
            return;
        }
        int axis = Application.axis(number.value(), x.rank());
        if (axis == x.rank() - 1) {
            throw Application.invalid("axis %s of %s holds real and imaginary parts", axis, x);
        }
        Dim length = node.has(1) ? number(node, 1) : x.dim(axis);
        if (oneSided && inverse) {
            node.give(x.with(axis, node.has(1) ? length : bothSides(length)).with(-1, Dim.of(1)));
        } else {
            node.give(x.with(axis, oneSided ? oneSided(length) : length).with(-1, Dim.of(2)));
        }
    }

    /** STFT: a signal [N, L, 1 or 2] to [N, frames, bins, 2]. */
    static void stft(Application node) {
        node.expectRankAtLeast(0, 2, "signal");
        Dim batch = node.dim(0, 0);
        Dim signal = node.dim(0, 1);
        Dim step = number(node, 1);
        Dim frame = node.has(3) ? number(node, 3) : node.dim(2, 0);
        if (node.has(2) && node.has(3)) {
            frame = Sizes.same(frame, node.dim(2, 0), "frame_length and the length of window");
        }
        Dim bins = node.attributes().intOr("onesided", 1) == 1 ? oneSided(frame) : frame;
        node.give(Shape.of(List.of(batch, frames(signal, frame, step), bins, Dim.of(2))));
    }

    private static Dim frames(Dim signal, Dim frame, Dim step) {
        if (!signal.isKnown() || !frame.isKnown() || !step.isKnown()) {
            return Dim.UNKNOWN;
        }
        if (step.size() == 0 || frame.size() > signal.size()) {
            throw Application.invalid(
                    "frames of %s in steps of %s do not fit into a signal of %s", frame, step, signal);
        }
        return Dim.of((signal.size() - frame.size()) / step.size() + 1);
    }

    private static Dim bothSides(Dim bins) {
        return bins.isKnown() && bins.size() > 0 ? Dim.of(Math.multiplyExact(2, bins.size() - 1)) : Dim.UNKNOWN;
    }

    private static Dim oneSided(Dim length) {
        return length.isKnown() ? Dim.of(length.size() / 2 + 1) : Dim.UNKNOWN;
    }

    private static Dim number(Application node, int input) {
        return node.element(input).map(Element::toDim).orElse(Dim.UNKNOWN);
    }
}
