package dev.entrepot.importers.torch.script;

import static java.util.Map.entry;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.Bool;
import dev.entrepot.importers.torch.aten.IValue.Int;
import dev.entrepot.importers.torch.aten.IValue.Scalar;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.ScriptValue.Maybe;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Comparisons and logic of plain values. Sizes are compared as expressions; what they leave open is compared when the model runs, and the
 * answer is a {@link Scalar}.
 */
final class Comparisons {

    private Comparisons() {}

    static Stream<Map.Entry<String, PlainFunction>> table() {
        return Stream.of(
                entry("aten::eq", Comparisons::equal),
                entry("aten::ne", call -> equal(call).map(answer -> not(call.graph(), answer))),
                entry("aten::lt", call -> ordered(call, "Less", false)),
                entry("aten::gt", call -> ordered(call, "Greater", false)),
                entry("aten::le", call -> ordered(call, "Greater", true)),
                entry("aten::ge", call -> ordered(call, "Less", true)),
                entry("aten::__is__", call -> Optional.of(is(call.graph(), call.get(0), call.get(1)))),
                entry(
                        "aten::__isnot__",
                        call -> Optional.of(not(call.graph(), is(call.graph(), call.get(0), call.get(1))))),
                entry("aten::__not__", call -> truth(call.get(0)).map(answer -> not(call.graph(), answer))),
                entry("aten::__and__", call -> logic(call, "And")),
                entry("aten::__or__", call -> logic(call, "Or")),
                entry("aten::__xor__", call -> logic(call, "Xor")),
                entry("aten::Bool", Comparisons::toBool));
    }

    /** Whether a is b: for None and for whatever else TorchScript can ask this of. */
    private static IValue is(TorchGraph graph, IValue a, IValue b) {
        if (a instanceof Maybe maybe && b instanceof IValue.None) {
            return not(graph, new Scalar(maybe.present()));
        }
        if (b instanceof Maybe && a instanceof IValue.None) {
            return is(graph, b, a);
        }
        return IValue.of(a == b || a.equals(b));
    }

    /** The opposite of a bool. */
    static IValue not(TorchGraph graph, IValue answer) {
        if (answer instanceof Bool bool) {
            return IValue.of(!bool.value());
        }
        return answer instanceof Scalar scalar ? new Scalar(graph.builder().add("Not", scalar.value())) : answer;
    }

    private static Optional<IValue> truth(IValue value) {
        boolean bool = value instanceof Bool
                || value instanceof Scalar scalar && scalar.value().dataType() == DataType.BOOL;
        return bool ? Optional.of(value) : Optional.empty();
    }

    private static Optional<IValue> logic(PlainCall call, String op) {
        IValue a = call.get(0);
        IValue b = call.get(1);
        if (a instanceof Int && b instanceof Int) {
            long x = call.integer(0);
            long y = call.integer(1);
            return Optional.of(IValue.of(op.equals("And") ? x & y : op.equals("Or") ? x | y : x ^ y));
        }
        if (truth(a).isEmpty() || truth(b).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(combined(call.graph(), op, a, b));
    }

    /** Two bools combined by And, Or or Xor. */
    static IValue combined(TorchGraph graph, String op, IValue a, IValue b) {
        if (a instanceof Bool x && b instanceof Bool y) {
            return IValue.of(
                    switch (op) {
                        case "And" -> x.value() && y.value();
                        case "Or" -> x.value() || y.value();
                        default -> x.value() != y.value();
                    });
        }
        if (a instanceof Bool known) {
            return combinedWithKnown(graph, op, known.value(), b);
        }
        if (b instanceof Bool known) {
            return combinedWithKnown(graph, op, known.value(), a);
        }
        return new Scalar(graph.builder().add(op, graph.toValue(a), graph.toValue(b)));
    }

    private static IValue combinedWithKnown(TorchGraph graph, String op, boolean known, IValue other) {
        return switch (op) {
            case "And" -> known ? other : IValue.of(false);
            case "Or" -> known ? IValue.of(true) : other;
            default -> known ? not(graph, other) : other;
        };
    }

    private static Optional<IValue> toBool(PlainCall call) {
        return toBool(call.graph(), call.get(0));
    }

    /** The truth of a number or of a tensor of one element. */
    static Optional<IValue> toBool(TorchGraph graph, IValue value) {
        if (truth(value).isPresent()) {
            return Optional.of(value);
        }
        if (value instanceof Int number) {
            IValue zero = equal(graph, number, IValue.of(0)).orElseThrow();
            return Optional.of(not(graph, zero));
        }
        if (value instanceof IValue.Real real) {
            return Optional.of(IValue.of(real.value() != 0));
        }
        if (value instanceof TensorRef tensor) {
            return Optional.of(graph.item(graph.cast(tensor.value(), DataType.BOOL)));
        }
        return value instanceof Scalar scalar
                ? Optional.of(new Scalar(graph.cast(scalar.value(), DataType.BOOL)))
                : Optional.empty();
    }

    private static Optional<IValue> equal(PlainCall call) {
        return equal(call.graph(), call.get(0), call.get(1));
    }

    /** Whether two plain values are equal; empty if one is a tensor. */
    static Optional<IValue> equal(TorchGraph graph, IValue a, IValue b) {
        if (a instanceof TensorRef || b instanceof TensorRef) {
            return Optional.empty();
        }
        if (a instanceof Int x && b instanceof Int y) {
            return Optional.of(equalSizes(graph, x.value(), y.value()));
        }
        if (PlainNumbers.isNumber(a) && PlainNumbers.isNumber(b)) {
            return Optional.of(compared(graph, "Equal", a, b));
        }
        Optional<List<IValue>> x = PlainCall.itemsOf(a);
        Optional<List<IValue>> y = PlainCall.itemsOf(b);
        if (x.isEmpty() || y.isEmpty()) {
            return Optional.of(IValue.of(a.equals(b)));
        }
        if (x.get().size() != y.get().size()) {
            return Optional.of(IValue.of(false));
        }
        IValue all = IValue.of(true);
        for (int i = 0; i < x.get().size(); i++) {
            Optional<IValue> same = equal(graph, x.get().get(i), y.get().get(i));
            if (same.isEmpty()) {
                return same;
            }
            all = combined(graph, "And", all, same.get());
        }
        return Optional.of(all);
    }

    private static IValue equalSizes(TorchGraph graph, SizeExpr a, SizeExpr b) {
        OptionalInt sign = a.minus(b).sign();
        if (sign.isPresent()) {
            return IValue.of(sign.getAsInt() == 0);
        }
        return new Scalar(graph.builder().add("Equal", graph.scalar(a), graph.scalar(b)));
    }

    /** {@code Less} or {@code Greater}, or the opposite of that. */
    private static Optional<IValue> ordered(PlainCall call, String op, boolean opposite) {
        IValue a = call.get(0);
        IValue b = call.get(1);
        if (a instanceof IValue.Text x && b instanceof IValue.Text y) {
            int order = x.value().compareTo(y.value());
            return Optional.of(IValue.of((op.equals("Less") ? order < 0 : order > 0) != opposite));
        }
        if (!PlainNumbers.isNumber(a) || !PlainNumbers.isNumber(b)) {
            return Optional.empty();
        }
        IValue answer = compared(call.graph(), op, a, b);
        return Optional.of(opposite ? not(call.graph(), answer) : answer);
    }

    private static IValue compared(TorchGraph graph, String op, IValue a, IValue b) {
        if (a instanceof Int && b instanceof Int) {
            SizeExpr difference = graph.toSize(a).minus(graph.toSize(b));
            OptionalInt sign = difference.sign();
            if (sign.isPresent()) {
                return answer(op, sign.getAsInt());
            }
            boolean less = op.equals("Less");
            if (less && difference.isNeverNegative()
                    || op.equals("Greater") && difference.negated().isNeverNegative()) {
                return IValue.of(false);
            }
            return new Scalar(graph.builder().add(op, graph.scalar(graph.toSize(a)), graph.scalar(graph.toSize(b))));
        }
        Optional<Double> x = graph.knownNumber(a);
        Optional<Double> y = graph.knownNumber(b);
        if (x.isPresent() && y.isPresent()) {
            boolean unordered = x.get().isNaN() || y.get().isNaN();
            return unordered ? IValue.of(false) : answer(op, Double.compare(x.get() + 0.0, y.get() + 0.0));
        }
        Value left = graph.toValue(a, DataType.FLOAT);
        Value right = graph.toValue(b, DataType.FLOAT);
        return new Scalar(graph.builder().add(op, left, right));
    }

    private static IValue answer(String op, int sign) {
        return IValue.of(
                switch (op) {
                    case "Less" -> sign < 0;
                    case "Greater" -> sign > 0;
                    default -> sign == 0;
                });
    }
}
