package dev.entrepot.importers.chainer.functions.elements;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.ElementTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * The operators of variables, and what else combines arrays element by element. A number takes the element type of the variable beside it,
 * also where it loses its fraction by that. Source: chainer/functions/math/basic_math.py.
 */
public final class Arithmetic {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("absolute(self)", call -> ElementTypes.computed(call, "Abs", call.value("self"))),
            one("add(*xs)", Arithmetic::add),
            one("bias(x, y, axis=1)", call -> alongAxis(call, "Add")),
            one("div(self, rhs)", Arithmetic::div),
            one("floordiv(self, rhs)", call -> Elementwise.rounded(call, "Floor", div(call))),
            one("fmod(x, divisor)", Arithmetic::fmod),
            one("linear_interpolate(p, x, y)", Arithmetic::linearInterpolate),
            one("maximum(x1, x2)", call -> paired(call, "Max", ElementTypes.floats(call, "x1", "x2"))),
            one("minimum(x1, x2)", call -> paired(call, "Min", ElementTypes.floats(call, "x1", "x2"))),
            one("mul(self, rhs)", call -> paired(call, "Mul", ElementTypes.alike(call, "self", "rhs"))),
            one("neg(self)", call -> ElementTypes.computed(call, "Neg", call.value("self"))),
            one("pow(self, rhs)", call -> paired(call, "Pow", ElementTypes.floats(call, "self", "rhs"))),
            one("rdiv(self, rhs)", Arithmetic::rdiv),
            one("rfloordiv(self, rhs)", call -> Elementwise.rounded(call, "Floor", rdiv(call))),
            one("rpow(self, rhs)", call -> paired(call, "Pow", ElementTypes.floats(call, "rhs", "self"))),
            one("rsub(self, rhs)", call -> paired(call, "Sub", ElementTypes.alike(call, "rhs", "self"))),
            one("scale(x, y, axis=1)", call -> alongAxis(call, "Mul")),
            one("sub(self, rhs)", call -> paired(call, "Sub", ElementTypes.alike(call, "self", "rhs"))));
    // spotless:on

    private Arithmetic() {}

    private static Value paired(FunctionCall call, String op, List<Value> operands) {
        return ElementTypes.computed(call, op, operands.get(0), operands.get(1));
    }

    /** Two or more; one alone is given back. */
    private static Value add(FunctionCall call) {
        List<Argument> terms = call.items("xs");
        if (terms.isEmpty()) {
            throw call.malformed("has nothing to add");
        }
        DataType type = ElementTypes.typeOf(call, terms);
        Value sum = ElementTypes.as(call, "xs", terms.get(0), type);
        for (Argument term : terms.subList(1, terms.size())) {
            sum = ElementTypes.computed(call, "Add", sum, ElementTypes.as(call, "xs", term, type));
        }
        return sum;
    }

    /** By a number: times its reciprocal, in the element type of the variable; so it is 0 for whole numbers. */
    private static Value div(FunctionCall call) {
        OptionalDouble number = call.knownReal("rhs");
        if (number.isEmpty()) {
            return paired(call, "Div", ElementTypes.floats(call, "self", "rhs"));
        }
        if (number.getAsDouble() == 0) {
            throw call.malformed("divides by the number 0");
        }
        Value self = call.value("self");
        return ElementTypes.computed(call, "Mul", self, call.scalarLike(1 / number.getAsDouble(), self));
    }

    private static Value rdiv(FunctionCall call) {
        return paired(call, "Div", ElementTypes.floats(call, "rhs", "self"));
    }

    /** The remainder that has the sign of the dividend. Source: chainer/functions/math/fmod.py. */
    private static Value fmod(FunctionCall call) {
        List<Value> operands = ElementTypes.floats(call, "x", "divisor");
        return call.add("Mod", Attributes.of("fmod", 1), operands.get(0), operands.get(1));
    }

    /** Source: chainer/functions/math/linear_interpolate.py. */
    private static Value linearInterpolate(FunctionCall call) {
        List<Value> operands = ElementTypes.floats(call, "p", "x", "y");
        Value p = operands.get(0);
        Value rest = call.add("Sub", call.scalarLike(1, p), p);
        return call.add("Add", call.add("Mul", p, operands.get(1)), call.add("Mul", rest, operands.get(2)));
    }

    /** The axes of y are those of x from {@code axis} on. Source: chainer/functions/math/bias.py and scale.py. */
    private static Value alongAxis(FunctionCall call, String op) {
        List<Value> operands = ElementTypes.alike(call, "x", "y");
        Value x = operands.get(0);
        Value y = operands.get(1);
        long behind = call.rank(x) - call.whole("axis") - call.rank(y);
        if (call.whole("axis") < 0 || behind < 0) {
            throw call.malformed(
                    "y " + y.shape() + " does not fit the axes of x " + x.shape() + " from " + call.whole("axis"));
        }
        return ElementTypes.computed(call, op, x, trailed(call, y, (int) behind));
    }

    /** The value with {@code count} axes of size 1 behind its own. */
    static Value trailed(FunctionCall call, Value value, int count) {
        int rank = call.rank(value);
        return call.unsqueeze(value, LongStream.range(rank, (long) rank + count).toArray());
    }
}
