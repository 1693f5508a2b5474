package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions with weights, as sums over every product. Source: chainer/functions/connection. */
final class ConnectionTellings {

    static final List<Telling> ALL = List.of(
            new Telling("bilinear", ConnectionTellings::bilinear),
            new Telling("convolution_1d", dice -> convolution(dice, 1)),
            new Telling("convolution_2d", dice -> convolution(dice, 2)),
            new Telling("convolution_3d", dice -> convolution(dice, 3)),
            new Telling("convolution_nd", dice -> convolution(dice, dice.between(1, 3))),
            new Telling("deconvolution_1d", dice -> deconvolution(dice, 1)),
            new Telling("deconvolution_2d", dice -> deconvolution(dice, 2)),
            new Telling("deconvolution_3d", dice -> deconvolution(dice, 3)),
            new Telling("deconvolution_nd", dice -> deconvolution(dice, dice.between(1, 3))),
            new Telling("deformable_convolution_2d_sampler", ConnectionTellings::deformable),
            new Telling("depthwise_convolution_2d", ConnectionTellings::depthwise),
            new Telling("dilated_convolution_2d", ConnectionTellings::dilated),
            new Telling("embed_id", ConnectionTellings::embedId),
            new Telling("linear", ConnectionTellings::linear),
            new Telling("local_convolution_2d", ConnectionTellings::local),
            new Telling("shift", ConnectionTellings::shift));

    private ConnectionTellings() {}

    private static int[] joined(int first, int second, int... rest) {
        int[] shape = new int[2 + rest.length];
        shape[0] = first;
        shape[1] = second;
        System.arraycopy(rest, 0, shape, 2, rest.length);
        return shape;
    }

    private static int[] tail(int[] shape) {
        return Arrays.copyOfRange(shape, 2, shape.length);
    }

    // --- convolutions

    /** Settings of a convolution over some axes. */
    record Settings(int[] stride, int[] pad, int[] dilate, boolean coverAll) {
        static Settings drawn(Dice dice, int axes) {
            return new Settings(
                    dice.sizes(axes, 1, 3),
                    dice.sizes(axes, 0, 2),
                    dice.sizes(axes, 1, dice.oneOf(1, 2)),
                    dice.chance(30));
        }

        /** Source: chainer/utils/conv.py, get_conv_outsize. */
        int outputs(int size, int kernel, int axis) {
            int reach = kernel + (kernel - 1) * (dilate[axis] - 1);
            return Math.floorDiv(size + 2 * pad[axis] - reach + (coverAll ? stride[axis] - 1 : 0), stride[axis]) + 1;
        }
    }

    /** {@code y[n, o, p] = b[o] + sum of x[n, c, p * stride - pad + k * dilate] * W[o, c, k]}, zeros outside. */
    static NdArray convolved(NdArray x, NdArray weight, @Nullable NdArray bias, Settings set, int groups) {
        int axes = x.rank() - 2;
        int[] outputs = joined(x.size(0), weight.size(0), tail(x.shape()));
        for (int i = 0; i < axes; i++) {
            outputs[2 + i] = set.outputs(x.size(2 + i), weight.size(2 + i), i);
        }
        int perGroup = weight.size(0) / groups;
        return NdArray.of(outputs, index -> {
            double[] sum = {bias == null ? 0 : bias.at(index[1])};
            int[] place = index.clone();
            NdArray.of(joined(1, weight.size(1), tail(weight.shape())), tap -> {
                int[] from = joined(place[0], place[1] / perGroup * weight.size(1) + tap[1], tail(tap));
                int[] own = joined(place[1], tap[1], tail(tap));
                for (int i = 0; i < axes; i++) {
                    from[2 + i] = place[2 + i] * set.stride[i] - set.pad[i] + tap[2 + i] * set.dilate[i];
                    if (from[2 + i] < 0 || from[2 + i] >= x.size(2 + i)) {
                        return 0;
                    }
                }
                sum[0] += x.at(from) * weight.at(own);
                return 0;
            });
            return sum[0];
        });
    }

    /** Source: chainer/functions/connection/convolution_nd.py and convolution_2d.py, forward_cpu. */
    private static Call convolution(Dice dice, int axes) {
        Settings set = Settings.drawn(dice, axes);
        int groups = dice.oneOf(1, 1, 2, 3);
        NdArray weight = dice.normal(joined(groups * dice.between(1, 2), dice.between(1, 2), dice.sizes(axes, 1, 3)));
        NdArray x = dice.normal(joined(dice.between(1, 2), weight.size(1) * groups, dice.sizes(axes, 6, 8)));
        NdArray bias = dice.chance(60) ? dice.normal(weight.size(0)) : null;
        boolean single = axes > 1 && dice.chance(30);
        Settings used = single ? new Settings(same(set.stride), same(set.pad), same(set.dilate), set.coverAll) : set;
        Call call = Call.of(x, new Weight(weight), bias == null ? null : new Weight(bias))
                .with("stride", single ? (Object) used.stride[0] : used.stride)
                .with("pad", single ? (Object) used.pad[0] : used.pad)
                .with("dilate", single ? (Object) used.dilate[0] : used.dilate)
                .with("groups", groups);
        if (set.coverAll) {
            call.with("cover_all", true);
        }
        return call.gives(convolved(x, weight, bias, used, groups));
    }

    private static int[] same(int[] sizes) {
        int[] same = sizes.clone();
        Arrays.fill(same, sizes[0]);
        return same;
    }

    /** Source: chainer/functions/connection/dilated_convolution_2d.py. */
    private static Call dilated(Dice dice) {
        Settings set = Settings.drawn(dice, 2);
        NdArray weight = dice.normal(dice.sizes(4, 1, 3));
        NdArray x = dice.normal(2, weight.size(1), dice.between(5, 8), dice.between(5, 8));
        return Call.of(x, weight)
                .with("stride", set.stride)
                .with("pad", set.pad)
                .with("dilate", set.dilate)
                .with("cover_all", set.coverAll)
                .gives(convolved(x, weight, null, set, 1));
    }

    /** Source: chainer/functions/connection/depthwise_convolution_2d.py: each channel by itself, multiplier results a channel. */
    private static Call depthwise(Dice dice) {
        Settings drawn = Settings.drawn(dice, 2);
        Settings set = new Settings(drawn.stride, drawn.pad, new int[] {1, 1}, false);
        NdArray weight = dice.normal(dice.sizes(4, 1, 3));
        int multiplier = weight.size(0);
        NdArray x = dice.normal(2, weight.size(1), dice.between(4, 7), dice.between(4, 7));
        NdArray bias = dice.chance(50) ? dice.normal(multiplier * weight.size(1)) : null;
        int[] outputs = {
            2,
            multiplier * weight.size(1),
            set.outputs(x.size(2), weight.size(2), 0),
            set.outputs(x.size(3), weight.size(3), 1)
        };
        NdArray y = NdArray.of(outputs, index -> {
            double sum = bias == null ? 0 : bias.at(index[1]);
            int channel = index[1] / multiplier;
            for (int i = 0; i < weight.size(2); i++) {
                for (int j = 0; j < weight.size(3); j++) {
                    int row = index[2] * set.stride[0] - set.pad[0] + i;
                    int column = index[3] * set.stride[1] - set.pad[1] + j;
                    if (row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3)) {
                        sum += x.at(index[0], channel, row, column) * weight.at(index[1] % multiplier, channel, i, j);
                    }
                }
            }
            return sum;
        });
        return Call.of(x, new Weight(weight), bias)
                .with("stride", set.stride)
                .with("pad", set.pad)
                .gives(y);
    }

    /** Every product is added to where it belongs. Source: chainer/functions/connection/deconvolution_nd.py, forward. */
    private static Call deconvolution(Dice dice, int axes) {
        Settings set = Settings.drawn(dice, axes);
        int groups = dice.oneOf(1, 1, 2);
        NdArray weight = dice.normal(joined(groups * dice.between(1, 2), dice.between(1, 2), dice.sizes(axes, 1, 3)));
        NdArray x = dice.normal(joined(dice.between(1, 2), weight.size(0), dice.sizes(axes, 3, 5)));
        int[] outputs = joined(x.size(0), weight.size(1) * groups, tail(x.shape()));
        boolean given = dice.chance(40);
        for (int i = 0; i < axes; i++) {
            int reach = (weight.size(2 + i) - 1) * set.dilate[i] + 1;
            outputs[2 + i] = set.stride[i] * (x.size(2 + i) - 1)
                    + reach
                    - 2 * set.pad[i]
                    + (given ? dice.between(0, set.stride[i] - 1) : 0);
            if (outputs[2 + i] <= 0) {
                return deconvolution(dice, axes);
            }
        }
        NdArray bias = dice.chance(50) ? dice.normal(outputs[1]) : null;
        NdArray y = NdArray.of(outputs, index -> bias == null ? 0 : bias.at(index[1]));
        int inGroup = weight.size(0) / groups;
        NdArray.of(x.shape(), index -> {
            int[] place = index.clone();
            return NdArray.of(joined(1, weight.size(1), tail(weight.shape())), tap -> {
                        int[] to = joined(place[0], place[1] / inGroup * weight.size(1) + tap[1], tail(tap));
                        for (int i = 0; i < axes; i++) {
                            to[2 + i] = place[2 + i] * set.stride[i] - set.pad[i] + tap[2 + i] * set.dilate[i];
                            if (to[2 + i] < 0 || to[2 + i] >= outputs[2 + i]) {
                                return 0;
                            }
                        }
                        y.set(y.at(to) + x.at(place) * weight.at(joined(place[1], tap[1], tail(tap))), to);
                        return 0;
                    })
                    .data()[0];
        });
        Call call = Call.of(x, new Weight(weight), bias)
                .with("stride", set.stride)
                .with("pad", set.pad)
                .with("dilate", set.dilate)
                .with("groups", groups);
        return (given ? call.with("outsize", tail(outputs)) : call).gives(y);
    }

    /** Source: chainer/functions/connection/local_convolution_2d.py, LocalConvolution2DFunction.forward. */
    private static Call local(Dice dice) {
        int[] stride = dice.sizes(2, 1, 3);
        NdArray weight = dice.normal(dice.sizes(6, 1, 3));
        int rows = (weight.size(1) - 1) * stride[0] + weight.size(4) + dice.between(0, stride[0] - 1);
        int columns = (weight.size(2) - 1) * stride[1] + weight.size(5) + dice.between(0, stride[1] - 1);
        NdArray x = dice.normal(2, weight.size(3), rows, columns);
        NdArray bias = dice.chance(50) ? dice.normal(weight.size(0), weight.size(1), weight.size(2)) : null;
        NdArray y = NdArray.of(new int[] {2, weight.size(0), weight.size(1), weight.size(2)}, index -> {
            double sum = bias == null ? 0 : bias.at(index[1], index[2], index[3]);
            for (int c = 0; c < weight.size(3); c++) {
                for (int i = 0; i < weight.size(4); i++) {
                    for (int j = 0; j < weight.size(5); j++) {
                        sum += x.at(index[0], c, index[2] * stride[0] + i, index[3] * stride[1] + j)
                                * weight.at(index[1], index[2], index[3], c, i, j);
                    }
                }
            }
            return sum;
        });
        return Call.of(x, new Weight(weight), bias).with("stride", stride).gives(y);
    }

    /**
     * Each tap reads the padded image between four pixels, zeros beyond its rim. Source:
     * chainer/functions/connection/deformable_convolution_2d_sampler.py and chainer/functions/array/spatial_transformer_sampler.py.
     */
    private static Call deformable(Dice dice) {
        int[] stride = dice.sizes(2, 1, 2);
        int[] pad = dice.sizes(2, 0, 1);
        NdArray weight = dice.normal(dice.sizes(4, 1, 3));
        NdArray x = dice.normal(2, weight.size(1), dice.between(4, 6), dice.between(4, 6));
        int height = (x.size(2) + 2 * pad[0] - weight.size(2)) / stride[0] + 1;
        int width = (x.size(3) + 2 * pad[1] - weight.size(3)) / stride[1] + 1;
        int taps = weight.size(2) * weight.size(3);
        NdArray offset = dice.uniform(-1.5, 1.5, 2, 2 * taps, height, width);
        NdArray bias = dice.chance(50) ? dice.normal(weight.size(0)) : null;
        NdArray y = NdArray.of(new int[] {2, weight.size(0), height, width}, index -> {
            double sum = bias == null ? 0 : bias.at(index[1]);
            for (int tap = 0; tap < taps; tap++) {
                int i = tap / weight.size(3);
                int j = tap % weight.size(3);
                double column = index[3] * stride[1] + j + offset.at(index[0], tap, index[2], index[3]);
                double row = index[2] * stride[0] + i + offset.at(index[0], taps + tap, index[2], index[3]);
                for (int c = 0; c < weight.size(1); c++) {
                    sum += between(x, pad, index[0], c, row, column) * weight.at(index[1], c, i, j);
                }
            }
            return sum;
        });
        return Call.of(x, offset, new Weight(weight), bias)
                .with("stride", stride)
                .with("pad", pad)
                .gives(y);
    }

    /** The padded image at a place between pixels. */
    private static double between(NdArray x, int[] pad, int n, int c, double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double share = (i == 0 ? top + 1 - row : row - top) * (j == 0 ? left + 1 - column : column - left);
                int y = top + i - pad[0];
                int z = left + j - pad[1];
                if (y >= 0 && y < x.size(2) && z >= 0 && z < x.size(3)) {
                    sum += share * x.at(n, c, y, z);
                }
            }
        }
        return sum;
    }

    // --- others

    /** Source: chainer/functions/connection/linear.py. */
    private static Call linear(Dice dice) {
        int batchAxes = dice.oneOf(1, 1, 2, 3);
        int[] shape = dice.sizes(batchAxes + dice.between(1, 3), 1, 4);
        NdArray x = dice.normal(shape);
        int features = NdArray.count(Arrays.copyOfRange(shape, batchAxes, shape.length));
        NdArray weight = dice.normal(dice.between(1, 5), features);
        NdArray bias = dice.chance(60) ? dice.normal(weight.size(0)) : null;
        int[] outputs = Arrays.copyOf(shape, batchAxes + 1);
        outputs[batchAxes] = weight.size(0);
        int rows = NdArray.count(Arrays.copyOf(shape, batchAxes));
        NdArray flat = x.reshaped(rows, features);
        NdArray y = NdArray.of(new int[] {rows, weight.size(0)}, index -> {
            double sum = bias == null ? 0 : bias.at(index[1]);
            for (int i = 0; i < features; i++) {
                sum += flat.at(index[0], i) * weight.at(index[1], i);
            }
            return sum;
        });
        Call call = Call.of(x, new Weight(weight), bias);
        return (batchAxes > 1 ? call.with("n_batch_axes", batchAxes) : call).gives(y.reshaped(outputs));
    }

    /** Source: chainer/functions/connection/bilinear.py, BilinearFunction.forward. */
    private static Call bilinear(Dice dice) {
        int n = dice.between(1, 3);
        NdArray left = dice.chance(50) ? dice.normal(n, dice.between(1, 4)) : dice.normal(n, 2, dice.between(1, 2));
        NdArray right = dice.normal(n, dice.between(1, 4));
        NdArray e1 = left.reshaped(n, left.data().length / n);
        NdArray weight = dice.normal(e1.size(1), right.size(1), dice.between(1, 3));
        boolean linear = dice.chance(60);
        NdArray v1 = dice.normal(e1.size(1), weight.size(2));
        NdArray v2 = dice.normal(right.size(1), weight.size(2));
        NdArray b = dice.normal(weight.size(2));
        NdArray y = NdArray.of(new int[] {n, weight.size(2)}, index -> {
            double sum = linear ? b.at(index[1]) : 0;
            for (int j = 0; j < e1.size(1); j++) {
                sum += linear ? e1.at(index[0], j) * v1.at(j, index[1]) : 0;
                for (int k = 0; k < right.size(1); k++) {
                    sum += e1.at(index[0], j) * right.at(index[0], k) * weight.at(j, k, index[1]);
                }
            }
            for (int k = 0; linear && k < right.size(1); k++) {
                sum += right.at(index[0], k) * v2.at(k, index[1]);
            }
            return sum;
        });
        Call call = Call.of(left, right, new Weight(weight));
        return (linear ? call.with("V1", v1).with("V2", v2).with("b", b) : call).gives(y);
    }

    /** Source: chainer/functions/connection/embed_id.py, EmbedIDFunction.forward. */
    private static Call embedId(Dice dice) {
        NdArray weight = dice.normal(dice.between(2, 6), dice.between(1, 4));
        int ignored = dice.oneOf(-1, 0, 1);
        boolean ignores = dice.chance(60);
        NdArray x =
                dice.wholes(ignores && ignored < 0 ? -1 : 0, weight.size(0) - 1, dice.sizes(dice.between(1, 3), 1, 4));
        int[] shape = Arrays.copyOf(x.shape(), x.rank() + 1);
        shape[x.rank()] = weight.size(1);
        NdArray y = NdArray.of(shape, index -> {
            int label = (int) x.at(Arrays.copyOf(index, index.length - 1));
            return ignores && label == ignored ? 0 : weight.at(label, index[index.length - 1]);
        });
        Call call = Call.of(x, new Weight(weight));
        return (ignores ? call.with("ignore_label", ignored) : call).gives(y);
    }

    /** Source: chainer/functions/connection/shift.py, the kernel of Shift.forward_gpu, which says where each element comes from. */
    private static Call shift(Dice dice) {
        int[] kernel = {dice.oneOf(1, 3, 5), dice.oneOf(1, 3)};
        int[] dilate = dice.sizes(2, 1, 2);
        int groups = kernel[0] * kernel[1];
        NdArray x = dice.normal(2, groups * dice.between(1, 2), dice.between(3, 6), dice.between(3, 6));
        int size = x.size(1) / groups;
        NdArray y = NdArray.of(x.shape(), index -> {
            int group = index[1] / size;
            if (group == (groups - 1) / 2) {
                group = groups - 1;
            } else if (group == groups - 1) {
                group = (groups - 1) / 2;
            }
            int row = index[2] - (group / kernel[1] - kernel[0] / 2) * dilate[0];
            int column = index[3] - (group % kernel[1] - kernel[1] / 2) * dilate[1];
            boolean inside = row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3);
            return inside ? x.at(index[0], index[1], row, column) : 0;
        });
        return Call.of(x).with("ksize", kernel).with("dilate", dilate).gives(y);
    }
}
