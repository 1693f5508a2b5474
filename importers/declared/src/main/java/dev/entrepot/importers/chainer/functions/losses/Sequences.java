package dev.entrepot.importers.chainer.functions.losses;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.plain;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Chains of labels: the conditional random field, over a list of time steps [b, labels] whose b never grows. Source:
 * chainer/functions/loss/crf1d.py.
 */
public final class Sequences {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            plain("argmax_crf1d(cost, xs)", Sequences::argmaxCrf1d),
            one("crf1d(cost, xs, ys, reduce='mean')", Sequences::crf1d));
    // spotless:on

    private Sequences() {}

    /** What the sequences have that go on, and what those have that ended before this step; the latter may be none. */
    private record Parted(Value going, Value ended) {

        static Parted at(FunctionCall call, Value value, Value step) {
            SizeExpr batch = call.size(step, 0);
            if (batch.equals(call.size(value, 0))) {
                return new Parted(value, Value.NONE);
            }
            long going = call.knownSize(step, 0);
            long all = call.knownSize(value, 0);
            if (going > all) {
                throw call.malformed("a step of xs has " + going + " sequences, the one before has " + all
                        + "; sequences are expected longest first");
            }
            return new Parted(call.slice(value, 0, 0, going), call.slice(value, 0, going, all));
        }
    }

    private static List<Value> steps(FunctionCall call) {
        List<Value> steps = call.values("xs");
        if (steps.isEmpty()) {
            throw call.malformed("xs is empty, expected at least one time step");
        }
        return steps;
    }

    /** The scores of all labels and of all that may come before them: [b, before, labels]. */
    private static Value transitions(FunctionCall call, Value scores) {
        return call.add("Add", call.unsqueeze(scores, 2), call.value("cost"));
    }

    /** The values of the sequences in their order, those that ended last first. */
    private static Value whole(FunctionCall call, List<Value> ended, Value going) {
        List<Value> parts = new ArrayList<>(List.of(going));
        for (int i = ended.size() - 1; i >= 0; i--) {
            if (!ended.get(i).isNone()) {
                parts.add(ended.get(i));
            }
        }
        return call.concat(0, parts);
    }

    // --- the best path, by Viterbi's rule

    private static Argument argmaxCrf1d(FunctionCall call) {
        List<Value> steps = steps(call);
        List<Value> ended = new ArrayList<>();
        List<Value> before = new ArrayList<>();
        Value scores = steps.get(0);
        for (Value step : steps.subList(1, steps.size())) {
            Parted parted = Parted.at(call, scores, step);
            ended.add(parted.ended());
            Value all = transitions(call, parted.going());
            before.add(best(call, all));
            scores = call.add("Add", highest(call, all), step);
        }
        List<Argument> path = new ArrayList<>();
        Value label = best(call, scores);
        path.add(Argument.of(label));
        for (int i = before.size() - 1; i >= 0; i--) {
            label = ClassLosses.picked(call, before.get(i), label);
            if (!ended.get(i).isNone()) {
                label = call.concat(0, List.of(label, best(call, ended.get(i))));
            }
            path.add(0, Argument.of(label));
        }
        List<Value> endedScores = ended.stream()
                .map(value -> value.isNone() ? value : highest(call, value))
                .toList();
        return Argument.of(List.of(Argument.of(whole(call, endedScores, highest(call, scores))), Argument.of(path)));
    }

    /** F.argmax gives int32. */
    private static Value best(FunctionCall call, Value scores) {
        Value best = call.add("ArgMax", Attributes.of("axis", 1).with("keepdims", 0), scores);
        return call.cast(best, DataType.INT32);
    }

    private static Value highest(FunctionCall call, Value scores) {
        return call.add("ReduceMax", Attributes.of("keepdims", 0), scores, call.vector(1));
    }

    // --- the loss

    /** What all paths weigh together, less what the path of the labels weighs. */
    private static Value crf1d(FunctionCall call) {
        List<Value> steps = steps(call);
        List<Value> labels = call.values("ys").stream()
                .map(label -> ClassLosses.classes(call, label))
                .toList();
        if (labels.size() != steps.size()) {
            throw call.malformed("xs has " + steps.size() + " steps, ys has " + labels.size());
        }
        Value total = call.add("ReduceLogSumExp", Attributes.of("keepdims", 0), allPaths(call, steps), call.vector(1));
        return Losses.reducedToMean(call, call.add("Sub", total, onePath(call, steps, labels)));
    }

    private static Value allPaths(FunctionCall call, List<Value> steps) {
        List<Value> ended = new ArrayList<>();
        Value scores = steps.get(0);
        for (Value step : steps.subList(1, steps.size())) {
            Parted parted = Parted.at(call, scores, step);
            ended.add(parted.ended());
            Value all = transitions(call, parted.going());
            Value sum = call.add("ReduceLogSumExp", Attributes.of("keepdims", 0), all, call.vector(1));
            scores = call.add("Add", sum, step);
        }
        return whole(call, ended, scores);
    }

    private static Value onePath(FunctionCall call, List<Value> steps, List<Value> labels) {
        Value cost = call.value("cost");
        Value costs = call.reshape(cost, List.of(SizeExpr.product(call.sizes(cost))));
        List<Value> ended = new ArrayList<>();
        Value score = ClassLosses.picked(call, steps.get(0), labels.get(0));
        for (int i = 1; i < steps.size(); i++) {
            Value step = steps.get(i);
            Value label = labels.get(i);
            Parted parted = Parted.at(call, score, step);
            ended.add(parted.ended());
            Value from = call.cast(Parted.at(call, labels.get(i - 1), step).going(), label.dataType());
            Value place = call.add("Add", call.add("Mul", from, call.scalarLike(call.knownSize(cost, 0), from)), label);
            Value passing = call.add("Gather", Attributes.of("axis", 0), costs, place);
            Value gained = call.add("Add", ClassLosses.picked(call, step, label), passing);
            score = call.add("Add", parted.going(), gained);
        }
        return whole(call, ended, score);
    }
}
