package dev.entrepot.validator.oracles.caffe.fuzz;

/**
 * Layers that compute each element by itself.
 *
 * <p>Source: caffe relu_layer.cpp, prelu_layer.cpp, elu_layer.cpp, power_layer.cpp, exp_layer.cpp, log_layer.cpp, threshold_layer.cpp,
 * dropout_layer.cpp and caffe.proto.
 */
final class NeuronLayers {

    private NeuronLayers() {}

    /** A layer type without parameters. */
    static LayerKind plain(String type) {
        return sketch -> sketch.layer(type, bottom(sketch)).elementwiseTop();
    }

    /** Never in place: Caffe refuses that. */
    static void absVal(Sketch sketch) {
        Blob bottom = sketch.bottom(1, 5);
        sketch.layer("AbsVal", bottom).movedTop(bottom.shape());
    }

    static void relu(Sketch sketch) {
        Dice dice = sketch.dice;
        var parameters = new Message();
        boolean leaky = dice.chance(50);
        if (leaky) {
            parameters.put("negative_slope", dice.oneOf(0f, 0.01f, 0.1f, 1f, 1.5f, -0.3f));
        }
        if (dice.chance(20)) {
            parameters.put("engine", "CAFFE");
        }
        Layer layer = sketch.layer("ReLU", sketch.bottom(1, 5)).with("relu_param", parameters);
        if (leaky) {
            layer.elementwiseTop();
        } else {
            layer.exactElementwiseTop();
        }
    }

    static void prelu(Sketch sketch) {
        Dice dice = sketch.dice;
        var parameters = new Message();
        if (dice.chance(80)) {
            parameters.put("filler", Fillers.around(dice, 0.3));
        }
        if (dice.chance(40)) {
            parameters.put("channel_shared", dice.chance(70));
        }
        sketch.layer("PReLU", sketch.bottom(2, 4))
                .with("prelu_param", parameters)
                .elementwiseTop();
    }

    static void elu(Sketch sketch) {
        var parameters = new Message();
        if (sketch.dice.chance(70)) {
            parameters.put("alpha", sketch.dice.oneOf(0.1f, 0.5f, 1f, 2f));
        }
        sketch.layer("ELU", bottom(sketch)).with("elu_param", parameters).elementwiseTop();
    }

    /** y = (shift + scale x) ^ power; of a negative number and a fractional power that is no number. */
    static void power(Sketch sketch) {
        Dice dice = sketch.dice;
        var parameters = new Message();
        boolean whole = sketch.isNet() || dice.chance(60);
        if (dice.chance(80)) {
            parameters.put("power", whole ? dice.oneOf(0f, 1f, 2f, 3f) : dice.oneOf(0.5f, -1f, -2f, 1.7f, -0.5f));
        }
        affine(dice, parameters);
        Blob bottom = whole ? sketch.bottom(1, 5) : sketch.input(positive(dice), sketch.anyShape(dice.between(1, 5)));
        Blob top = sketch.layer("Power", bottom).with("power_param", parameters).elementwiseTop();
        if (!whole) {
            sketch.retire(top);
        }
    }

    /** y = base ^ (shift + scale x). */
    static void exp(Sketch sketch) {
        var parameters = new Message();
        base(sketch.dice, parameters);
        affine(sketch.dice, parameters);
        Blob top = sketch.layer("Exp", sketch.input(Values.NORMAL, sketch.anyShape(sketch.dice.between(1, 5))))
                .with("exp_param", parameters)
                .elementwiseTop();
        sketch.retire(top);
    }

    /** y = log_base(shift + scale x); of a negative number that is no number. */
    static void log(Sketch sketch) {
        var parameters = new Message();
        base(sketch.dice, parameters);
        affine(sketch.dice, parameters);
        Blob bottom = sketch.input(positive(sketch.dice), sketch.anyShape(sketch.dice.between(1, 5)));
        sketch.retire(sketch.layer("Log", bottom).with("log_param", parameters).elementwiseTop());
    }

    static void threshold(Sketch sketch) {
        var parameters = new Message();
        if (sketch.dice.chance(70)) {
            parameters.put("threshold", sketch.dice.oneOf(0f, 0.5f, -0.5f, 1f));
        }
        Values values = sketch.dice.chance(50) ? Values.TIED : Values.NORMAL;
        sketch.layer("Threshold", sketch.exactBottom(values, 1, 5))
                .with("threshold_param", parameters)
                .exactElementwiseTop();
    }

    static void dropout(Sketch sketch) {
        var parameters = new Message();
        if (sketch.dice.chance(70)) {
            parameters.put("dropout_ratio", sketch.dice.oneOf(0.1f, 0.5f, 0.9f));
        }
        sketch.layer("Dropout", sketch.bottom(1, 5))
                .with("dropout_param", parameters)
                .exactElementwiseTop();
    }

    /** Sometimes with values at which an exponential overflows or vanishes. */
    private static Blob bottom(Sketch sketch) {
        return !sketch.isNet() && sketch.dice.chance(25)
                ? sketch.input(Values.WIDE, sketch.anyShape(sketch.dice.between(1, 5)))
                : sketch.bottom(1, 5);
    }

    private static void affine(Dice dice, Message parameters) {
        if (dice.chance(60)) {
            parameters.put("scale", dice.oneOf(1f, -1f, 0.5f, 2f, 0f));
        }
        if (dice.chance(60)) {
            parameters.put("shift", dice.oneOf(0f, 1f, -1f, 0.25f));
        }
    }

    private static void base(Dice dice, Message parameters) {
        if (dice.chance(70)) {
            parameters.put("base", dice.oneOf(-1f, 2f, 10f, 0.5f));
        }
    }

    private static Values positive(Dice dice) {
        return dice.chance(75) ? Values.POSITIVE : Values.NORMAL;
    }
}
