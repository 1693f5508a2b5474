package dev.entrepot.importers.torch.operators.plain;

import static dev.entrepot.importers.torch.operators.entries.Entries.overloads;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Comparisons of plain values and what is said of conditions. They are answered at once where that is possible, so that programs can
 * branch on them; what depends on data becomes a bool scalar of the graph.
 *
 * <p>Source: torch/csrc/jit/runtime/register_prim_ops.cpp.
 */
public final class Conditions {

    private static final String NUMBERS = "int float int_float float_int -";
    private static final String OTHERS = "bool str int_list float_list bool_list str_list device enum";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Stream.of(
                    Stream.of(
                            plain("aten::__is__", call -> IValue.of(isSame(call))),
                            plain("aten::__isnot__", call -> IValue.of(!isSame(call))),
                            plain("aten::__not__", call -> not(call, call.get("self")))),
                    overloads("aten::__and__", "bool", call -> and(call)),
                    overloads("aten::__or__", "bool", call -> or(call)),
                    overloads("aten::__xor__", "bool", call -> differ(call, left(call), right(call))),
                    overloads(
                            "aten::eq",
                            NUMBERS + " " + OTHERS,
                            call -> not(call, differ(call, left(call), right(call)))),
                    overloads(
                            "aten::ge", NUMBERS + " str", call -> compared(call, sign -> sign >= 0, "GreaterOrEqual")),
                    overloads("aten::gt", NUMBERS + " str", call -> compared(call, sign -> sign > 0, "Greater")),
                    overloads("aten::le", NUMBERS + " str", call -> compared(call, sign -> sign <= 0, "LessOrEqual")),
                    overloads("aten::lt", NUMBERS + " str", call -> compared(call, sign -> sign < 0, "Less")),
                    overloads("aten::ne", NUMBERS + " " + OTHERS, call -> differ(call, left(call), right(call))))
            .flatMap(entries -> entries)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    // spotless:on

    private Conditions() {}

    private static IValue left(AtenCall call) {
        return call.get(call.schema().arguments().get(0).name());
    }

    private static IValue right(AtenCall call) {
        return call.get(call.schema().arguments().get(1).name());
    }

    /** Python's {@code is}. */
    private static boolean isSame(AtenCall call) {
        IValue a = left(call);
        IValue b = right(call);
        boolean value = a instanceof IValue.Int || a instanceof IValue.Bool || a instanceof IValue.Text;
        return a == b || a instanceof IValue.None && b instanceof IValue.None || value && a.equals(b);
    }

    // --- truth

    private static IValue not(AtenCall call, IValue condition) {
        return condition instanceof IValue.Bool known
                ? IValue.of(!known.value())
                : new IValue.Scalar(call.add("Not", truth(call, condition)));
    }

    private static Value truth(AtenCall call, IValue condition) {
        return call.graph().toValue(condition, DataType.BOOL);
    }

    private static IValue and(AtenCall call) {
        if (left(call) instanceof IValue.Bool a) {
            return a.value() ? right(call) : a;
        }
        if (right(call) instanceof IValue.Bool b) {
            return b.value() ? left(call) : b;
        }
        return new IValue.Scalar(call.add("And", truth(call, left(call)), truth(call, right(call))));
    }

    private static IValue or(AtenCall call) {
        if (left(call) instanceof IValue.Bool a) {
            return a.value() ? a : right(call);
        }
        if (right(call) instanceof IValue.Bool b) {
            return b.value() ? b : left(call);
        }
        return new IValue.Scalar(call.add("Or", truth(call, left(call)), truth(call, right(call))));
    }

    // --- equality

    /** Whether two plain values are different. */
    private static IValue differ(AtenCall call, IValue a, IValue b) {
        Optional<List<IValue>> as = items(a);
        Optional<List<IValue>> bs = items(b);
        if (as.isPresent() && bs.isPresent()) {
            return listsDiffer(call, as.get(), bs.get());
        }
        if (a instanceof IValue.Text || a instanceof IValue.Device || a instanceof IValue.None) {
            return IValue.of(!a.equals(b));
        }
        if (a.isWhole() && b.isWhole()) {
            return wholesDiffer(call, call.graph().toSize(a), call.graph().toSize(b));
        }
        var x = call.graph().knownNumber(a);
        var y = call.graph().knownNumber(b);
        if (x.isPresent() && y.isPresent()) {
            return IValue.of(x.get().doubleValue() != y.get().doubleValue());
        }
        if (!a.isNumber() || !b.isNumber()) {
            return IValue.of(!a.equals(b));
        }
        return new IValue.Scalar(call.add("Not", call.add("Equal", real(call, a), real(call, b))));
    }

    private static Value real(AtenCall call, IValue value) {
        return call.graph().toValue(value, DataType.DOUBLE);
    }

    private static Optional<List<IValue>> items(IValue value) {
        if (value instanceof IValue.ListValue list) {
            return Optional.of(list.items());
        }
        return value instanceof IValue.TupleValue tuple ? Optional.of(tuple.items()) : Optional.empty();
    }

    private static IValue listsDiffer(AtenCall call, List<IValue> a, List<IValue> b) {
        if (a.size() != b.size()) {
            return IValue.of(true);
        }
        IValue differ = IValue.of(false);
        for (int i = 0; i < a.size(); i++) {
            IValue item = differ(call, a.get(i), b.get(i));
            if (item instanceof IValue.Bool known && known.value()) {
                return known;
            }
            if (!(item instanceof IValue.Bool)) {
                differ = differ instanceof IValue.Bool
                        ? item
                        : new IValue.Scalar(call.add("Or", truth(call, differ), truth(call, item)));
            }
        }
        return differ;
    }

    private static IValue wholesDiffer(AtenCall call, SizeExpr a, SizeExpr b) {
        OptionalInt sign = a.minus(b).sign();
        if (sign.isPresent()) {
            return IValue.of(sign.getAsInt() != 0);
        }
        Value equal = call.add("Equal", call.graph().scalar(a), call.graph().scalar(b));
        return new IValue.Scalar(call.add("Not", equal));
    }

    // --- order

    private static IValue compared(AtenCall call, IntPredicate wanted, String op) {
        IValue a = left(call);
        IValue b = right(call);
        if (a instanceof IValue.Text x && b instanceof IValue.Text y) {
            return IValue.of(wanted.test(Integer.signum(x.value().compareTo(y.value()))));
        }
        if (a.isWhole() && b.isWhole()) {
            return ordered(call, call.graph().toSize(a), call.graph().toSize(b), wanted, op);
        }
        var x = call.graph().knownNumber(a);
        var y = call.graph().knownNumber(b);
        return x.isPresent() && y.isPresent()
                ? IValue.of(wanted.test(x.get() < y.get() ? -1 : x.get() > y.get() ? 1 : 0))
                : new IValue.Scalar(call.add(op, real(call, a), real(call, b)));
    }

    private static IValue ordered(AtenCall call, SizeExpr a, SizeExpr b, IntPredicate wanted, String op) {
        SizeExpr difference = a.minus(b);
        OptionalInt sign = difference.sign();
        if (sign.isPresent()) {
            return IValue.of(wanted.test(sign.getAsInt()));
        }
        boolean same = wanted.test(0);
        if (difference.isNeverNegative() && same == wanted.test(1)) {
            return IValue.of(same);
        }
        if (difference.negated().isNeverNegative() && same == wanted.test(-1)) {
            return IValue.of(same);
        }
        return new IValue.Scalar(
                call.add(op, call.graph().scalar(a), call.graph().scalar(b)));
    }
}
