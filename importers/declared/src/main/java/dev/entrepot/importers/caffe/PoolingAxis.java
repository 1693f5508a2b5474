package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;

/**
 * Caffe's pooling along one axis. Source: caffe pooling_layer.cpp, LayerSetUp and Reshape.
 *
 * @param size the bottom's size, possibly a symbol
 * @param kernel the window's size
 * @param stride the distance between windows
 * @param pad the pad before, and nominally behind
 * @param roundsUp whether a last window that does not fit is kept
 * @param clipsLast whether a last window that begins in the end pad is dropped: when either axis is padded
 */
record PoolingAxis(Dim size, long kernel, long stride, long pad, boolean roundsUp, boolean clipsLast) {

    /** @param letter {@code h} or {@code w} */
    static PoolingAxis of(LoweringContext layer, Parameters parameters, Value x, char letter) {
        int axis = letter == 'h' ? 2 : 3;
        boolean global = parameters.boolOr("global_pooling", false);
        boolean hasKernels = parameters.has("kernel_h") || parameters.has("kernel_w");
        if (global && (hasKernels || parameters.has("kernel_size"))) {
            throw layer.malformed("gives a kernel size and global_pooling");
        }
        if (!global && (parameters.has("kernel_size") == hasKernels)) {
            throw layer.malformed("needs kernel_size, or kernel_h and kernel_w");
        }
        long kernel =
                global ? globalKernel(layer, x, axis) : of(layer, parameters, "kernel", "kernel_size", letter, -1);
        long stride = of(layer, parameters, "stride", "stride", letter, 1);
        long pad = of(layer, parameters, "pad", "pad", letter, 0);
        boolean clipsLast =
                parameters.longOr("pad", 0) + parameters.longOr("pad_h", 0) + parameters.longOr("pad_w", 0) > 0;
        boolean roundsUp =
                parameters.enumOr("round_mode", "CEIL", "CEIL", "FLOOR").equals("CEIL")
                        && parameters.boolOr("ceil_mode", true);
        if (kernel <= 0 || stride <= 0 || pad < 0 || kernel > Integer.MAX_VALUE || stride > Integer.MAX_VALUE) {
            throw layer.malformed(
                    "kernel_" + letter + " " + kernel + " and stride_" + letter + " " + stride + " must be above 0");
        }
        if (global && (pad != 0 || stride != 1)) {
            throw layer.malformed("global_pooling takes pad 0 and stride 1, got pad " + pad + " and stride " + stride);
        }
        if (pad >= kernel) {
            throw layer.malformed("pad_" + letter + " " + pad + " is not smaller than kernel_" + letter + " " + kernel);
        }
        PoolingAxis pooling = new PoolingAxis(x.shape().dim(axis), kernel, stride, pad, roundsUp, clipsLast);
        if (pooling.isStatic() && pooling.outputs() <= 0) {
            throw layer.malformed("kernel_" + letter + " " + kernel + " does not fit its bottom, " + x.shape());
        }
        return pooling;
    }

    /**
     * Windows that cut an axis into {@code bins}, padded at both ends where they do not fit. Source: caffe spp_layer.cpp,
     * GetPoolingParam.
     *
     * @param other the size of the other axis, whose pad decides with this one's whether last windows are clipped
     */
    static PoolingAxis ofBins(LoweringContext layer, long size, long bins, long other) {
        long kernel = -Math.floorDiv(-size, bins);
        long pad = padOfBins(size, bins);
        if (pad >= kernel) {
            throw layer.malformed(bins + " bins do not fit an axis of size " + size);
        }
        return new PoolingAxis(Dim.of(size), kernel, kernel, pad, true, pad + padOfBins(other, bins) > 0);
    }

    private static long padOfBins(long size, long bins) {
        return (-Math.floorDiv(-size, bins) * bins - size + 1) / 2;
    }

    /** A dynamic size has no number; the caller lowers global pooling by its own operator then. */
    private static long globalKernel(LoweringContext layer, Value x, int axis) {
        return x.shape().dim(axis).isKnown() ? layer.size(x, axis) : 1;
    }

    private static long of(
            LoweringContext layer, Parameters parameters, String prefix, String both, char letter, long absent) {
        boolean separate = parameters.has(prefix + "_h") || parameters.has(prefix + "_w");
        if (!separate) {
            return parameters.longOr(both, absent);
        }
        if (parameters.has(both) || !parameters.has(prefix + "_h") || !parameters.has(prefix + "_w")) {
            throw layer.malformed("needs " + both + ", or both " + prefix + "_h and " + prefix + "_w");
        }
        return parameters.longOr(prefix + "_" + letter, absent);
    }

    boolean isStatic() {
        return size.isKnown();
    }

    /** The number of windows. */
    long outputs() {
        long room = size.size() + 2 * pad - kernel;
        long outputs = (roundsUp ? -Math.floorDiv(-room, stride) : Math.floorDiv(room, stride)) + 1;
        return clipsLast && (outputs - 1) * stride >= size.size() + pad ? outputs - 1 : outputs;
    }

    /** How many last windows begin behind the bottom: at most one, and only without pads and with a stride above the kernel size. */
    long emptyWindows() {
        return (outputs() - 1) * stride >= size.size() + pad ? 1 : 0;
    }

    /** How far the last window that is not empty reaches behind the bottom. */
    long endPad() {
        return Math.max(0, (outputs() - 1 - emptyWindows()) * stride + kernel - pad - size.size());
    }

    /** How many positions of a window Caffe counts: those before the end of the padded bottom. */
    long counted(long window) {
        long start = window * stride - pad;
        return Math.min(start + kernel, size.size() + pad) - start;
    }

    /** Where the size is a symbol, ONNX's rule must give the same windows: it does unless windows can be empty. */
    void requireSameInOnnx(LoweringContext layer) {
        if (roundsUp && stride > kernel && !clipsLast) {
            throw new StaticSizeNeeded("has a stride above its kernel size and needs to know the size of its bottom");
        }
    }
}
