package dev.entrepot.importers.chainer.functions.losses;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.refuse;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** Losses of numbers against numbers; those of classes are {@link ClassLosses}. Source: chainer/functions/loss. */
public final class Losses {

    private static final String TRAINING =
            "is a loss of training over words drawn at random; export what comes before it";

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("absolute_error(x0, x1)", call -> call.add("Abs", difference(call, "x0", "x1"))),
            one("bernoulli_nll(x, y, reduce='sum')", Losses::bernoulliNll),
            refuse("black_out(x, t, W, samples, reduce='mean')", TRAINING),
            refuse(
                    "connectionist_temporal_classification(x, t, blank_symbol, input_length=None, label_length=None, reduce='mean')",
                    "is a loss of training, a sum over all alignments of each label; export what comes before it"),
            one("contrastive(x0, x1, y, margin=1, reduce='mean')", Losses::contrastive),
            one("cross_covariance(y, z, reduce='half_squared_sum')", Losses::crossCovariance),
            one("decov(h, reduce='half_squared_sum')", Losses::decov),
            refuse(
                    "discriminative_margin_based_clustering_loss(embeddings, labels, delta_v, delta_d, max_embedding_dim, norm=1, alpha=1.0,"
                            + " beta=1.0, gamma=0.001)",
                    "is a loss of training, whose formula holds for batches of max_embedding_dim images only; export what comes before it"),
            one("gaussian_kl_divergence(mean, ln_var, reduce='sum')", Losses::gaussianKlDivergence),
            one("gaussian_nll(x, mean, ln_var, reduce='sum')", Losses::gaussianNll),
            one("huber_loss(x, t, delta, reduce='sum_along_second_axis')", Losses::huberLoss),
            one("mean_absolute_error(x0, x1)", call -> mean(call, call.add("Abs", difference(call, "x0", "x1")))),
            one("mean_squared_error(x0, x1)", call -> mean(call, squared(call, difference(call, "x0", "x1")))),
            refuse("negative_sampling(x, t, W, sampler, sample_size, reduce='sum', *, return_samples=False)", TRAINING),
            one("squared_difference(x1, x2)", call -> squared(call, difference(call, "x1", "x2"))),
            one("squared_error(x0, x1)", call -> squared(call, difference(call, "x0", "x1"))),
            one("triplet(anchor, positive, negative, margin=0.2, reduce='mean')", Losses::triplet));
    // spotless:on

    private Losses() {}

    // --- what losses are made of

    private static Value difference(FunctionCall call, String left, String right) {
        return call.add("Sub", call.value(left), call.value(right));
    }

    static Value squared(FunctionCall call, Value value) {
        return call.add("Mul", value, value);
    }

    private static Value times(FunctionCall call, Value value, Number factor) {
        return call.add("Mul", value, call.scalarLike(factor, value));
    }

    /** The sum over these axes, which go. */
    static Value sum(FunctionCall call, Value value, long... axes) {
        return axes.length == 0 ? value : call.add("ReduceSum", Attributes.of("keepdims", 0), value, call.vector(axes));
    }

    /** The sum of all elements. */
    static Value sum(FunctionCall call, Value value) {
        return sum(call, value, LongStream.range(0, call.rank(value)).toArray());
    }

    /** The mean of all elements. */
    static Value mean(FunctionCall call, Value value) {
        return call.add("ReduceMean", Attributes.of("keepdims", 0), value);
    }

    /** The sum of all elements over the size of the first axis. */
    static Value meanOfBatch(FunctionCall call, Value value) {
        return mean(call, sum(call, value, LongStream.range(1, call.rank(value)).toArray()));
    }

    /** The size of the first axis as a scalar of the value's type. */
    private static Value batch(FunctionCall call, Value value) {
        return call.size(value, 0).isNumber()
                ? call.scalarLike(call.knownSize(value, 0), value)
                : call.cast(call.squeeze(call.vector(List.of(call.size(value, 0))), 0), value.dataType());
    }

    /** The sum, the mean or all of the elements, as {@code reduce} says. */
    private static Value reduced(FunctionCall call, Value losses) {
        return switch (call.text("reduce")) {
            case "sum" -> sum(call, losses);
            case "mean" -> mean(call, losses);
            case "no" -> losses;
            default -> throw unknownReduce(call, "'sum', 'mean' or 'no'");
        };
    }

    /** The mean over the batch, or all of the elements, as {@code reduce} says. */
    static Value reducedToMean(FunctionCall call, Value losses) {
        return switch (call.text("reduce")) {
            case "mean" -> meanOfBatch(call, losses);
            case "no" -> losses;
            default -> throw unknownReduce(call, "'mean' or 'no'");
        };
    }

    static RuntimeException unknownReduce(FunctionCall call, String expected) {
        return call.malformed("reduce is " + call.get("reduce").sort() + ", expected " + expected);
    }

    // --- of variational autoencoders, vae.py

    /** {@code softplus(y) - x y}. */
    private static Value bernoulliNll(FunctionCall call) {
        Value logits = call.value("y");
        Value product = call.add("Mul", call.value("x"), logits);
        // log(1 + exp(y)) is computed without overflow, as Chainer does it.
        Value small = call.add("Exp", call.add("Neg", call.add("Abs", logits)));
        Value softplus = call.add(
                "Add", call.add("Relu", logits), call.add("Log", call.add("Add", small, call.scalarLike(1, logits))));
        return reduced(call, call.add("Sub", softplus, product));
    }

    /** {@code (mean^2 + var - ln_var - 1) / 2}. */
    private static Value gaussianKlDivergence(FunctionCall call) {
        Value logVariance = call.value("ln_var");
        Value sum = call.add("Add", squared(call, call.value("mean")), call.add("Exp", logVariance));
        Value rest = call.add("Sub", call.add("Sub", sum, logVariance), call.scalarLike(1, sum));
        return reduced(call, times(call, rest, 0.5));
    }

    /** {@code (ln_var + log(2 pi)) / 2 + (x - mean)^2 exp(-ln_var) / 2}. */
    private static Value gaussianNll(FunctionCall call) {
        Value logVariance = call.value("ln_var");
        Value distance = squared(call, difference(call, "x", "mean"));
        Value scaled = call.add("Mul", distance, call.add("Exp", call.add("Neg", logVariance)));
        Value constant = call.scalarLike(Math.log(2 * Math.PI), logVariance);
        Value sum = call.add("Add", call.add("Add", logVariance, constant), scaled);
        return reduced(call, times(call, sum, 0.5));
    }

    // --- of distances

    /** Half the square up to {@code delta}, straight beyond. Source: huber_loss.py. */
    private static Value huberLoss(FunctionCall call) {
        double delta = call.real("delta");
        Value distance = call.add("Abs", difference(call, "x", "t"));
        Value square = squared(call, distance);
        Value bound = call.scalarLike(delta * delta, distance);
        Value straight = call.add("Sub", times(call, distance, 2 * delta), bound);
        Value least = call.add("Min", square, call.add("Max", straight, bound));
        Value losses = times(call, least, 0.5);
        return switch (call.text("reduce")) {
            case "sum_along_second_axis" -> sum(call, losses, 1);
            case "no" -> losses;
            default -> throw unknownReduce(call, "'sum_along_second_axis' or 'no'");
        };
    }

    /** The square of the distance where y is 1, of what it lacks of {@code margin} where y is 0. Source: contrastive.py. */
    private static Value contrastive(FunctionCall call) {
        Value square = sum(call, squared(call, difference(call, "x0", "x1")), 1);
        Value same = call.value("y", square.dataType());
        Value one = call.scalarLike(1, square);
        Value missing = call.add(
                "Relu", call.add("Sub", call.scalarLike(call.real("margin"), square), call.add("Sqrt", square)));
        Value losses = call.add(
                "Add",
                call.add("Mul", same, square),
                call.add("Mul", call.add("Sub", one, same), squared(call, missing)));
        return reducedToMean(call, times(call, losses, 0.5));
    }

    /** Source: triplet.py. */
    private static Value triplet(FunctionCall call) {
        Value near = squared(call, difference(call, "anchor", "positive"));
        Value far = squared(call, difference(call, "anchor", "negative"));
        Value distance = sum(call, call.add("Sub", near, far), 1);
        Value hinge = call.add("Relu", call.add("Add", distance, call.scalarLike(call.real("margin"), distance)));
        return reducedToMean(call, hinge);
    }

    // --- of covariances

    /** Source: cross_covariance.py. */
    private static Value crossCovariance(FunctionCall call) {
        return squaredSum(call, covariance(call, call.value("y"), call.value("z")));
    }

    /** The covariances of different features. Source: decov.py. */
    private static Value decov(FunctionCall call) {
        Value h = call.value("h");
        int features = Math.toIntExact(call.knownSize(h, 1));
        float[] others = new float[Math.multiplyExact(features, features)];
        for (int i = 0; i < others.length; i++) {
            others[i] = i % (features + 1) == 0 ? 0 : 1;
        }
        Value mask = call.constant(Tensor.of(Shape.of(features, features), others));
        return squaredSum(call, call.add("Mul", covariance(call, h, h), call.cast(mask, h.dataType())));
    }

    private static Value covariance(FunctionCall call, Value left, Value right) {
        Value product = call.add("MatMul", call.transpose(centered(call, left), 1, 0), centered(call, right));
        return call.add("Div", product, batch(call, left));
    }

    private static Value centered(FunctionCall call, Value value) {
        return call.add("Sub", value, call.add("ReduceMean", value, call.vector(0)));
    }

    private static Value squaredSum(FunctionCall call, Value covariance) {
        return switch (call.text("reduce")) {
            case "half_squared_sum" -> times(call, sum(call, squared(call, covariance)), 0.5);
            case "no" -> covariance;
            default -> throw unknownReduce(call, "'half_squared_sum' or 'no'");
        };
    }

    /** Sums of float16 are made in float32. */
    static DataType sumType(Value value) {
        return value.dataType() == DataType.FLOAT16 ? DataType.FLOAT : value.dataType();
    }
}
