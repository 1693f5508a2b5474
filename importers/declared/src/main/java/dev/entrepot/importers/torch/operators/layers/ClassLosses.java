package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.reductions.Reductions;
import dev.entrepot.importers.torch.operators.reductions.Softmaxes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Losses of classes: [N, C, ...] scores against [N, ...] class numbers. Source: aten/src/ATen/native/LossNLL.cpp, LossNLL2d.cpp. */
public final class ClassLosses {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::cross_entropy_loss", ClassLosses::crossEntropyLoss),
            one("aten::nll_loss", call -> nllLoss(call, call.value("self")).total()),
            one("aten::nll_loss2d", call -> nllLoss(call, call.value("self")).total()),
            many("aten::nll_loss2d_forward", ClassLosses::forward),
            many("aten::nll_loss_forward", ClassLosses::forward),
            one("aten::nll_loss_nd", call -> nllLoss(call, call.value("self")).total()));
    // spotless:on

    private ClassLosses() {}

    /** The reduced loss, and the sum of the weights of all items that count. */
    private record Loss(Value total, Value weight) {}

    private static List<Value> forward(AtenCall call) {
        Loss loss = nllLoss(call, call.value("self"));
        boolean none = call.integer("reduction") == 0;
        return List.of(loss.total, none ? call.scalar(0, loss.total.dataType()) : loss.weight);
    }

    /** Minus the score of the wanted class, times its weight; a class {@code ignore_index} does not count. */
    private static Loss nllLoss(AtenCall call, Value scores) {
        DataType type = scores.dataType();
        int axis = call.rank(scores) == 1 ? 0 : 1;
        Value target = call.value("target");
        Value ignored = call.add("Equal", target, call.scalar(call.integer("ignore_index"), target.dataType()));
        Value wanted = call.add("Where", ignored, call.scalar(0, target.dataType()), target);
        Value place = call.unsqueeze(wanted, axis);
        Value picked = call.squeeze(call.add("GatherElements", Attributes.of("axis", axis), scores, place), axis);
        Value weight = call.isNone("weight")
                ? call.scalar(1, type)
                : call.add("Gather", Attributes.of("axis", 0), call.value("weight", type), wanted);
        Value zero = call.scalar(0, type);
        Value counted = call.add("Where", ignored, zero, weight);
        Value negative = call.add("Neg", call.add("Mul", picked, weight));
        return reduced(call, call.add("Where", ignored, zero, negative), counted);
    }

    private static Loss reduced(AtenCall call, Value losses, Value weights) {
        Value weight = total(call, weights);
        long reduction = call.integer("reduction");
        if (reduction == 0) {
            return new Loss(losses, weight);
        }
        Value sum = total(call, losses);
        return new Loss(reduction == 2 ? sum : call.add("Div", sum, weight), weight);
    }

    private static Value total(AtenCall call, Value value) {
        return Reductions.reduced(call, "ReduceSum", value, call.axes(value, ""), Reductions.Kept.DROPPED);
    }

    /** The loss of the softmax; the target is class numbers or, of the scores' shape, probabilities. */
    private static Value crossEntropyLoss(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType();
        int axis = call.rank(self) == 1 ? 0 : 1;
        Value scores = Softmaxes.alongAxis(call, "LogSoftmax", self, axis);
        double smoothing = call.real("label_smoothing");
        if (call.value("target").dataType().isFloatingPoint()) {
            return ofProbabilities(call, scores, axis, smoothing);
        }
        Loss plain = nllLoss(call, scores);
        if (smoothing == 0) {
            return plain.total;
        }
        Value spread = reduced(call, spread(call, scores, axis), countedOf(call, type)).total;
        Value classes = call.cast(call.graph().scalar(call.size(scores, axis)), type);
        Value share = call.add("Div", call.scalar(smoothing, type), classes);
        return call.add(
                "Add", call.add("Mul", call.scalar(1 - smoothing, type), plain.total), call.add("Mul", share, spread));
    }

    /** The weights of the items that count. */
    private static Value countedOf(AtenCall call, DataType type) {
        Value target = call.value("target");
        Value ignored = call.add("Equal", target, call.scalar(call.integer("ignore_index"), target.dataType()));
        Value wanted = call.add("Where", ignored, call.scalar(0, target.dataType()), target);
        Value weight = call.isNone("weight")
                ? call.scalar(1, type)
                : call.add("Gather", Attributes.of("axis", 0), call.value("weight", type), wanted);
        return call.add("Where", ignored, call.scalar(0, type), weight);
    }

    /** Minus the weighted scores of all classes, 0 for items that do not count. */
    private static Value spread(AtenCall call, Value scores, int axis) {
        DataType type = scores.dataType();
        Value sum = Reductions.reduced(
                call, "ReduceSum", weighted(call, scores, axis), new long[] {axis}, Reductions.Kept.DROPPED);
        Value target = call.value("target");
        Value ignored = call.add("Equal", target, call.scalar(call.integer("ignore_index"), target.dataType()));
        return call.add("Where", ignored, call.scalar(0, type), call.add("Neg", sum));
    }

    private static Value weighted(AtenCall call, Value scores, int axis) {
        if (call.isNone("weight")) {
            return scores;
        }
        Value weight = call.value("weight", scores.dataType());
        int behind = call.rank(scores) - axis - 1;
        long[] trailing = LongStream.rangeClosed(1, behind).toArray();
        return call.add("Mul", scores, behind == 0 ? weight : call.unsqueeze(weight, trailing));
    }

    private static Value ofProbabilities(AtenCall call, Value scores, int axis, double smoothing) {
        DataType type = scores.dataType();
        Value target = call.value("target", type);
        if (smoothing > 0) {
            Value classes = call.cast(call.graph().scalar(call.size(scores, axis)), type);
            Value share = call.add("Div", call.scalar(smoothing, type), classes);
            target = call.add("Add", call.add("Mul", target, call.scalar(1 - smoothing, type)), share);
        }
        Value products = call.add("Mul", weighted(call, scores, axis), target);
        Value losses = call.add(
                "Neg", Reductions.reduced(call, "ReduceSum", products, new long[] {axis}, Reductions.Kept.DROPPED));
        return Losses.reduced(call, losses);
    }
}
