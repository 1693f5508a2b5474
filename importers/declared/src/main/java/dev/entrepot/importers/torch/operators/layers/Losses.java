package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.importers.torch.operators.pointwise.Activations;
import dev.entrepot.importers.torch.operators.reductions.Norms;
import dev.entrepot.importers.torch.operators.reductions.Reductions;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;
import java.util.stream.LongStream;

/** Losses of single elements, reduced to their mean or sum. Source: aten/src/ATen/native/Loss.cpp. */
public final class Losses {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::binary_cross_entropy", Losses::binaryCrossEntropy),
            one("aten::binary_cross_entropy_with_logits", Losses::withLogits),
            one("aten::hinge_embedding_loss", Losses::hingeEmbeddingLoss),
            one("aten::huber_loss", Losses::huberLoss),
            one("aten::kl_div", Losses::klDiv),
            one("aten::l1_loss", call -> reduced(call, Elements.of(call).distance())),
            one("aten::margin_ranking_loss", Losses::marginRankingLoss),
            one("aten::mse_loss", Losses::mseLoss),
            one("aten::poisson_nll_loss", Losses::poissonNllLoss),
            one("aten::smooth_l1_loss", Losses::smoothL1Loss),
            one("aten::soft_margin_loss", Losses::softMarginLoss),
            one("aten::cosine_embedding_loss", Losses::cosineEmbeddingLoss),
            one("aten::triplet_margin_loss", Losses::tripletMarginLoss));
    // spotless:on

    private Losses() {}

    /** Input and target in the type they are computed in. */
    private record Elements(AtenCall call, DataType type, Value input, Value target) {
        static Elements of(AtenCall call) {
            DataType type = ComputeTypes.arithmetic(Promotion.floating(call.promoted("self", "target")));
            return new Elements(call, type, call.value("self", type), call.value("target", type));
        }

        Value number(double number) {
            return call.scalar(number, type);
        }

        Value distance() {
            return call.add("Abs", call.add("Sub", input, target));
        }
    }

    /** As argument {@code reduction} says: all losses, their mean or their sum. Source: aten/src/ATen/core/Reduction.h. */
    static Value reduced(AtenCall call, Value losses) {
        long[] axes = LongStream.range(0, call.rank(losses)).toArray();
        long reduction = call.integer("reduction");
        if (reduction == 0) {
            return losses;
        }
        String op = reduction == 1 ? "ReduceMean" : "ReduceSum";
        return Reductions.reduced(call, op, losses, axes, Reductions.Kept.DROPPED);
    }

    private static Value mseLoss(AtenCall call) {
        Elements elements = Elements.of(call);
        Value difference = call.add("Sub", elements.input, elements.target);
        return reduced(call, call.add("Mul", difference, difference));
    }

    /** {@code d < beta ? d * d / (2 beta) : d - beta / 2}. */
    private static Value smoothL1Loss(AtenCall call) {
        double beta = call.real("beta");
        Elements elements = Elements.of(call);
        Value distance = elements.distance();
        if (beta == 0) {
            return reduced(call, distance);
        }
        Value square = call.add("Mul", call.add("Mul", distance, distance), elements.number(0.5 / beta));
        Value straight = call.add("Sub", distance, elements.number(0.5 * beta));
        Value near = call.add("Less", distance, elements.number(beta));
        return reduced(call, call.add("Where", near, square, straight));
    }

    /** {@code d <= delta ? d * d / 2 : delta * (d - delta / 2)}. */
    private static Value huberLoss(AtenCall call) {
        double delta = call.real("delta");
        Elements elements = Elements.of(call);
        Value distance = elements.distance();
        Value square = call.add("Mul", call.add("Mul", distance, distance), elements.number(0.5));
        Value straight =
                call.add("Mul", elements.number(delta), call.add("Sub", distance, elements.number(0.5 * delta)));
        Value near = call.add("LessOrEqual", distance, elements.number(delta));
        return reduced(call, call.add("Where", near, square, straight));
    }

    /** Logarithms are not smaller than -100. */
    private static Value binaryCrossEntropy(AtenCall call) {
        Elements elements = Elements.of(call);
        Value one = elements.number(1);
        Value ofOne = bounded(elements, call.add("Log", elements.input));
        Value ofZero = bounded(elements, call.add("Log", call.add("Sub", one, elements.input)));
        Value likelihood = call.add(
                "Add",
                call.add("Mul", elements.target, ofOne),
                call.add("Mul", call.add("Sub", one, elements.target), ofZero));
        return reduced(call, weighted(elements, call.add("Neg", likelihood)));
    }

    private static Value bounded(Elements elements, Value logarithm) {
        return elements.call.add("Max", logarithm, elements.number(-100));
    }

    private static Value weighted(Elements elements, Value losses) {
        AtenCall call = elements.call;
        return call.isNone("weight") ? losses : call.add("Mul", losses, call.value("weight", elements.type));
    }

    /** {@code (1 - t) x - (1 + (pos_weight - 1) t) log_sigmoid(x)}. */
    private static Value withLogits(AtenCall call) {
        Elements elements = Elements.of(call);
        Value one = elements.number(1);
        Value logSigmoid = Activations.logSigmoid(call, elements.input);
        Value scaled = logSigmoid;
        if (!call.isNone("pos_weight")) {
            Value more = call.add("Sub", call.value("pos_weight", elements.type), one);
            Value factor = call.add("Add", call.add("Mul", more, elements.target), one);
            scaled = call.add("Mul", factor, logSigmoid);
        }
        Value rest = call.add("Mul", call.add("Sub", one, elements.target), elements.input);
        return reduced(call, weighted(elements, call.add("Sub", rest, scaled)));
    }

    /** {@code t (log t - x)}, or {@code exp(t) (t - x)} if the target is a logarithm already. */
    private static Value klDiv(AtenCall call) {
        Elements elements = Elements.of(call);
        Value target = elements.target;
        if (call.bool("log_target")) {
            Value difference = call.add("Sub", target, elements.input);
            return reduced(call, call.add("Mul", call.add("Exp", target), difference));
        }
        Value zero = elements.number(0);
        Value entropy = call.add("Mul", target, call.add("Log", target));
        Value known = call.add("Where", call.add("Equal", target, zero), zero, entropy);
        return reduced(call, call.add("Sub", known, call.add("Mul", target, elements.input)));
    }

    /** {@code log(1 + exp(-t x))}. */
    private static Value softMarginLoss(AtenCall call) {
        Elements elements = Elements.of(call);
        Value product = call.add("Neg", call.add("Mul", elements.input, elements.target));
        return reduced(call, Activations.softplus(call, product));
    }

    /** {@code max(0, margin - t (x1 - x2))}. */
    private static Value marginRankingLoss(AtenCall call) {
        DataType type = ComputeTypes.arithmetic(call.promoted("input1", "input2", "target"));
        Value difference = call.add("Sub", call.value("input1", type), call.value("input2", type));
        Value product = call.add("Mul", call.value("target", type), difference);
        Value missing = call.add("Sub", call.scalar(call.real("margin"), type), product);
        return reduced(call, call.add("Max", missing, call.scalar(0, type)));
    }

    /** x where t is 1, {@code max(0, margin - x)} where t is -1. */
    private static Value hingeEmbeddingLoss(AtenCall call) {
        Elements elements = Elements.of(call);
        Value zero = elements.number(0);
        Value one = elements.number(1);
        Value missing = call.add("Max", call.add("Sub", elements.number(call.real("margin")), elements.input), zero);
        Value ofOthers = call.add("Where", call.add("Equal", elements.target, one), zero, missing);
        Value same = call.add("Equal", elements.target, elements.number(-1));
        return reduced(call, call.add("Add", ofOthers, call.add("Where", same, zero, elements.input)));
    }

    /** {@code exp(x) - t x}, or {@code x - t log(x + eps)}; {@code full} adds Stirling's term. */
    private static Value poissonNllLoss(AtenCall call) {
        DataType type = ComputeTypes.arithmetic(Promotion.floating(call.promoted("input", "target")));
        Value input = call.value("input", type);
        Value target = call.value("target", type);
        boolean logarithm = call.bool("log_input");
        Value log = logarithm ? input : call.add("Log", call.add("Add", input, call.scalar(call.real("eps"), type)));
        Value rate = logarithm ? call.add("Exp", input) : input;
        Value loss = call.add("Sub", rate, call.add("Mul", target, log));
        if (call.bool("full")) {
            Value one = call.scalar(1, type);
            Value logTarget = call.add("Log", target);
            Value turn = call.add("Log", call.add("Mul", call.scalar(2 * Math.PI, type), target));
            Value stirling = call.add(
                    "Add",
                    call.add("Sub", call.add("Mul", target, logTarget), target),
                    call.add("Mul", call.scalar(0.5, type), turn));
            Value counts = call.add("Greater", target, one);
            loss = call.add("Add", loss, call.add("Where", counts, stirling, call.scalar(0, type)));
        }
        return reduced(call, loss);
    }

    /** {@code 1 - cos} where the target is 1, {@code max(0, cos - margin)} where it is -1. */
    private static Value cosineEmbeddingLoss(AtenCall call) {
        DataType type = ComputeTypes.arithmetic(call.promoted("input1", "input2"));
        Value x1 = call.value("input1", type);
        Value x2 = call.value("input2", type);
        long[] axis = {call.rank(x1) == 1 ? 0 : 1};
        Value eps = call.scalar(1e-12, type);
        Value squares = call.add("Mul", square(call, x1, axis, eps), square(call, x2, axis, eps));
        Value product = Reductions.reduced(call, "ReduceSum", call.add("Mul", x1, x2), axis, Reductions.Kept.DROPPED);
        Value cosine = call.add("Div", product, call.add("Sqrt", squares));
        Value zero = call.scalar(0, type);
        Value ofSame = call.add("Sub", call.scalar(1, type), cosine);
        Value ofOther = call.add("Max", call.add("Sub", cosine, call.scalar(call.real("margin"), type)), zero);
        Value target = call.value("target", type);
        Value others = call.add("Where", call.add("Equal", target, call.scalar(-1, type)), ofOther, zero);
        Value same = call.add("Equal", target, call.scalar(1, type));
        return reduced(call, call.add("Where", same, ofSame, others));
    }

    private static Value square(AtenCall call, Value value, long[] axis, Value eps) {
        return call.add("Add", Reductions.reduced(call, "ReduceSumSquare", value, axis, Reductions.Kept.DROPPED), eps);
    }

    /** {@code max(0, margin + |a - p| - |a - n|)}. */
    private static Value tripletMarginLoss(AtenCall call) {
        DataType type = ComputeTypes.arithmetic(call.promoted("anchor", "positive", "negative"));
        Value near = distance(call, type, "anchor", "positive");
        Value far = distance(call, type, "anchor", "negative");
        if (call.bool("swap")) {
            far = call.add("Min", far, distance(call, type, "positive", "negative"));
        }
        Value excess = call.add("Add", call.scalar(call.real("margin"), type), call.add("Sub", near, far));
        return reduced(call, call.add("Max", excess, call.scalar(0, type)));
    }

    private static Value distance(AtenCall call, DataType type, String from, String to) {
        Value difference = call.add("Sub", call.value(from, type), call.value(to, type));
        Value moved = call.add("Add", difference, call.scalar(call.real("eps"), type));
        long[] last = {call.axis(moved, -1)};
        return Norms.norm(call, moved, call.real("p"), last, Reductions.Kept.DROPPED);
    }
}
