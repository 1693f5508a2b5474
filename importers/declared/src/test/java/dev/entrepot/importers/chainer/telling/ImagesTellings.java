package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.List;
import java.util.stream.IntStream;

/** Images of other sizes, transformed, or in windows. Source: chainer/functions/array. */
final class ImagesTellings {

    static final List<Telling> ALL = List.of(
            new Telling("as_strided", ImagesTellings::asStrided),
            new Telling("im2col", ImagesTellings::im2col),
            new Telling("resize_images", ImagesTellings::resizeImages),
            new Telling("spatial_transformer_grid", ImagesTellings::grid),
            new Telling("spatial_transformer_sampler", ImagesTellings::sampler));

    private ImagesTellings() {}

    /** Source: as_strided.py, _stride_array. */
    private static Call asStrided(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(1, 3), 2, 4));
        int[] shape = dice.sizes(dice.between(1, 3), 1, 3);
        int[] strides = IntStream.of(shape).map(size -> dice.between(-1, 2)).toArray();
        int least = 0;
        int most = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            least += Math.min(0, strides[axis] * (shape[axis] - 1));
            most += Math.max(0, strides[axis] * (shape[axis] - 1));
        }
        int last = x.data().length - 1 - most;
        if (-least > last) {
            return Call.of(x, new int[] {2}, new int[] {1})
                    .gives(new NdArray(x.type(), new int[] {2}, new double[] {x.data()[0], x.data()[1]}));
        }
        int offset = dice.between(-least, last);
        NdArray expected = NdArray.of(shape, i -> {
            int place = offset;
            for (int axis = 0; axis < i.length; axis++) {
                place += i[axis] * strides[axis];
            }
            return x.data()[place];
        });
        return (offset == 0 && dice.chance(50) ? Call.of(x, shape, strides) : Call.of(x, shape, strides, offset))
                .gives(expected);
    }

    /** Source: im2col.py; chainer/utils/conv.py, im2col_cpu and get_conv_outsize. */
    private static Call im2col(Dice dice) {
        int[] k = dice.sizes(2, 1, 3);
        int[] s = dice.sizes(2, 1, 3);
        int[] p = dice.sizes(2, 0, 2);
        int[] d = dice.sizes(2, 1, 2);
        boolean coverAll = dice.chance(50);
        NdArray x = dice.normal(dice.between(1, 3), dice.between(1, 3), dice.between(5, 8), dice.between(5, 8));
        int[] out = new int[2];
        for (int i = 0; i < 2; i++) {
            int window = k[i] + (k[i] - 1) * (d[i] - 1);
            out[i] = Math.floorDiv(x.size(2 + i) + 2 * p[i] - window + (coverAll ? s[i] - 1 : 0), s[i]) + 1;
        }
        NdArray expected = NdArray.of(new int[] {x.size(0), x.size(1) * k[0] * k[1], out[0], out[1]}, i -> {
            int h = i[2] * s[0] + i[1] / k[1] % k[0] * d[0] - p[0];
            int w = i[3] * s[1] + i[1] % k[1] * d[1] - p[1];
            boolean inside = h >= 0 && h < x.size(2) && w >= 0 && w < x.size(3);
            return inside ? x.at(i[0], i[1] / (k[0] * k[1]), h, w) : 0;
        });
        Call call = k[0] == k[1] && dice.chance(50) ? Call.of(x, k[0]) : Call.of(x, k);
        return call.with("stride", s)
                .with("pad", p)
                .with("cover_all", coverAll)
                .with("dilate", d)
                .gives(expected);
    }

    /** Source: resize_images.py, compute_indices_and_weights and interpolate_bilinear_cpu. */
    private static Call resizeImages(Dice dice) {
        NdArray x = dice.normal(dice.between(1, 2), dice.between(1, 3), dice.between(1, 7), dice.between(1, 7));
        int[] shape = dice.sizes(2, 1, 15);
        String mode = dice.oneOf("bilinear", "nearest");
        boolean told = dice.chance(70);
        boolean aligned = !told || dice.chance(50);
        NdArray expected = NdArray.of(new int[] {x.size(0), x.size(1), shape[0], shape[1]}, i -> {
            double v = coordinate(i[2], x.size(2), shape[0], mode, aligned);
            double u = coordinate(i[3], x.size(3), shape[1], mode, aligned);
            int v0 = (int) v;
            int u0 = (int) u;
            int v1 = Math.min(v0 + 1, x.size(2) - 1);
            int u1 = Math.min(u0 + 1, x.size(3) - 1);
            double vw = v - v0;
            double uw = u - u0;
            return (1 - vw) * (1 - uw) * x.at(i[0], i[1], v0, u0)
                    + (1 - vw) * uw * x.at(i[0], i[1], v0, u1)
                    + vw * (1 - uw) * x.at(i[0], i[1], v1, u0)
                    + vw * uw * x.at(i[0], i[1], v1, u1);
        });
        Call call = Call.of(x, shape);
        if (mode.equals("nearest") || dice.chance(50)) {
            call.with("mode", mode);
        }
        return (told ? call.with("align_corners", aligned) : call).gives(expected);
    }

    private static double coordinate(int i, int size, int out, String mode, boolean aligned) {
        if (mode.equals("nearest")) {
            return Math.min(Math.floor(i * ((double) size / out)), size - 1);
        } else if (aligned) {
            return out == 1 ? 0 : i == out - 1 ? size - 1 : i * ((size - 1.0) / (out - 1));
        }
        return Math.max(0, (i + 0.5) * ((double) size / out) - 0.5);
    }

    /** Source: spatial_transformer_grid.py. */
    private static Call grid(Dice dice) {
        NdArray theta = dice.normal(dice.between(1, 3), 2, 3);
        int[] shape = dice.sizes(2, 1, 5);
        return Call.of(theta, shape).gives(NdArray.of(new int[] {theta.size(0), 2, shape[0], shape[1]}, i -> {
            double y = shape[0] == 1 ? -1 : -1 + 2.0 * i[2] / (shape[0] - 1);
            double x = shape[1] == 1 ? -1 : -1 + 2.0 * i[3] / (shape[1] - 1);
            return theta.at(i[0], i[1], 0) * x + theta.at(i[0], i[1], 1) * y + theta.at(i[0], i[1], 2);
        }));
    }

    /** The image has a border of one pixel of 0, to which coordinates are clipped. Source: spatial_transformer_sampler.py, _forward. */
    private static Call sampler(Dice dice) {
        NdArray x = dice.normal(dice.between(1, 3), dice.between(1, 3), dice.between(1, 6), dice.between(1, 6));
        int h = x.size(2);
        int w = x.size(3);
        NdArray grid = dice.uniform(-1.8, 1.8, x.size(0), 2, dice.between(1, 5), dice.between(1, 5));
        NdArray padded = NdArray.of(
                new int[] {x.size(0), x.size(1), h + 2, w + 2},
                i -> i[2] == 0 || i[2] == h + 1 || i[3] == 0 || i[3] == w + 1
                        ? 0
                        : x.at(i[0], i[1], i[2] - 1, i[3] - 1));
        int[] shape = {x.size(0), x.size(1), grid.size(2), grid.size(3)};
        return Call.of(x, grid).gives(NdArray.of(shape, i -> {
            double u = (grid.at(i[0], 0, i[2], i[3]) + 1) * (w - 1) / 2 + 1;
            double v = (grid.at(i[0], 1, i[2], i[3]) + 1) * (h - 1) / 2 + 1;
            u = Math.max(0, Math.min(w + 1, u));
            v = Math.max(0, Math.min(h + 1, v));
            int u0 = (int) Math.min(w, Math.floor(u));
            int v0 = (int) Math.min(h, Math.floor(v));
            double right = u - u0;
            double below = v - v0;
            return (1 - right) * (1 - below) * padded.at(i[0], i[1], v0, u0)
                    + right * (1 - below) * padded.at(i[0], i[1], v0, u0 + 1)
                    + (1 - right) * below * padded.at(i[0], i[1], v0 + 1, u0)
                    + right * below * padded.at(i[0], i[1], v0 + 1, u0 + 1);
        }));
    }
}
