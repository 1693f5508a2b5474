package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.List;

/** Pooling over regions of interest, region by region and bin by bin. Source: chainer/functions/pooling. */
final class RoiTellings {

    static final List<Telling> ALL = List.of(
            new Telling("roi_average_align_2d", dice -> aligned(dice, false)),
            new Telling("roi_average_pooling_2d", dice -> pooled(dice, false)),
            new Telling("roi_max_align_2d", dice -> aligned(dice, true)),
            new Telling("roi_max_pooling_2d", dice -> pooled(dice, true)),
            new Telling("roi_pooling_2d", RoiTellings::old));

    private RoiTellings() {}

    /** An image and regions in it, and about it: batch index, y and x of two corners. */
    private record Scene(NdArray x, NdArray corners, NdArray indices, double scale, int[] outsize) {
        static Scene drawn(Dice dice) {
            NdArray x = dice.normal(dice.between(1, 3), dice.between(1, 3), dice.between(4, 9), dice.between(4, 9));
            double scale = dice.oneOf(1.0, 0.5, 0.25);
            int count = dice.between(1, 4);
            NdArray corners = NdArray.of(new int[] {count, 4}, index -> 0);
            for (int i = 0; i < count; i++) {
                for (int axis = 0; axis < 2; axis++) {
                    double low = dice.uniform(-2 / scale, (x.size(2 + axis) - 1) / scale);
                    corners.set(low, i, axis);
                    corners.set((float) (low + dice.uniform(0, x.size(2 + axis) / scale)), i, axis + 2);
                }
            }
            return new Scene(x, corners, dice.wholes(0, x.size(0) - 1, count), scale, dice.sizes(2, 1, 4));
        }

        NdArray pooled(Bin bin) {
            int[] shape = {corners.size(0), x.size(1), outsize[0], outsize[1]};
            return NdArray.of(shape, index -> bin.of((int) indices.at(index[0]), index));
        }
    }

    private interface Bin {
        double of(int image, int[] index);
    }

    /** Python's round: half to even. */
    private static int round(double value) {
        return (int) Math.rint(value);
    }

    /** Source: roi_max_pooling_2d.py and roi_average_pooling_2d.py, forward_cpu. */
    private static Call pooled(Dice dice, boolean isMax) {
        Scene scene = Scene.drawn(dice);
        NdArray y = scene.pooled((image, index) -> {
            int[][] range = new int[2][];
            for (int axis = 0; axis < 2; axis++) {
                int low = round((float) (scene.corners.at(index[0], axis) * scene.scale));
                int high = round((float) (scene.corners.at(index[0], axis + 2) * scene.scale));
                range[axis] = slice(
                        index[2 + axis],
                        1.0 * Math.max(high - low, 1) / scene.outsize[axis],
                        scene.x.size(2 + axis),
                        low);
            }
            return over(scene.x, image, index[1], range, isMax, isMax ? Double.NEGATIVE_INFINITY : 0);
        });
        return Call.of(scene.x, scene.corners, scene.indices, scene.outsize, scene.scale)
                .gives(y);
    }

    /** Source: roi_max_pooling_2d.py, _roi_pooling_slice. */
    private static int[] slice(int bin, double stride, int most, int offset) {
        int start = (int) Math.floor(bin * stride) + offset;
        int end = (int) Math.ceil((bin + 1) * stride) + offset;
        return new int[] {Math.min(Math.max(start, 0), most), Math.min(Math.max(end, 0), most)};
    }

    private static double over(NdArray x, int image, int channel, int[][] range, boolean isMax, double empty) {
        double sum = 0;
        double largest = Double.NEGATIVE_INFINITY;
        int count = 0;
        for (int i = range[0][0]; i < range[0][1]; i++) {
            for (int j = range[1][0]; j < range[1][1]; j++) {
                double value = x.at(image, channel, i, j);
                sum += value;
                largest = Math.max(largest, value);
                count++;
            }
        }
        return count == 0 ? empty : isMax ? largest : sum / count;
    }

    /** Regions as Fast R-CNN has them: image, x, y, x, y, both corners included. Source: roi_pooling_2d.py, forward_cpu. */
    private static Call old(Dice dice) {
        Scene scene = Scene.drawn(dice);
        NdArray corners = scene.corners;
        NdArray rois = NdArray.of(
                new int[] {corners.size(0), 5},
                index -> index[1] == 0
                        ? scene.indices.at(index[0])
                        : corners.at(index[0], new int[] {1, 0, 3, 2}[index[1] - 1]));
        NdArray y = scene.pooled((image, index) -> {
            int[][] range = new int[2][];
            for (int axis = 0; axis < 2; axis++) {
                int low = round((float) (corners.at(index[0], axis) * scene.scale));
                int high = round((float) (corners.at(index[0], axis + 2) * scene.scale));
                range[axis] = slice(
                        index[2 + axis],
                        1.0 * Math.max(high - low + 1, 1) / scene.outsize[axis],
                        scene.x.size(2 + axis),
                        low);
            }
            return over(scene.x, image, index[1], range, true, 0);
        });
        return Call.of(scene.x, rois, scene.outsize[0], scene.outsize[1], scene.scale)
                .gives(y);
    }

    /** Source: roi_average_align_2d.py and roi_max_align_2d.py, forward_cpu. */
    private static Call aligned(Dice dice, boolean isMax) {
        Scene scene = Scene.drawn(dice);
        boolean told = isMax || dice.chance(60);
        int[] ratio = dice.chance(50) ? new int[] {2, 2} : dice.sizes(2, 1, 3);
        NdArray y = scene.pooled((image, index) -> {
            double[] start = new double[2];
            double[] bin = new double[2];
            int[] grid = new int[2];
            for (int axis = 0; axis < 2; axis++) {
                start[axis] = scene.corners.at(index[0], axis) * scene.scale;
                double size = Math.max(scene.corners.at(index[0], axis + 2) * scene.scale - start[axis], 1);
                bin[axis] = size / scene.outsize[axis];
                grid[axis] = told ? ratio[axis] : (int) Math.ceil(size / scene.outsize[axis]);
            }
            double sum = 0;
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < grid[0]; i++) {
                for (int j = 0; j < grid[1]; j++) {
                    double row = start[0] + index[2] * bin[0] + (i + 0.5) * bin[0] / grid[0];
                    double column = start[1] + index[3] * bin[1] + (j + 0.5) * bin[1] / grid[1];
                    if (row < -1 || row > scene.x.size(2) || column < -1 || column > scene.x.size(3)) {
                        continue;
                    }
                    double sample = between(scene.x, image, index[1], row, column);
                    sum += sample;
                    largest = Math.max(largest, sample);
                }
            }
            return isMax ? largest : sum / (grid[0] * grid[1]);
        });
        Call call = Call.of(scene.x, scene.corners, scene.indices, scene.outsize, scene.scale);
        return (told ? call.with("sampling_ratio", ratio) : call).gives(y);
    }

    /** A place between pixels, moved into the image where it lies within one pixel of it. */
    private static double between(NdArray x, int image, int channel, double row, double column) {
        double y = Math.min(Math.max(row, 0), x.size(2) - 1);
        double z = Math.min(Math.max(column, 0), x.size(3) - 1);
        int top = Math.min((int) Math.floor(y), x.size(2) - 2);
        int left = Math.min((int) Math.floor(z), x.size(3) - 2);
        double down = y - top;
        double across = z - left;
        return (1 - down) * (1 - across) * x.at(image, channel, top, left)
                + (1 - down) * across * x.at(image, channel, top, left + 1)
                + down * (1 - across) * x.at(image, channel, top + 1, left)
                + down * across * x.at(image, channel, top + 1, left + 1);
    }
}
