package dev.entrepot.importers.chainer.functions.losses;

import static dev.entrepot.importers.chainer.functions.entries.Entries.many;
import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;

/** How good predictions are. Source: chainer/functions/evaluation. */
public final class Evaluation {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("accuracy(y, t, ignore_label=None)", Evaluation::accuracy),
            one("binary_accuracy(y, t)", Evaluation::binaryAccuracy),
            many(
                    "classification_summary(y, t, label_num=None, beta=1.0, ignore_label=-1)",
                    call -> Summary.of(call, call.real("beta")).all()),
            many("f1_score(y, t, label_num=None, ignore_label=-1)", call -> chosen(call, 2)),
            many("precision(y, t, label_num=None, ignore_label=-1)", call -> chosen(call, 0)),
            one("r2_score(pred, true, sample_weight=None, multioutput='uniform_average')", Evaluation::r2Score),
            many("recall(y, t, label_num=None, ignore_label=-1)", call -> chosen(call, 1)));
    // spotless:on

    private Evaluation() {}

    private static List<Value> chosen(FunctionCall call, int which) {
        List<Value> all = Summary.of(call, 1).all();
        return List.of(all.get(which), all.get(3));
    }

    /** The best classes [N, ...] of scores [N, C, ...], whose further axes are of size 1. */
    private static Value best(FunctionCall call, Value scores, Value labels) {
        Value best = call.add("ArgMax", Attributes.of("axis", 1).with("keepdims", 0), scores);
        return call.reshape(best, call.sizes(labels));
    }

    /** The share of labels that are met, of those that are not ignored; 0 where all are. Source: accuracy.py. */
    private static Value accuracy(FunctionCall call) {
        Value scores = call.value("y");
        Value labels = call.value("t", DataType.INT64);
        Value met = call.add("Equal", best(call, scores, labels), labels);
        if (!call.has("ignore_label")) {
            return Losses.mean(call, call.cast(met, scores.dataType()));
        }
        Value ignored = call.add("Equal", labels, call.scalarLike(call.whole("ignore_label"), labels));
        Value counting = call.add("Not", ignored);
        return share(call, call.add("And", met, counting), counting, scores.dataType());
    }

    /** The number of the first over that of the second, which counts at least 1. */
    private static Value share(FunctionCall call, Value part, Value whole, DataType type) {
        DataType counted = type == DataType.DOUBLE ? type : DataType.FLOAT;
        Value total = Losses.sum(call, call.cast(whole, counted));
        Value met = Losses.sum(call, call.cast(part, counted));
        Value share = call.add("Div", met, call.add("Max", total, call.scalarLike(1, total)));
        return call.cast(share, type);
    }

    /** Source: binary_accuracy.py. */
    private static Value binaryAccuracy(FunctionCall call) {
        Value y = call.value("y");
        Value labels = call.value("t", DataType.INT64);
        Value positive = call.cast(call.add("GreaterOrEqual", y, call.scalarLike(0, y)), DataType.INT64);
        Value counting = call.add("Not", call.add("Equal", labels, call.scalarLike(-1, labels)));
        return share(call, call.add("Equal", positive, labels), counting, y.dataType());
    }

    /** 1 minus the squared errors over the variance, 0 where there is none. Source: r2_score.py. */
    private static Value r2Score(FunctionCall call) {
        if (call.has("sample_weight")) {
            throw call.unsupported("sample_weight is not implemented by Chainer either");
        }
        Value truth = call.value("true");
        Value one = call.scalarLike(1, truth);
        Value zero = call.scalarLike(0, truth);
        Value errors = Losses.sum(call, Losses.squared(call, call.add("Sub", call.value("pred"), truth)), 0);
        Value centered = call.add("Sub", truth, call.add("ReduceMean", truth, call.vector(0)));
        Value variance = Losses.sum(call, Losses.squared(call, centered), 0);
        Value none = call.add("Equal", variance, zero);
        Value quotient = call.add("Div", errors, call.add("Where", none, one, variance));
        Value scores = call.add("Where", none, zero, call.add("Sub", one, quotient));
        return switch (call.text("multioutput")) {
            case "uniform_average" -> Losses.mean(call, scores);
            case "raw_values" -> scores;
            default ->
                throw call.malformed("multioutput is " + call.get("multioutput").sort()
                        + ", expected 'uniform_average' or 'raw_values'");
        };
    }

    /**
     * How often each class is meant and met, in float64 and int64 as NumPy counts. Source: classification_summary.py.
     *
     * @param precision of the predictions of a class, the share that is right [classes]
     * @param recall of the labels of a class, the share that is met [classes]
     * @param score their weighted harmonic mean
     * @param support how many labels a class has
     */
    private record Summary(Value precision, Value recall, Value score, Value support) {

        static Summary of(FunctionCall call, double beta) {
            if (!call.has("label_num")) {
                throw call.unsupported("without label_num the largest label says how many classes there are, which is"
                        + " only known when the model runs");
            }
            Value labels = flat(call, call.value("t", DataType.INT64));
            Value scores = call.value("y");
            Value best = flat(call, call.add("ArgMax", Attributes.of("axis", 1).with("keepdims", 0), scores));
            Value classes = ClassLosses.range(call, call.whole("label_num"), labels);
            Value ignored = call.add("Equal", labels, call.scalarLike(call.whole("ignore_label"), labels));
            Value counting = call.unsqueeze(call.add("Not", ignored), 1);
            Value meant = call.add("And", call.add("Equal", call.unsqueeze(labels, 1), classes), counting);
            Value told = call.add("And", call.add("Equal", call.unsqueeze(best, 1), classes), counting);
            Value support = perClass(call, meant);
            Value right = call.cast(perClass(call, call.add("And", meant, told)), DataType.DOUBLE);
            Value precision = call.add("Div", right, call.cast(perClass(call, told), DataType.DOUBLE));
            Value recall = call.add("Div", right, call.cast(support, DataType.DOUBLE));
            Value product = call.add("Mul", precision, recall);
            Value square = call.scalarLike(beta * beta, product);
            Value sum = call.add("Add", call.add("Mul", square, precision), recall);
            Value score = call.add("Div", call.add("Mul", call.scalarLike(1 + beta * beta, product), product), sum);
            return new Summary(precision, recall, score, support);
        }

        private static Value flat(FunctionCall call, Value value) {
            return call.reshape(value, List.of(SizeExpr.product(call.sizes(value))));
        }

        private static Value perClass(FunctionCall call, Value flags) {
            return Losses.sum(call, call.cast(flags, DataType.INT64), 0);
        }

        List<Value> all() {
            return List.of(precision, recall, score, support);
        }
    }
}
