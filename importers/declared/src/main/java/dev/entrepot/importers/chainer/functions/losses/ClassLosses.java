package dev.entrepot.importers.chainer.functions.losses;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Losses of scores [N, C, ...] against the numbers of classes [N, ...]. Source: chainer/functions/loss. */
public final class ClassLosses {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("hinge(x, t, norm='L1', reduce='mean')", ClassLosses::hinge),
            one("sigmoid_cross_entropy(x, t, normalize=True, reduce='mean')", ClassLosses::sigmoidCrossEntropy),
            one(
                    "softmax_cross_entropy(x, t, normalize=True, cache_score=True, class_weight=None, ignore_label=-1, reduce='mean',"
                            + " enable_double_backprop=False, soft_target_loss='cross-entropy')",
                    ClassLosses::softmaxCrossEntropy));
    // spotless:on

    private ClassLosses() {}

    /** Numbers of classes in a type that gathers. */
    static Value classes(FunctionCall call, Value labels) {
        boolean gathers = labels.dataType() == DataType.INT32 || labels.dataType() == DataType.INT64;
        return gathers ? labels : call.cast(labels, DataType.INT64);
    }

    /** The elements [N, ...] of [N, C, ...] that stand at the places [N, ...] along axis 1. */
    static Value picked(FunctionCall call, Value value, Value places) {
        Value element = call.add("GatherElements", Attributes.of("axis", 1), value, call.unsqueeze(places, 1));
        return call.squeeze(element, 1);
    }

    /** The numbers 0 to {@code count - 1} in the type of the labels. */
    static Value range(FunctionCall call, long count, Value labels) {
        return call.cast(call.vector(LongStream.range(0, count).toArray()), labels.dataType());
    }

    /** An element that counts keeps its loss, which class weights multiply and no mean divides by. Source: softmax_cross_entropy.py. */
    private static Value softmaxCrossEntropy(FunctionCall call) {
        Value x = call.value("x");
        Value labels = call.value("t");
        Value scores = call.add("LogSoftmax", Attributes.of("axis", 1), x);
        if (call.rank(labels) == call.rank(x) && labels.dataType().isFloatingPoint()) {
            return ofProbabilities(call, x, scores, labels);
        }
        if (call.has("class_weight")) {
            Value weights = call.value("class_weight", x.dataType());
            long[] behind = LongStream.range(1, call.rank(x) - 1).toArray();
            scores = call.add("Mul", scores, call.unsqueeze(weights, behind));
        }
        Value places = classes(call, labels);
        Value ignored = call.add("Equal", places, call.scalarLike(call.whole("ignore_label"), places));
        Value wanted = call.add("Where", ignored, call.scalarLike(0, places), places);
        Value losses = call.add("Neg", picked(call, scores, wanted));
        Value counted = call.add("Where", ignored, call.scalarLike(0, losses), losses);
        return switch (call.text("reduce")) {
            case "no" -> counted;
            case "mean" -> call.cast(mean(call, counted, ignored), x.dataType());
            default -> throw Losses.unknownReduce(call, "'mean' or 'no'");
        };
    }

    /** The sum over the number of elements that count, at least 1, or over the size of the batch. */
    private static Value mean(FunctionCall call, Value losses, Value ignored) {
        Value wide = call.cast(losses, Losses.sumType(losses));
        return call.flag("normalize")
                ? call.add("Div", Losses.sum(call, wide), atLeastOne(call, ignored, wide))
                : Losses.meanOfBatch(call, wide);
    }

    /** The number of elements that are not ignored, at least 1, in the type of the value. */
    private static Value atLeastOne(FunctionCall call, Value ignored, Value value) {
        Value counting = call.cast(call.add("Not", ignored), value.dataType());
        return call.add("Max", Losses.sum(call, counting), call.scalarLike(1, value));
    }

    private static Value ofProbabilities(FunctionCall call, Value x, Value scores, Value target) {
        Value losses;
        if (call.text("soft_target_loss").equals("kl-divergence")) {
            Value log = call.add("Log", call.add("Add", target, call.scalarLike(1e-7, target)));
            losses = Losses.sum(call, call.add("Mul", target, call.add("Sub", log, scores)), 1);
        } else {
            losses = call.add("Neg", Losses.sum(call, call.add("Mul", target, scores), 1));
        }
        return switch (call.text("reduce")) {
            case "no" -> losses;
            case "mean" -> call.cast(Losses.mean(call, losses), x.dataType());
            default -> throw Losses.unknownReduce(call, "'mean' or 'no'");
        };
    }

    /** {@code log(1 + exp(-|x|)) - x (t - [x >= 0])}; a label -1 does not count. Source: sigmoid_cross_entropy.py. */
    private static Value sigmoidCrossEntropy(FunctionCall call) {
        Value x = call.value("x");
        Value labels = call.value("t");
        Value zero = call.scalarLike(0, x);
        Value ignored = call.add("Equal", labels, call.scalarLike(-1, labels));
        Value positive = call.cast(call.add("GreaterOrEqual", x, zero), x.dataType());
        Value wrong = call.add("Mul", x, call.add("Sub", call.cast(labels, x.dataType()), positive));
        Value small = call.add("Exp", call.add("Neg", call.add("Abs", x)));
        Value rest = call.add("Log", call.add("Add", small, call.scalarLike(1, x)));
        Value losses = call.add("Where", ignored, zero, call.add("Sub", rest, wrong));
        return switch (call.text("reduce")) {
            case "no" -> losses;
            case "mean" -> call.cast(mean(call, losses, ignored), x.dataType());
            default -> throw Losses.unknownReduce(call, "'mean' or 'no'");
        };
    }

    /** {@code max(0, 1 + x)}, with -x for the class that is meant. Source: hinge.py. */
    private static Value hinge(FunctionCall call) {
        Value x = call.value("x");
        Value labels = classes(call, call.value("t"));
        Value numbers = range(call, call.knownSize(x, 1), labels);
        Value meant = call.add("Equal", call.unsqueeze(labels, 1), numbers);
        Value turned = call.add("Where", meant, call.add("Neg", x), x);
        Value losses = call.add("Relu", call.add("Add", turned, call.scalarLike(1, x)));
        String norm = call.text("norm");
        if (!Arrays.asList("L1", "L2").contains(norm)) {
            throw call.malformed("norm is \"" + norm + "\", expected 'L1' or 'L2'");
        }
        return Losses.reducedToMean(call, norm.equals("L1") ? losses : Losses.squared(call, losses));
    }
}
