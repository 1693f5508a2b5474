package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.Arrays;

/**
 * Pooling in all its forms, the spatial pyramid and the local response.
 *
 * <p>Source: caffe pooling_layer.cpp, spp_layer.cpp, lrn_layer.cpp.
 */
final class PoolingLayers {

    private PoolingLayers() {}

    static void pooling(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom =
                sketch.isNet() || dice.chance(75) ? sketch.bottom(4, 4) : sketch.input(Values.TIED, sketch.anyShape(4));
        var parameters = new Message();
        boolean max = writeMethod(dice, parameters);
        int[] shape;
        if (dice.chance(12)) {
            parameters.put("global_pooling", true);
            shape = new int[] {bottom.dim(0), bottom.dim(1), 1, 1};
        } else {
            Window window = window(sketch, bottom);
            window.writePooling(dice, parameters);
            shape = shape(bottom, window);
        }
        if (dice.chance(10)) {
            parameters.put("engine", "CAFFE");
        }
        Layer layer = sketch.layer("Pooling", bottom).with("pooling_param", parameters);
        if (!max) {
            layer.top(shape);
            return;
        }
        layer.movedTop(shape);
        if (dice.chance(10)) {
            sketch.retire(layer.top(shape));
        }
    }

    /** Kernels of 1 to 5, strides of 1 to 4, pads below the kernel, bottoms of 5 to 17: also windows that lie wholly outside the bottom. */
    static void ofRanges(Sketch sketch, String method) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.input(Values.NORMAL, 1, 2, dice.between(5, 17), dice.between(5, 17));
        Window window = window(sketch, bottom);
        var parameters = new Message().put("pool", method);
        window.writePooling(dice, parameters);
        sketch.layer("Pooling", bottom).with("pooling_param", parameters).top(shape(bottom, window));
    }

    static void spp(Sketch sketch) {
        Blob bottom = sketch.bottom(4, 4);
        var parameters = new Message();
        boolean max = sketch.dice.chance(60);
        if (!max || sketch.dice.chance(50)) {
            parameters.put("pool", max ? "MAX" : "AVE");
        }
        int height = highestPyramid(bottom, sketch.dice.between(1, 4));
        parameters.put("pyramid_height", height);
        Layer layer = sketch.layer("SPP", bottom).with("spp_param", parameters);
        int[] shape = height == 1
                ? new int[] {bottom.dim(0), bottom.dim(1), 1, 1}
                : new int[] {bottom.dim(0), bottom.dim(1) * bins(bottom, height)};
        if (max) {
            layer.movedTop(shape);
        } else {
            layer.top(shape);
        }
    }

    static void lrn(Sketch sketch) {
        Dice dice = sketch.dice;
        var parameters = new Message();
        if (dice.chance(80)) {
            parameters.put("local_size", dice.oneOf(1, 3, 5, 7));
        }
        if (dice.chance(80)) {
            parameters.put("alpha", dice.oneOf(0.0001f, 0.01f, 0.5f, 2f));
        }
        if (dice.chance(70)) {
            parameters.put("beta", dice.oneOf(0.75f, 0.5f, 1f, 0.3f));
        }
        if (dice.chance(50)) {
            parameters.put("k", dice.oneOf(1f, 2f, 0.5f));
        }
        if (dice.chance(60)) {
            parameters.put("norm_region", dice.oneOf("ACROSS_CHANNELS", "WITHIN_CHANNEL"));
        }
        if (dice.chance(10)) {
            parameters.put("engine", "CAFFE");
        }
        Blob bottom = sketch.bottom(4, 4);
        sketch.layer("LRN", bottom).with("lrn_param", parameters).top(bottom.shape());
    }

    private static boolean writeMethod(Dice dice, Message parameters) {
        boolean max = dice.chance(50);
        if (!max || dice.chance(50)) {
            parameters.put("pool", max ? "MAX" : "AVE");
        }
        return max;
    }

    /** Pads smaller than the kernel. In a net, no window that lies wholly outside the input: its value is no number. */
    private static Window window(Sketch sketch, Blob bottom) {
        Dice dice = sketch.dice;
        int[] sizes = bottom.part(2, 4);
        boolean square = dice.chance(50);
        while (true) {
            int[] kernel = each(dice, square, 1, 5);
            int[] stride = each(dice, square, 1, 4);
            int[] pad = dice.chance(40) ? new int[2] : each(dice, square, 0, 3);
            var window = new Window(kernel, stride, pad, new int[] {1, 1});
            boolean padded = pad[0] < kernel[0] && pad[1] < kernel[1];
            // Caffe rounds up, so a kernel may be larger than what it slides over, by less than a stride.
            boolean fits =
                    kernel[0] < sizes[0] + 2 * pad[0] + stride[0] && kernel[1] < sizes[1] + 2 * pad[1] + stride[1];
            boolean inside = !sketch.isNet() || stride[0] <= kernel[0] && stride[1] <= kernel[1];
            if (padded && fits && inside) {
                return window;
            }
        }
    }

    private static int[] each(Dice dice, boolean same, int low, int high) {
        int first = dice.between(low, high);
        return new int[] {first, same ? first : dice.between(low, high)};
    }

    private static int[] shape(Blob bottom, Window window) {
        boolean padded = Arrays.stream(window.pad()).anyMatch(pad -> pad > 0);
        return new int[] {
            bottom.dim(0),
            bottom.dim(1),
            pooled(window, 0, bottom.dim(2), padded),
            pooled(window, 1, bottom.dim(3), padded)
        };
    }

    private static int pooled(Window window, int axis, int size, boolean padded) {
        int stride = window.stride()[axis];
        int windows = ceilDiv(size + 2 * window.pad()[axis] - window.kernel()[axis], stride) + 1;
        return padded && (windows - 1) * stride >= size + window.pad()[axis] ? windows - 1 : windows;
    }

    private static int highestPyramid(Blob bottom, int wanted) {
        int height = wanted;
        while (height > 1 && !allowed(level(bottom, height - 1))) {
            height--;
        }
        return height;
    }

    private static boolean allowed(Window window) {
        return window.pad()[0] < window.kernel()[0] && window.pad()[1] < window.kernel()[1];
    }

    private static int bins(Blob bottom, int height) {
        int bins = 0;
        for (int level = 0; level < height; level++) {
            int[] shape = shape(bottom, level(bottom, level));
            bins += shape[2] * shape[3];
        }
        return bins;
    }

    private static Window level(Blob bottom, int level) {
        int bins = 1 << level;
        int[] kernel = {ceilDiv(bottom.dim(2), bins), ceilDiv(bottom.dim(3), bins)};
        int[] pad = {(kernel[0] * bins - bottom.dim(2) + 1) / 2, (kernel[1] * bins - bottom.dim(3) + 1) / 2};
        return new Window(kernel, kernel, pad, new int[] {1, 1});
    }

    private static int ceilDiv(int dividend, int divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }
}
