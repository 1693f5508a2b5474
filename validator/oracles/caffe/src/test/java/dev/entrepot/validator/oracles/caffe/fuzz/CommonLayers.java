package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Layers that combine elements along axes, or blobs with each other.
 *
 * <p>Source: caffe inner_product_layer.cpp, embed_layer.cpp, batch_norm_layer.cpp, scale_layer.cpp, bias_layer.cpp, eltwise_layer.cpp,
 * softmax_layer.cpp, mvn_layer.cpp, argmax_layer.cpp, reduction_layer.cpp, axpy_layer.hpp.
 */
final class CommonLayers {

    private CommonLayers() {}

    static void innerProduct(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(1, 5);
        int axis = bottom.rank() == 1 ? 0 : dice.chance(60) ? 1 : dice.between(0, bottom.rank() - 1);
        int outputs = dice.between(1, 6);
        var parameters = new Message().put("num_output", outputs);
        Axes.write(dice, parameters, "axis", axis, bottom.rank(), 1);
        if (dice.chance(40)) {
            parameters.put("bias_term", dice.chance(30));
        }
        if (dice.chance(35)) {
            parameters.put("transpose", dice.chance(80));
        }
        parameters.put("weight_filler", Fillers.weights(dice, 2)).put("bias_filler", Fillers.around(dice, 0.1));
        int[] shape = Arrays.copyOf(bottom.shape(), axis + 1);
        shape[axis] = outputs;
        sketch.layer("InnerProduct", bottom)
                .with("inner_product_param", parameters)
                .top(shape);
    }

    /** Two layers with the same weights, by name. */
    static void sharedWeights(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob first = sketch.bottom(2, 4);
        int outputs = dice.between(1, 6);
        var parameters = new Message()
                .put("num_output", outputs)
                .put("weight_filler", Fillers.weights(dice, 2))
                .put("bias_filler", Fillers.around(dice, 0.1));
        String[] names = {
            "weight" + sketch.layers().size(), "bias" + sketch.layers().size()
        };
        for (Blob bottom : List.of(first, sketch.alike(first))) {
            sketch.layer("InnerProduct", bottom)
                    .sharing(names)
                    .with("inner_product_param", parameters)
                    .top(bottom.dim(0), outputs);
        }
    }

    static void embed(Sketch sketch) {
        Dice dice = sketch.dice;
        int words = dice.between(1, 9);
        int outputs = dice.between(1, 5);
        var parameters = new Message().put("num_output", outputs).put("input_dim", words);
        if (dice.chance(40)) {
            parameters.put("bias_term", dice.chance(30));
        }
        parameters.put("weight_filler", Fillers.weights(dice, 2)).put("bias_filler", Fillers.around(dice, 0.1));
        Blob bottom = sketch.input(Values.below(words), sketch.anyShape(dice.between(1, 3)));
        int[] shape = Arrays.copyOf(bottom.shape(), bottom.rank() + 1);
        shape[bottom.rank()] = outputs;
        sketch.layer("Embed", bottom).with("embed_param", parameters).top(shape);
    }

    /** Of a bottom with one axis Caffe's own check fails. */
    static void batchNorm(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(2, 5);
        var parameters = new Message();
        boolean ownStatistics = !sketch.isNet() && dice.chance(15);
        if (ownStatistics || dice.chance(15)) {
            parameters.put("use_global_stats", !ownStatistics);
        }
        if (ownStatistics) {
            // Of equal elements nothing but rounding errors is left, which a small eps makes large.
            parameters.put("eps", dice.oneOf(0.01f, 0.1f));
        } else if (dice.chance(50)) {
            parameters.put("eps", dice.oneOf(0.00001f, 0.001f, 0.1f));
        }
        if (dice.chance(20)) {
            parameters.put("moving_average_fraction", 0.95f);
        }
        int channels = bottom.dim(1);
        float factor = dice.oneOf(1f, 1f, 2.5f, 0f);
        sketch.layer("BatchNorm", bottom)
                .with("batch_norm_param", parameters)
                .weight(Values.NORMAL, channels)
                .weight(Values.POSITIVE, channels)
                .weight(ignored -> factor, 1)
                .elementwiseTop();
    }

    static void scale(Sketch sketch) {
        Dice dice = sketch.dice;
        var parameters = new Message();
        boolean biased = dice.chance(50);
        if (biased || dice.chance(20)) {
            parameters.put("bias_term", biased);
        }
        if (biased) {
            parameters.put("bias_filler", Fillers.around(dice, 0.2));
        }
        affine(sketch, "Scale", "scale_param", parameters, 1);
    }

    static void bias(Sketch sketch) {
        affine(sketch, "Bias", "bias_param", new Message(), 0);
    }

    private static void affine(Sketch sketch, String type, String field, Message parameters, double mean) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(1, 5);
        int axis = bottom.rank() == 1 ? 0 : dice.chance(60) ? 1 : dice.between(0, bottom.rank() - 1);
        int axes = dice.chance(50) ? 1 : dice.between(0, bottom.rank() - axis);
        Axes.write(dice, parameters, "axis", axis, bottom.rank(), 1);
        if (dice.chance(30)) {
            Blob factor = sketch.input(Values.NORMAL, bottom.part(axis, axis + axes));
            sketch.layer(type, bottom, factor).with(field, parameters).elementwiseTop();
            return;
        }
        boolean toTheEnd = axis + axes == bottom.rank() && dice.chance(50);
        if (axes != 1 || toTheEnd || dice.chance(30)) {
            parameters.put("num_axes", toTheEnd ? -1 : axes);
        }
        parameters.put("filler", Fillers.around(dice, mean));
        sketch.layer(type, bottom).with(field, parameters).elementwiseTop();
    }

    static void eltwise(Sketch sketch) {
        Dice dice = sketch.dice;
        var bottoms = new ArrayList<>(List.of(sketch.bottom(1, 5)));
        for (int count = dice.oneOf(2, 2, 2, 3, 4); bottoms.size() < count; ) {
            bottoms.add(dice.chance(10) ? bottoms.get(0) : sketch.alike(bottoms.get(0)));
        }
        var parameters = new Message();
        String operation = dice.oneOf("SUM", "SUM", "PROD", "MAX");
        if (!operation.equals("SUM") || dice.chance(40)) {
            parameters.put("operation", operation);
        }
        if (operation.equals("SUM") && dice.chance(60)) {
            bottoms.forEach(bottom -> parameters.put("coeff", dice.oneOf(1f, -1f, 0.5f, 2f, 0f)));
        }
        if (dice.chance(10)) {
            parameters.put("stable_prod_grad", false);
        }
        Layer layer = sketch.layer("Eltwise", bottoms.toArray(Blob[]::new)).with("eltwise_param", parameters);
        int[] shape = bottoms.get(0).shape();
        if (operation.equals("MAX")) {
            layer.movedTop(shape);
        } else {
            layer.top(shape);
        }
    }

    static void softmax(Sketch sketch) {
        var parameters = new Message();
        Blob bottom = sketch.isNet() || sketch.dice.chance(80)
                ? sketch.bottom(1, 5)
                : sketch.input(Values.WIDE, sketch.anyShape(sketch.dice.between(1, 5)));
        int axis = bottom.rank() == 1 ? 0 : sketch.dice.chance(50) ? 1 : sketch.dice.between(0, bottom.rank() - 1);
        Axes.write(sketch.dice, parameters, "axis", axis, bottom.rank(), 1);
        sketch.layer("Softmax", bottom).with("softmax_param", parameters).elementwiseTop();
    }

    /** The top has four axes whatever the bottom has. A lone element has no variance: it is divided by eps, a rounding error too. */
    static void mvn(Sketch sketch) {
        Dice dice = sketch.dice;
        var parameters = new Message();
        if (dice.chance(40)) {
            parameters.put("normalize_variance", dice.chance(30));
        }
        if (dice.chance(50)) {
            parameters.put("across_channels", dice.chance(80));
        }
        if (dice.chance(60)) {
            parameters.put("eps", dice.oneOf(0.000000001f, 0.01f, 0.1f, 0.5f));
        }
        int rank = dice.chance(70) ? 4 : dice.between(1, 3);
        int[] sizes = sketch.anyShape(rank);
        if (rank > 2) {
            sizes[rank - 1] = Math.max(2, sizes[rank - 1]);
        } else {
            parameters = new Message().put("normalize_variance", false).put("across_channels", dice.chance(50));
        }
        int[] shape = {1, 1, 1, 1};
        System.arraycopy(sizes, 0, shape, 0, rank);
        sketch.layer("MVN", sketch.input(Values.NORMAL, sizes))
                .with("mvn_param", parameters)
                .top(shape);
    }

    /** Of equal values Caffe takes the last; with an axis, {@code out_max_val} gives values instead of indices. */
    static void argMax(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.exactBottom(dice.chance(40) ? Values.TIED : Values.NORMAL, 1, 5);
        var parameters = new Message();
        boolean valued = dice.chance(50);
        if (valued || dice.chance(20)) {
            parameters.put("out_max_val", valued);
        }
        int[] shape;
        boolean along = dice.chance(60);
        int axis = dice.between(0, bottom.rank() - 1);
        int top = dice.chance(50) ? 1 : dice.between(1, along ? bottom.dim(axis) : bottom.count(1, bottom.rank()));
        if (along) {
            Axes.write(dice, parameters, "axis", axis, bottom.rank(), Axes.NEVER_LEFT_OUT);
            shape = bottom.with(axis, top);
        } else {
            shape = new int[Math.max(3, bottom.rank())];
            Arrays.fill(shape, 1);
            shape[0] = bottom.dim(0);
            shape[1] = valued ? 2 : 1;
            shape[2] = top;
        }
        if (top > 1 || dice.chance(20)) {
            parameters.put("top_k", top);
        }
        sketch.layer("ArgMax", bottom).with("argmax_param", parameters).movedTop(shape);
    }

    static void reduction(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(1, 5);
        var parameters = new Message();
        if (dice.chance(80)) {
            parameters.put("operation", dice.oneOf("SUM", "ASUM", "SUMSQ", "MEAN"));
        }
        if (dice.chance(50)) {
            parameters.put("coeff", dice.oneOf(1f, 0.5f, -2f, 0f));
        }
        int axis = dice.chance(30) ? 0 : dice.between(0, bottom.rank() - 1);
        Axes.write(dice, parameters, "axis", axis, bottom.rank(), 0);
        sketch.layer("Reduction", bottom).with("reduction_param", parameters).top(bottom.part(0, axis));
    }

    /** y = a x + b with a factor per item and channel; of a fork, and in this build of Caffe. */
    static void axpy(Sketch sketch) {
        Blob bottom = sketch.bottom(4, 4);
        int[] factors = sketch.dice.chance(50)
                ? new int[] {bottom.dim(0), bottom.dim(1)}
                : new int[] {bottom.dim(0), bottom.dim(1), 1, 1};
        Blob factor = sketch.input(Values.NORMAL, factors);
        sketch.layer("Axpy", factor, bottom, sketch.alike(bottom)).top(bottom.shape());
    }
}
