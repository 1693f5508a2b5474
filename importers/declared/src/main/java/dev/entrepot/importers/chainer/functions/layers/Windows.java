package dev.entrepot.importers.chainer.functions.layers;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Windows that move over the axes after batch and channels. Source: chainer/utils/conv.py, get_conv_outsize and get_deconv_outsize.
 *
 * @param kernel the window's sizes without gaps
 * @param stride the distances between windows
 * @param pad the pads at either end
 * @param dilation the distances between the window's elements
 * @param coversAll whether a last window is kept that reaches behind the pad
 */
record Windows(long[] kernel, long[] stride, long[] pad, long[] dilation, boolean coversAll) {

    /** The windows of a pooling function, whose stride is the kernel's size where it is None. */
    static Windows ofPooling(FunctionCall call, int axes, boolean coversAll) {
        long[] kernel = call.repeated("ksize", axes);
        long[] stride = call.has("stride") ? call.repeated("stride", axes) : kernel;
        return checked(call, new Windows(kernel, stride, call.repeated("pad", axes), ones(axes), coversAll));
    }

    /** The windows of a convolution. */
    static Windows ofConvolution(FunctionCall call, Value weight, int axes, long[] dilation, boolean coversAll) {
        long[] kernel = new long[axes];
        for (int i = 0; i < axes; i++) {
            kernel[i] = call.knownSize(weight, 2 + i);
        }
        return checked(
                call,
                new Windows(kernel, call.repeated("stride", axes), call.repeated("pad", axes), dilation, coversAll));
    }

    static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Windows checked(FunctionCall call, Windows windows) {
        for (int i = 0; i < windows.axes(); i++) {
            if (windows.kernel[i] <= 0 || windows.stride[i] <= 0 || windows.dilation[i] <= 0 || windows.pad[i] < 0) {
                throw call.malformed("ksize, stride and dilate must be above 0 and pad at least 0, got " + windows);
            }
        }
        return windows;
    }

    int axes() {
        return kernel.length;
    }

    /** The window's size with its gaps. */
    long reach(int axis) {
        return dilation[axis] * (kernel[axis] - 1) + 1;
    }

    /** The pad behind the end with which rounding down gives all windows. */
    long endPad(int axis) {
        return pad[axis] + (coversAll ? stride[axis] - 1 : 0);
    }

    /** The pads as ONNX has them: all that lie before, then all behind. */
    long[] pads() {
        long[] pads = Arrays.copyOf(pad, 2 * axes());
        for (int i = 0; i < axes(); i++) {
            pads[axes() + i] = endPad(i);
        }
        return pads;
    }

    /** Whether a window can lie wholly within a pad. */
    boolean canBeEmpty() {
        for (int i = 0; i < axes(); i++) {
            if (endPad(i) >= reach(i)) {
                return true;
            }
        }
        return false;
    }

    /** The number of windows over an array's axis, where {@code axis} counts from the first after the channels. */
    SizeExpr outputs(FunctionCall call, Value x, int axis) {
        SizeExpr room = call.size(x, 2 + axis).plus(SizeExpr.of(pad[axis] + endPad(axis) - reach(axis)));
        SizeExpr outputs = room.floorDividedBy(SizeExpr.of(stride[axis])).plus(SizeExpr.ONE);
        if (outputs.isNumber() && outputs.number().getAsLong() <= 0) {
            throw call.malformed("windows of " + this + " do not fit an array of shape " + x.shape());
        }
        return outputs;
    }

    /** The sizes of a result with these many channels. */
    List<SizeExpr> outputSizes(FunctionCall call, Value x, SizeExpr channels) {
        List<SizeExpr> sizes = new ArrayList<>(List.of(call.size(x, 0), channels));
        for (int i = 0; i < axes(); i++) {
            sizes.add(outputs(call, x, i));
        }
        return sizes;
    }

    /** The size that windows of this number cover, as a deconvolution gives it. */
    SizeExpr covered(SizeExpr windows, int axis) {
        return windows.minus(SizeExpr.ONE)
                .times(SizeExpr.of(stride[axis]))
                .plus(SizeExpr.of(reach(axis) - pad[axis] - endPad(axis)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Windows that
                && Arrays.equals(kernel, that.kernel)
                && Arrays.equals(stride, that.stride)
                && Arrays.equals(pad, that.pad)
                && Arrays.equals(dilation, that.dilation)
                && coversAll == that.coversAll;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(kernel) * 31 + Arrays.hashCode(stride);
    }

    @Override
    public String toString() {
        return "ksize " + Arrays.toString(kernel) + ", stride " + Arrays.toString(stride) + ", pad "
                + Arrays.toString(pad) + ", dilate " + Arrays.toString(dilation);
    }
}
