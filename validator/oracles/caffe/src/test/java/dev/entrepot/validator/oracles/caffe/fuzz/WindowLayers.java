package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Layers that slide a window of weights.
 *
 * <p>Source: caffe base_conv_layer.cpp, conv_layer.cpp, deconv_layer.cpp, im2col_layer.cpp.
 */
final class WindowLayers {

    private WindowLayers() {}

    static void convolution(Sketch sketch) {
        Blob bottom = sketch.bottom(3, 5);
        int axis = channelAxis(sketch.dice, bottom);
        Window window = Window.fitting(sketch.dice, bottom.part(axis + 1, bottom.rank()));
        int group = group(sketch.dice, bottom.dim(axis));
        int outputs = group * sketch.dice.between(1, 3);
        Message parameters = parameters(sketch, bottom, axis, window, group, outputs);
        connect(sketch, "Convolution", bottom, parameters, shape(bottom, axis, outputs, window, false));
    }

    static void deconvolution(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = dice.chance(75) ? sketch.bottom(4, 4) : sketch.bottom(3, 5);
        int axis = channelAxis(dice, bottom);
        Window window = Window.fitting(dice, bottom.part(axis + 1, bottom.rank()));
        for (int spatial = 0; spatial < window.pad().length; spatial++) {
            while (window.deconvolved(spatial, bottom.dim(axis + 1 + spatial)) < 1) {
                window.pad()[spatial]--;
            }
        }
        boolean perChannel = dice.chance(25);
        int group = perChannel ? bottom.dim(axis) : group(dice, bottom.dim(axis));
        int outputs = perChannel ? group : group * dice.between(1, 3);
        Message parameters = parameters(sketch, bottom, axis, window, group, outputs);
        connect(sketch, "Deconvolution", bottom, parameters, shape(bottom, axis, outputs, window, true));
    }

    static void im2col(Sketch sketch) {
        Blob bottom = sketch.bottom(3, 5);
        int axis = channelAxis(sketch.dice, bottom);
        Window window = Window.fitting(sketch.dice, bottom.part(axis + 1, bottom.rank()));
        var parameters = new Message();
        window.writeConvolution(sketch.dice, parameters);
        writeAxis(sketch.dice, parameters, bottom, axis);
        sketch.layer("Im2col", bottom)
                .with("convolution_param", parameters)
                .movedTop(shape(bottom, axis, bottom.dim(axis) * window.kernelCount(), window, false));
    }

    private static Message parameters(Sketch sketch, Blob bottom, int axis, Window window, int group, int outputs) {
        Dice dice = sketch.dice;
        var parameters = new Message().put("num_output", outputs);
        window.writeConvolution(dice, parameters);
        writeAxis(dice, parameters, bottom, axis);
        if (group > 1 || dice.chance(10)) {
            parameters.put("group", group);
        }
        if (dice.chance(40)) {
            parameters.put("bias_term", dice.chance(30));
        }
        if (dice.chance(10)) {
            parameters.put("engine", "CAFFE");
        }
        boolean square = window.kernel().length == 2 && window.kernel()[0] == window.kernel()[1];
        boolean bilinear = square && dice.chance(15);
        parameters.put(
                "weight_filler",
                bilinear ? new Message().text("type", "bilinear") : Fillers.weights(dice, bottom.rank() - axis + 1));
        return parameters.put("bias_filler", Fillers.around(dice, 0.1));
    }

    private static void writeAxis(Dice dice, Message parameters, Blob bottom, int axis) {
        if (axis != 1 || dice.chance(20)) {
            parameters.put("axis", dice.chance(50) ? axis : axis - bottom.rank());
        }
        if (dice.chance(20)) {
            parameters.put("force_nd_im2col", true);
        }
    }

    /** Mostly 1; axes before it are independent items. */
    private static int channelAxis(Dice dice, Blob bottom) {
        return dice.chance(80) || bottom.rank() == 3 ? 1 : dice.between(1, bottom.rank() - 2);
    }

    private static int group(Dice dice, int channels) {
        List<Integer> divisors = IntStream.rangeClosed(1, channels)
                .filter(number -> channels % number == 0)
                .boxed()
                .toList();
        return dice.chance(50) ? 1 : dice.oneOf(divisors);
    }

    private static int[] shape(Blob bottom, int axis, int channels, Window window, boolean backwards) {
        int[] shape = bottom.with(axis, channels);
        for (int spatial = 0; spatial < window.kernel().length; spatial++) {
            int size = bottom.dim(axis + 1 + spatial);
            shape[axis + 1 + spatial] = backwards ? window.deconvolved(spatial, size) : window.convolved(spatial, size);
        }
        return shape;
    }

    /** Sometimes the same weights go over two bottoms, with a top for each. */
    private static void connect(Sketch sketch, String type, Blob bottom, Message parameters, int[] shape) {
        var bottoms = new ArrayList<>(List.of(bottom));
        if (sketch.dice.chance(8)) {
            bottoms.add(sketch.alike(bottom));
        }
        Layer layer = sketch.layer(type, bottoms.toArray(Blob[]::new)).with("convolution_param", parameters);
        bottoms.forEach(each -> layer.top(shape));
    }
}
