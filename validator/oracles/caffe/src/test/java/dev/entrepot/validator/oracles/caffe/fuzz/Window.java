package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.Arrays;

/**
 * The sizes of a sliding window, one number per spatial axis.
 *
 * @param kernel the window's size
 * @param stride the step between windows
 * @param pad the zeros before and after
 * @param dilation the step between a window's elements
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Window(int[] kernel, int[] stride, int[] pad, int[] dilation) {

    /** A window that fits into these sizes. */
    static Window fitting(Dice dice, int... sizes) {
        boolean square = dice.chance(50);
        int axes = sizes.length;
        var window = new Window(new int[axes], new int[axes], new int[axes], new int[axes]);
        for (int axis = 0; axis < axes; axis++) {
            boolean first = axis == 0 || !square;
            window.pad[axis] = first ? dice.oneOf(0, 0, 1, 2, 3) : window.pad[0];
            window.dilation[axis] = first ? dice.oneOf(1, 1, 1, 2, 3) : window.dilation[0];
            window.kernel[axis] = first ? dice.between(1, 5) : window.kernel[0];
            window.stride[axis] = first ? dice.oneOf(1, 1, 2, 3, 4) : window.stride[0];
        }
        while (!window.fits(sizes)) {
            window.shrink();
        }
        return window;
    }

    private boolean fits(int... sizes) {
        for (int axis = 0; axis < sizes.length; axis++) {
            if (reach(axis) > sizes[axis] + 2 * pad[axis]) {
                return false;
            }
        }
        return true;
    }

    private void shrink() {
        for (int axis = 0; axis < kernel.length; axis++) {
            if (dilation[axis] > 1) {
                dilation[axis]--;
            } else {
                kernel[axis] = Math.max(1, kernel[axis] - 1);
            }
        }
    }

    /** The elements from a window's first to its last. */
    int reach(int axis) {
        return dilation[axis] * (kernel[axis] - 1) + 1;
    }

    int kernelCount() {
        return Arrays.stream(kernel).reduce(1, Math::multiplyExact);
    }

    /** Source: caffe conv_layer.cpp, compute_output_shape. */
    int convolved(int axis, int size) {
        return (size + 2 * pad[axis] - reach(axis)) / stride[axis] + 1;
    }

    /** Source: caffe deconv_layer.cpp, compute_output_shape. */
    int deconvolved(int axis, int size) {
        return stride[axis] * (size - 1) + reach(axis) - 2 * pad[axis];
    }

    /** Writes the sizes in one of the forms that ConvolutionParameter has. */
    void writeConvolution(Dice dice, Message message) {
        boolean planar = kernel.length == 2;
        if (planar && dice.chance(30)) {
            message.put("kernel_h", kernel[0]).put("kernel_w", kernel[1]);
        } else {
            repeated(dice, message, "kernel_size", kernel, 0);
        }
        if (planar && dice.chance(30)) {
            message.put("stride_h", stride[0]).put("stride_w", stride[1]);
        } else {
            repeated(dice, message, "stride", stride, 1);
        }
        if (planar && dice.chance(30)) {
            message.put("pad_h", pad[0]).put("pad_w", pad[1]);
        } else {
            repeated(dice, message, "pad", pad, 0);
        }
        repeated(dice, message, "dilation", dilation, 1);
    }

    /** Writes the sizes in one of the forms that PoolingParameter has. */
    void writePooling(Dice dice, Message message) {
        pair(dice, message, "kernel_size", "kernel", kernel, -1);
        pair(dice, message, "stride", "stride", stride, 1);
        pair(dice, message, "pad", "pad", pad, 0);
    }

    private static void pair(Dice dice, Message message, String one, String each, int[] values, int usual) {
        boolean same = values[0] == values[1];
        if (same && values[0] == usual && dice.chance(70)) {
            return;
        }
        if (same && dice.chance(70)) {
            message.put(one, values[0]);
        } else {
            message.put(each + "_h", values[0]).put(each + "_w", values[1]);
        }
    }

    private static void repeated(Dice dice, Message message, String name, int[] values, int usual) {
        boolean same = Arrays.stream(values).distinct().count() <= 1;
        if (values.length == 0) {
            return;
        }
        if (same && values[0] == usual && dice.chance(70)) {
            return;
        }
        if (same && dice.chance(70)) {
            message.put(name, values[0]);
        } else {
            message.all(name, values);
        }
    }
}
