package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.ArrayList;
import java.util.List;

/** Pooling, unpooling: loops over every window and its positions. Source: chainer/utils/conv_nd.py, im2col_nd_cpu and col2im_nd_cpu. */
final class WindowTellings {

    static final List<Telling> ALL = List.of(
            new Telling("average_pooling_1d", dice -> average(dice, 1, true)),
            new Telling("average_pooling_2d", dice -> average(dice, 2, false)),
            new Telling("average_pooling_3d", dice -> average(dice, 3, true)),
            new Telling("average_pooling_nd", dice -> average(dice, dice.between(1, 3), true)),
            new Telling("max_pooling_1d", dice -> max(dice, 1)),
            new Telling("max_pooling_2d", dice -> max(dice, 2)),
            new Telling("max_pooling_3d", dice -> max(dice, 3)),
            new Telling("max_pooling_nd", dice -> max(dice, dice.between(1, 3))),
            new Telling("spatial_pyramid_pooling_2d", WindowTellings::pyramid),
            new Telling("unpooling_1d", dice -> unpooling(dice, 1)),
            new Telling("unpooling_2d", dice -> unpooling(dice, 2)),
            new Telling("unpooling_3d", dice -> unpooling(dice, 3)),
            new Telling("unpooling_nd", dice -> unpooling(dice, dice.between(1, 3))),
            new Telling("upsampling_2d", WindowTellings::upsampling));

    private WindowTellings() {}

    /** The arguments of a function with windows. */
    private record Frame(int[] kernel, int[] stride, int[] pad, boolean strideIsNone, boolean single) {
        static Frame drawn(Dice dice, int axes) {
            boolean single = dice.chance(40);
            int[] kernel = drawn(dice, axes, 1, 4, single);
            boolean none = dice.chance(30);
            int[] stride = none ? kernel : drawn(dice, axes, 1, 4, single);
            int[] pad = drawn(dice, axes, 0, 2, single);
            for (int i = 0; i < axes; i++) {
                pad[i] = dice.chance(85) ? Math.min(pad[i], (kernel[i] - 1)) : pad[i];
            }
            return new Frame(kernel, stride, single ? same(pad[0], axes) : pad, none, single);
        }

        private static int[] drawn(Dice dice, int axes, int low, int high, boolean single) {
            return single ? same(dice.between(low, high), axes) : dice.sizes(axes, low, high);
        }

        private static int[] same(int size, int axes) {
            int[] sizes = new int[axes];
            java.util.Arrays.fill(sizes, size);
            return sizes;
        }

        Call call(Object... first) {
            Call call = Call.of(first).with("ksize", single ? kernel[0] : kernel);
            if (!strideIsNone) {
                call.with("stride", single ? stride[0] : stride);
            }
            return call.with("pad", single ? pad[0] : pad);
        }

        /** The number of windows over an axis. Source: chainer/utils/conv.py, get_conv_outsize. */
        int windows(int size, int axis, boolean coverAll) {
            int room = size + 2 * pad[axis] - kernel[axis] + (coverAll ? stride[axis] - 1 : 0);
            return Math.floorDiv(room, stride[axis]) + 1;
        }
    }

    private static int[] shape(Dice dice, int axes) {
        int[] shape = dice.sizes(2 + axes, 1, 3);
        for (int i = 0; i < axes; i++) {
            shape[2 + i] = dice.between(4, axes == 3 ? 6 : 11);
        }
        return shape;
    }

    private static int[] outputs(int[] shape, Frame frame, boolean coverAll) {
        int[] outputs = shape.clone();
        for (int i = 2; i < shape.length; i++) {
            outputs[i] = frame.windows(shape[i], i - 2, coverAll);
        }
        return outputs;
    }

    /** Visits the positions of a window, whether they lie in the array or in a pad. */
    private interface Visitor {
        void visit(int[] position, int number);
    }

    private static void visit(int[] output, Frame frame, Visitor visitor) {
        int axes = frame.kernel.length;
        int count = NdArray.count(frame.kernel);
        for (int number = 0; number < count; number++) {
            int[] position = output.clone();
            int rest = number;
            for (int i = axes - 1; i >= 0; i--) {
                position[2 + i] = output[2 + i] * frame.stride[i] - frame.pad[i] + rest % frame.kernel[i];
                rest /= frame.kernel[i];
            }
            visitor.visit(position, number);
        }
    }

    private static boolean isInside(int[] position, int[] shape) {
        for (int i = 0; i < shape.length; i++) {
            if (position[i] < 0 || position[i] >= shape[i]) {
                return false;
            }
        }
        return true;
    }

    /** Source: chainer/functions/pooling/max_pooling_nd.py, MaxPoolingND.forward_cpu. */
    private static Call max(Dice dice, int axes) {
        NdArray x = dice.normal(shape(dice, axes));
        Frame frame = Frame.drawn(dice, axes);
        boolean coverAll = dice.chance(70);
        int[] outputs = outputs(x.shape(), frame, coverAll);
        NdArray largest = NdArray.of(outputs, index -> largest(x, frame, index)[0]);
        Call call = frame.call(x);
        if (!coverAll) {
            call.with("cover_all", false);
        }
        if (dice.chance(80)) {
            return call.gives(largest);
        }
        NdArray which = NdArray.of(dev.entrepot.tensor.DataType.INT64, outputs, index -> largest(x, frame, index)[1]);
        return call.with("return_indices", true).gives(largest, which);
    }

    private static double[] largest(NdArray x, Frame frame, int[] output) {
        double[] best = {Double.NEGATIVE_INFINITY, 0};
        visit(output, frame, (position, number) -> {
            if (isInside(position, x.shape()) && x.at(position) > best[0]) {
                best[0] = x.at(position);
                best[1] = number;
            }
        });
        return best;
    }

    /** Source: chainer/functions/pooling/average_pooling_2d.py and average_pooling_nd.py, forward_cpu. */
    private static Call average(Dice dice, int axes, boolean hasPadValue) {
        NdArray x = dice.normal(shape(dice, axes));
        Frame frame = Frame.drawn(dice, axes);
        // A window in the pad alone would divide nothing by nothing.
        boolean fits = true;
        for (int i = 0; i < axes; i++) {
            fits &= frame.pad[i] < frame.kernel[i];
        }
        boolean ignoresPad = hasPadValue && fits && dice.chance(50);
        NdArray mean = NdArray.of(outputs(x.shape(), frame, false), index -> {
            double[] sum = new double[2];
            visit(index, frame, (position, number) -> {
                if (isInside(position, x.shape())) {
                    sum[0] += x.at(position);
                    sum[1]++;
                }
            });
            return sum[0] / (ignoresPad ? sum[1] : NdArray.count(frame.kernel));
        });
        Call call = frame.call(x);
        return (ignoresPad ? call.with("pad_value", null) : call).gives(mean);
    }

    /** Source: chainer/functions/pooling/spatial_pyramid_pooling_2d.py. */
    private static Call pyramid(Dice dice) {
        NdArray x = dice.normal(shape(dice, 2));
        int height = dice.between(1, 3);
        List<double[]> rows = new ArrayList<>();
        int[] shape = x.shape();
        int width = 0;
        for (int n = 0; n < shape[0]; n++) {
            List<Double> row = new ArrayList<>();
            for (int level = 0; level < height; level++) {
                int bins = 1 << level;
                int[] kernel = new int[2];
                int[] pad = new int[2];
                for (int i = 0; i < 2; i++) {
                    kernel[i] = (int) Math.ceil(shape[2 + i] / (double) bins);
                    pad[i] = (kernel[i] * bins - shape[2 + i]) / 2;
                }
                Frame frame = new Frame(kernel, kernel, pad, true, false);
                int[] outputs = outputs(shape, frame, true);
                for (int c = 0; c < shape[1]; c++) {
                    for (int i = 0; i < outputs[2]; i++) {
                        for (int j = 0; j < outputs[3]; j++) {
                            row.add(largest(x, frame, new int[] {n, c, i, j})[0]);
                        }
                    }
                }
            }
            width = row.size();
            rows.add(row.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return Call.of(x, height)
                .with("pooling", "max")
                .gives(NdArray.of(new int[] {shape[0], width, 1, 1}, index -> rows.get(index[0])[index[1]]));
    }

    /** Source: chainer/utils/conv.py, get_deconv_outsize; chainer/functions/pooling/unpooling_nd.py, UnpoolingND.forward. */
    private static Call unpooling(Dice dice, int axes) {
        NdArray x = dice.normal(shape(dice, axes));
        Frame frame = Frame.drawn(dice, axes);
        boolean coverAll = dice.chance(50);
        int[] outputs = x.shape().clone();
        for (int i = 0; i < axes; i++) {
            outputs[2 + i] = frame.stride[i] * (outputs[2 + i] - 1)
                    + frame.kernel[i]
                    - 2 * frame.pad[i]
                    - (coverAll ? frame.stride[i] - 1 : 0);
            if (outputs[2 + i] <= 0) {
                return unpooling(dice, axes);
            }
        }
        boolean given = dice.chance(40);
        if (given && coverAll) {
            for (int i = 0; i < axes; i++) {
                outputs[2 + i] += dice.between(0, frame.stride[i] - 1);
            }
        }
        NdArray sum = NdArray.of(outputs, index -> 0);
        NdArray.of(x.shape(), index -> {
            visit(index, frame, (position, number) -> {
                if (isInside(position, outputs)) {
                    sum.set(sum.at(position) + x.at(index), position);
                }
            });
            return 0;
        });
        Call call = frame.call(x).with("cover_all", coverAll);
        int[] sizes = java.util.Arrays.copyOfRange(outputs, 2, outputs.length);
        return (given ? call.with("outsize", sizes) : call).gives(sum);
    }

    /** Source: chainer/functions/pooling/upsampling_2d.py, Upsampling2D.forward_cpu. */
    private static Call upsampling(Dice dice) {
        NdArray x = dice.normal(shape(dice, 2));
        Frame frame = Frame.drawn(dice, 2);
        boolean coverAll = dice.chance(70);
        int[] outputs = x.shape().clone();
        for (int i = 0; i < 2; i++) {
            outputs[2 + i] = frame.stride[i] * (outputs[2 + i] - 1)
                    + frame.kernel[i]
                    - 2 * frame.pad[i]
                    - (coverAll ? frame.stride[i] - 1 : 0);
            if (outputs[2 + i] <= 0) {
                return upsampling(dice);
            }
        }
        NdArray which = dice.wholes(0, NdArray.count(frame.kernel) - 1, x.shape());
        NdArray sum = NdArray.of(outputs, index -> 0);
        NdArray.of(x.shape(), index -> {
            visit(index, frame, (position, number) -> {
                if (number == (int) which.at(index) && isInside(position, outputs)) {
                    sum.set(sum.at(position) + x.at(index), position);
                }
            });
            return 0;
        });
        return frame.call(x, which).with("cover_all", coverAll).gives(sum);
    }
}
