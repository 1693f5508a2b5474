package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One axis of a Slice.
 *
 * @param size the axis's size
 * @param start where it begins, negative from the end, clamped
 * @param end where it ends, not included, negative from the end, clamped
 * @param step how far it goes each time, not 0
 */
record Cut(Dim size, Element start, Element end, Element step) {

    Cut {
        if (step.is(0)) {
            throw Application.invalid("a step is 0");
        }
    }

    /** How many indices there are. */
    Dim length() {
        if (start instanceof Element.Whole from
                && end instanceof Element.Whole to
                && step instanceof Element.Whole by) {
            return size.isKnown()
                    ? Dim.of(count(from.value(), to.value(), by.value()))
                    : lengthOfUnknown(from.value(), to.value(), by.value());
        }
        boolean all = start.is(0) && step.is(1) && end.equals(Element.of(size)) && !size.equals(Dim.UNKNOWN);
        return all ? size : Dim.UNKNOWN;
    }

    /** The indices, if all is known and they are few. */
    Optional<List<Integer>> indices() {
        if (!size.isKnown() || !length().isKnown() || length().size() > Contents.LONGEST) {
            return Optional.empty();
        }
        if (!(start instanceof Element.Whole from) || !(step instanceof Element.Whole by)) {
            return Optional.of(IntStream.range(0, (int) size.size()).boxed().toList());
        }
        long first = clampedStart(from.value(), by.value() > 0);
        int count = (int) length().size();
        return Optional.of(IntStream.range(0, count)
                .mapToObj(i -> (int) (first + (i == 0 ? 0 : i * by.value())))
                .toList());
    }

    private long count(long from, long to, long by) {
        long first = clampedStart(from, by > 0);
        long last = clampedEnd(to, by > 0);
        long span = by > 0 ? last - first : first - last;
        if (span <= 0) {
            return 0;
        }
        // Long.MIN_VALUE has no absolute value, but any step beyond the span takes one index.
        long stride = Math.abs(Math.max(by, -Long.MAX_VALUE));
        return (span - 1) / stride + 1;
    }

    private long clampedStart(long index, boolean forward) {
        long front = index < 0 ? index + size.size() : index;
        return Math.max(0, Math.min(forward ? size.size() : size.size() - 1, front));
    }

    private long clampedEnd(long index, boolean forward) {
        long front = index < 0 ? index + size.size() : index;
        return forward ? Math.max(0, Math.min(size.size(), front)) : Math.max(-1, Math.min(size.size() - 1, front));
    }

    private Dim lengthOfUnknown(long from, long to, long by) {
        boolean wholeForward = from == 0 && by == 1 && to >= Integer.MAX_VALUE;
        boolean wholeBackward = from == -1 && by == -1 && to <= Integer.MIN_VALUE + 1L;
        if (wholeForward || wholeBackward) {
            return size;
        }
        boolean empty =
                by > 0 && from >= to && (from < 0) == (to < 0) || by < 0 && from <= to && (from < 0) == (to < 0);
        return empty ? Dim.of(0) : Dim.UNKNOWN;
    }
}
