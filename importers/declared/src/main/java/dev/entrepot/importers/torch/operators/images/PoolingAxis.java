package dev.entrepot.importers.torch.operators.images;

import dev.entrepot.importers.size.SizeExpr;

/**
 * Pooling along one axis. Source: aten/src/ATen/native/Pool.h, pooling_output_shape.
 *
 * @param size the input's size
 * @param kernel the window's size without gaps
 * @param stride the distance between windows
 * @param pad the pad at either end
 * @param dilation the distance between the window's elements
 * @param roundsUp whether a last window is kept that does not fit, if it begins before the end pad
 */
record PoolingAxis(SizeExpr size, long kernel, long stride, long pad, long dilation, boolean roundsUp) {

    /** The window's size with its gaps. */
    long reach() {
        return dilation * (kernel - 1) + 1;
    }

    /** The number of windows. */
    SizeExpr outputs() {
        SizeExpr room = size.plus(SizeExpr.of(2 * pad - reach() + (roundsUp ? stride - 1 : 0)));
        SizeExpr outputs = room.floorDividedBy(SizeExpr.of(stride)).plus(SizeExpr.ONE);
        return roundsUp && !endsByItself() ? outputs.min(begun()) : outputs;
    }

    /** How many windows begin before the end pad. */
    SizeExpr begun() {
        return size.plus(SizeExpr.of(pad - 1))
                .floorDividedBy(SizeExpr.of(stride))
                .plus(SizeExpr.ONE);
    }

    /** Whether no window can begin within the end pad, or such windows are as many as begin before it. */
    private boolean endsByItself() {
        return stride + pad <= reach();
    }

    boolean isStatic() {
        return size.isNumber();
    }

    /** How far the last window reaches behind an input of known size; at least the pad where sizes are rounded down. */
    long endPad() {
        if (!roundsUp) {
            return pad;
        }
        long windows = outputs().number().orElseThrow();
        return Math.max(
                0, (windows - 1) * stride + reach() - pad - size.number().orElseThrow());
    }

    /** How many positions of a window lie within the padded input of known size: what an average divides by. */
    long counted(long window) {
        long start = window * stride - pad;
        return Math.min(start + kernel, size.number().orElseThrow() + pad) - start;
    }
}
